"""allauth's forms without its way back by mail: no mail leaves here, two people restore a lost password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm


class _NoWayBackByMail:
    """The present password is asked without the link "Forgot your password?", which leads nowhere here."""

    present = "password"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.present].help_text = ""  # type: ignore[attr-defined]


class LoginForm(_NoWayBackByMail, AllauthLoginForm):  # type: ignore[misc]
    """Signing in."""


class ReauthenticateForm(_NoWayBackByMail, AllauthReauthenticateForm):  # type: ignore[misc]
    """A fresh proof of who is at the keyboard."""


class ChangePasswordForm(_NoWayBackByMail, AllauthChangePasswordForm):  # type: ignore[misc]
    """A new password for one's own account."""

    present = "oldpassword"
