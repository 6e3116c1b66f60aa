"""The one way in: values are sealed freely, and opened only through the gate that `access` installs."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from .keys import Owner, cipher, ciphers

Gate = Callable[[Any, str, Sequence[tuple[Model, str]], datetime], None]
_gate: Gate | None = None


class Locked(Exception):
    """No gate is installed: nothing opens."""


def install_gate(gate: Gate) -> None:
    """Called once, by `access` at start. A second gate is refused, so that none can be slipped in later."""
    global _gate
    if _gate is not None:
        raise Locked("A gate is already installed.")
    _gate = gate


def associated_data(row: Model, field: str) -> bytes:
    """`table.column:pk`: a ciphertext moved to another row or column does not open."""
    column = row._meta.get_field(field).column  # type: ignore[union-attr]
    return f"{row._meta.db_table}.{column}:{row.pk}".encode()


def owner_of(row: Any) -> Owner:
    """Whose key seals this row; every model with sealed fields answers it."""
    owner = row.sealed_by()
    assert isinstance(owner, Owner)
    return owner


def seal(row: Model, **values: Any) -> None:
    """Set sealed fields of a row (not saved here). None and "" stay empty: there is nothing to protect."""
    owner = cipher(owner_of(row))
    for field, value in values.items():
        if value is None or value == "":
            setattr(row, field, None)
            continue
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        setattr(row, field, owner.encrypt(plain, associated_data(row, field)))


def _opened(blob: Any, primitive: Any, row: Model, field: str) -> Any:
    if blob is None or primitive is None:
        return None
    return json.loads(primitive.decrypt(bytes(blob), associated_data(row, field)))


def open(row: Model, field: str, *, by: Any, why: str, at: datetime) -> Any:
    """Open one sealed value. One journal line is written first; an erased value comes back as None."""
    return open_many([(row, field)], by=by, why=why, at=at)[0]


def open_many(
    pairs: Iterable[tuple[Model, str]], *, by: Any, why: str, at: datetime
) -> list[Any]:
    """Open many sealed values under one journal line that lists what was opened."""
    wanted = list(pairs)
    if _gate is None:
        raise Locked("No gate is installed: nothing opens.")
    if not wanted:
        return []
    _gate(by, why, wanted, at)
    keys = ciphers({owner_of(row) for row, _field in wanted})
    return [_opened(getattr(row, f), keys.get(owner_of(row)), row, f) for row, f in wanted]


def seal_blob(value: Any, owner: Owner, label: str) -> bytes:
    """Seal a value that lies outside a model column (a journal revision, a draft); `label` binds its place."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    return bytes(cipher(owner).encrypt(plain, label.encode()))


def open_blob(blob: bytes, owner: Owner, label: str) -> Any:
    """Open what `seal_blob` sealed, for the same owner and place. Only `journal` and `access` call it."""
    return json.loads(cipher(owner).decrypt(blob, label.encode()))
