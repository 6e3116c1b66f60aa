"""Addresses that are secrets (calendar feeds, invitations) are never written into a log, whatever answer they got."""

import logging
import re
from typing import Any

SECRET = re.compile(r"(/(?:feeds|join)/)[^\s?]+")
LOGGERS = ("django.request", "django.security.csrf")


def _masked(value: Any) -> Any:
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value


class Masked(logging.Filter):
    """Keeps the line and takes the secret out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_masked(value) for value in record.args)
        record.msg = _masked(record.msg)
        return True


def install() -> None:
    """Once, at start: for the loggers that write the address of a request."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Masked) for one in logger.filters):
            logger.addFilter(Masked())
