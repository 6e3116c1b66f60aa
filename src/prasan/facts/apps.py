"""The ledger of facts as a Django app."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "prasan.facts"
    label = "facts"
