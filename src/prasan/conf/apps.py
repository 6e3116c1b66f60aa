"""The conf package as an app: it owns the commands and the checks, and no tables."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    name = "prasan.conf"
    label = "conf"

    def ready(self) -> None:
        from . import checks  # noqa: F401
