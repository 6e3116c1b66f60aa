"""What an instance is told from outside: its folder, its database, its address; typed and checked."""

import os
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_home() -> Path:
    """The user's data folder on this system, with `prasan` in it."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "prasan"


class Environment(BaseSettings):
    """Read from environment variables only; nothing here is a secret except the database password."""

    model_config = SettingsConfigDict(env_prefix="PRASAN_", extra="ignore")

    home: Path = Field(default_factory=default_home)
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    hosts: str = ""
    tls: bool = True
    demo_sign_in: bool = False
    second_factor: bool = True
    openings_an_hour: int = Field(default=200, ge=1)
    openings_a_day: int = Field(default=1000, ge=1)
    log_level: str = "INFO"


@cache
def environment() -> Environment:
    return Environment()


def instance() -> dict[str, Any]:
    """What `init` or `demo` wrote about this instance (kind, id, created); empty where there is none yet."""
    try:
        return tomllib.loads((environment().home / "instance.toml").read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}


def is_demo() -> bool:
    """Whether `demo` made this instance: the only kind that may sign in by choosing a member of the cast."""
    return instance().get("kind") == "demo"


def database(url: str, embedded: Path) -> dict[str, Any]:
    """Django's database settings: the encrypted file, or PostgreSQL by its address."""
    if not url:
        return {
            "ENGINE": "prasan.vault.sqlcipher",
            "NAME": str(embedded),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(embedded.with_name("test.sqlite"))},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must start with postgresql://")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = unquote(parts.hostname or options.pop("host", ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", host),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": {"connect_timeout": 10, **options},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
