"""Changes the instance key so that a fault or a power cut at any point leaves one key that opens everything."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from prasan import journal
from prasan.journal import checking
from prasan.vault import custody, keys
from prasan.vault.models import WrappedKey

from .instance import Choice, keep_key
from .speaking import Stop

OLD = ".old"


def held() -> list[Path]:
    """The files that a rotation replaces."""
    at, record = custody.place(), custody.described()
    files = [at.custody, at.database_key, *([Path(record["path"])] if "path" in record else [])]
    return [path for path in files if path.exists()]


def _old(path: Path) -> Path:
    return path.with_name(path.name + OLD)


def rotate(choice: Choice) -> tuple[int, str]:
    """A new instance key; the old one is kept until the whole journal verifies under the new one."""
    before, shown = held(), []
    new = custody.new_keyset()
    for path in before:
        shutil.copy2(path, _old(path))
    try:
        with transaction.atomic():
            count = keys.rotate(new, lambda: shown.append(keep_key(new, choice)))
            journal.enter(by="system:keys", act="vault.rotate")
            verdict = checking.check()
            if not verdict.ok:
                raise Stop(_("After the rotation the journal does not verify: %(fault)s") % {"fault": verdict.fault})
    except BaseException:
        _put_back(before)
        raise
    for path in before:
        _old(path).unlink()
    _drop_unused(before)
    return count, shown[0]


def _put_back(before: list[Path]) -> None:
    for path in before:
        _old(path).replace(path)
    custody.forget()
    keys._own_primitive.cache_clear()


def _drop_unused(before: list[Path]) -> None:
    """A key file that custody no longer names is destroyed."""
    kept = {custody.place().custody, custody.place().database_key, Path(custody.described().get("path", "/"))}
    for path in before:
        if path not in kept:
            path.unlink(missing_ok=True)


def settle(say: Callable[[str], None]) -> None:
    """After a power cut in a rotation: whichever key opens the rows stays, the other goes."""
    at = custody.place()
    record = custody.described()
    names = {at.custody, at.database_key, *([Path(record["path"])] if "path" in record else [])}
    left = [path for path in names if _old(path).exists()]
    if not left:
        return
    if _opens():
        for path in left:
            _old(path).unlink()
        say(_("A rotation that was cut off had been finished; the old key is gone."))
    else:
        _put_back(left)
        say(_("A rotation that was cut off was undone; the old key is in force."))


def _opens() -> bool:
    try:
        row = WrappedKey.objects.filter(owner_kind="instance", wrapped_by=custody.described()["key_id"]).first()
        return row is not None and bool(keys.unwrap_row(row))
    except Exception:
        return False
