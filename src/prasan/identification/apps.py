"""The room identification as a Django app."""

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    name = "prasan.identification"
    label = "identification"
