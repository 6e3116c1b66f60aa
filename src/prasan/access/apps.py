"""Access as a Django app; at start it installs the gate before every sealed value."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "prasan.access"
    label = "access"

    def ready(self) -> None:
        from prasan.vault import sealing

        from .opening import gate

        sealing.install_gate(gate)
