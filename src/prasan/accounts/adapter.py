"""allauth fitted to this house: no sign-up, no mail, and second-factor secrets sealed by the instance key."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from prasan import vault

from .rules import folded


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only; user names are compared folded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if credentials.get("username"):
            credentials["username"] = folded(credentials["username"])
        super().pre_authenticate(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves: nothing here is recovered by mail."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's own `encrypt` returns the text unchanged; ours seals it."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(vault.seal_blob(text, vault.INSTANCE, "mfa")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return str(vault.open_blob(base64.b64decode(encrypted_text), vault.INSTANCE, "mfa"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Prasan"}
