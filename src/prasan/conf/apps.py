"""The conf package as an app: it owns the commands and the checks, and no tables."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    name = "prasan.conf"
    label = "conf"

    def ready(self) -> None:
        from django.conf import settings

        from . import checks, own_rows, unlogged  # noqa: F401

        unlogged.install()
        own_rows.use(settings.HOME)
