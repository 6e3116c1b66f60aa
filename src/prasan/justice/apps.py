"""The room justice as a Django app."""

from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "prasan.justice"
    label = "justice"
