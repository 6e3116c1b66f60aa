"""The room impact as a Django app."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "prasan.impact"
    label = "impact"
