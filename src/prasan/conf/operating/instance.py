"""Makes an instance: its folder, keys in custody, database, and the first administrator; all or nothing."""

import base64
import os
import secrets
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connections, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from prasan import journal, vault
from prasan.accounts.models import Agency, HeldDiscipline, Invitation, Staff
from prasan.accounts.rules import folded
from prasan.conf.environment import environment, instance
from prasan.vault import custody, keys

from . import databases, passphrase
from .speaking import Stop


@dataclass(frozen=True)
class Choice:
    """Where the instance key is to be kept."""

    kind: str
    path: Path | None = None

    @classmethod
    def parse(cls, text: str, identifier: str) -> "Choice":
        """`file`, `file:PATH`, `passphrase` or `environment`; without a path the key lies beside no data."""
        kind, _colon, path = text.partition(":")
        if kind not in custody.KINDS or (path and kind != "file"):
            raise Stop(_("--custody is file, file:PATH, passphrase or environment."))
        if kind == "file":
            return cls(kind, Path(path).expanduser().resolve() if path else default_key_file(identifier))
        return cls(kind)


def default_key_file(identifier: str) -> Path:
    """A free place for the key outside the data folder, so that a copy of the data alone opens nothing."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA") or Path.home() / ".config"
    folder = Path(base) / "prasan-keys"
    names = (f"{identifier}{n}.key" for n in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


def occupied(home: Path) -> bool:
    """Whether something that may be an instance lies in the folder."""
    return home.exists() and (not home.is_dir() or any(home.iterdir()))


def refuse_occupied() -> None:
    home = custody.place().home
    if occupied(home):
        kind = instance().get("kind")
        told = _("There is already an instance in %(home)s; nothing was changed.") if kind else _(
            "The folder %(home)s is not empty; nothing was changed. Choose another by PRASAN_HOME."
        )
        raise Stop(told % {"home": home})


@contextmanager
def all_or_nothing(*also: Path) -> Iterator[None]:
    """What was made in the instance folder (and the files named) goes again when the making fails."""
    home = custody.place().home
    existed, outside = home.exists(), bool(environment().database_url)
    if outside and not databases.is_empty():
        raise Stop(_("The database that DATABASE_URL names is not empty; nothing was changed."))
    try:
        yield
    except BaseException:
        if outside:
            with suppress(DatabaseError), databases.as_owner():
                databases.wipe()
        connections.close_all()
        for child in list(home.iterdir()) if home.is_dir() else ():
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        if not existed:
            shutil.rmtree(home, ignore_errors=True)
        for path in also:
            path.unlink(missing_ok=True)
        custody.forget()
        raise


def keep_key(serialised: bytes, choice: Choice) -> str:
    """Put the instance key into the custody chosen. Returns a line to show once (environment), or ""."""
    if choice.kind == "passphrase":
        custody.store(serialised, "passphrase", passphrase=passphrase.chosen())
        return ""
    custody.store(serialised, choice.kind, path=choice.path)
    if choice.kind != "environment":
        return ""
    text = base64.b64encode(serialised).decode()
    shown = "" if os.environ.get(custody.ENVIRONMENT_NAME) == text else f"{custody.ENVIRONMENT_NAME}={text}"
    os.environ[custody.ENVIRONMENT_NAME] = text
    return shown


def new_key(choice: Choice) -> bytes:
    """A fresh instance key, or the one that the environment already carries."""
    given = os.environ.get(custody.ENVIRONMENT_NAME) if choice.kind == "environment" else ""
    try:
        serialised = base64.b64decode(given, validate=True) if given else custody.new_keyset()
        custody.key_id(serialised)
    except Exception:
        raise Stop(_("%(name)s does not hold an instance key.") % {"name": custody.ENVIRONMENT_NAME}) from None
    return serialised


def describe(kind: str, identifier: str, **more: str) -> None:
    """Write instance.toml: what this instance is. No secret in it."""
    told = {"kind": kind, "id": identifier, "created": datetime.now(UTC).isoformat(timespec="seconds"), **more}
    lines = "".join(f'{name} = "{value}"\n' for name, value in told.items())
    custody.write_private(custody.place().home / "instance.toml", lines.encode())


def new_identifier() -> str:
    return str(uuid.uuid4())


def create(kind: str, choice: Choice, identifier: str, progress: Callable[[str], None]) -> str:
    """Folder, key in custody, database with all tables, the instance's own keys. See `keep_key` for the line."""
    home = custody.place().home
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    if choice.kind == "file" and choice.path and choice.path.exists():
        raise Stop(_("There is already a key in %(path)s; it is not overwritten.") % {"path": choice.path})
    shown = keep_key(new_key(choice), choice)
    custody.make_database_key()
    describe(kind, identifier)
    progress(_("Keys made, custody: %(kind)s.") % {"kind": choice.kind})
    for told in databases.migrate():
        progress(told)
    with transaction.atomic():
        for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
            vault.new_key(owner)
    custody.place().files.mkdir(exist_ok=True, mode=0o700)
    progress(_("Database made."))
    return shown


@transaction.atomic
def first_administrator(
    *, username: str, name: str, agency: dict[str, str], language: str, at: datetime, today: date
) -> tuple[Staff, str]:
    """The own agency and its administrator; returns the account and the token of a single-use invitation."""
    from prasan.access.actions import INVITATION_DAYS, token_hash

    if not folded(username) or not name.strip():
        raise Stop(_("Write a user name and a name."))
    own = Agency.objects.create(is_own=True, **agency)
    staff = Staff(username=folded(username), name=name.strip(), agency=own, language=language)
    staff.set_unusable_password()
    staff.save(force_insert=True)
    HeldDiscipline.objects.create(staff=staff, discipline="administrator", since_on=today)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        staff=staff, made_by=staff, token_hash=token_hash(token), purpose="join",
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    journal.enter(by="system:init", act="access.first_administrator", target=staff)
    return staff, token


def invitation_path(token: str) -> str:
    """Where the link of an invitation leads."""
    try:
        return reverse("desk:join", args=[token])
    except NoReverseMatch:
        return f"/join/{token}/"
