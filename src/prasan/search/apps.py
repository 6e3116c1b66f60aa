"""The room search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "prasan.search"
    label = "search"
