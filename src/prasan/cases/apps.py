"""Cases as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "prasan.cases"
    label = "cases"

    def ready(self) -> None:
        from prasan.access.actions import TAKE_BACK

        from .actions.feeds import revoke_all

        TAKE_BACK.append(revoke_all)
