"""The room identification as a Django app."""

from django.apps import AppConfig


class IdentificationConfig(AppConfig):
    name = "prasan.identification"
    label = "identification"

    def ready(self) -> None:
        from prasan.access.actions import TAKE_BACK

        from .actions.field import revoke_all

        TAKE_BACK.append(revoke_all)
