"""The room leads as a Django app."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "prasan.leads"
    label = "leads"
