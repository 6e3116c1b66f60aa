"""The room linkage as a Django app."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "prasan.linkage"
    label = "linkage"
