"""The room exchange as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "prasan.exchange"
    label = "exchange"
