"""The room policy as a Django app."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "prasan.policy"
    label = "policy"
