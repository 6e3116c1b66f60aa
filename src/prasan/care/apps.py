"""The room care as a Django app."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "prasan.care"
    label = "care"
