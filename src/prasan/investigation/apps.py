"""The room investigation as a Django app."""

from django.apps import AppConfig


class InvestigationConfig(AppConfig):
    name = "prasan.investigation"
    label = "investigation"
