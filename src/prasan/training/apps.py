"""The room training as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "prasan.training"
    label = "training"
