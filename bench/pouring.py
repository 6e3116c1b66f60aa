"""Rows by the hundred thousand: inserts that pass by the acts, and keys made and wrapped in batches.

The only place that bypasses acts. The rows have the shape that acts write; a generated instance is reconciled
like any other, and `bench.generate` says so when it is not.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import tink
from django.db import connection, models
from tink import aead, secret_key_access

from prasan.vault import custody, sealing
from prasan.vault.models import WrappedKey

AT_ONCE = 5_000
poured: Counter[str] = Counter()


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)


def _fast(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of this column goes to the database; None when it goes as it is."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.UUIDField):
        return (lambda v: v.hex if v is not None else None) if connection.vendor == "sqlite" else None
    plain = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.BinaryField)
    if type(target) is not models.BinaryField and isinstance(target, plain):
        return None
    return _prepared(field)


def pour(rows: Iterable[models.Model]) -> None:
    """Insert rows of one table, in the order given, without reading them back."""
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0])
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    columns = [(f.attname, _fast(f)) for f in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    values = [
        tuple(getattr(row, name) if told is None else told(getattr(row, name)) for name, told in columns)
        for row in rows
    ]
    with connection.cursor() as cursor:
        for start in range(0, len(values), AT_ONCE):
            cursor.executemany(sql, values[start : start + AT_ONCE])
    poured[model._meta.label] += len(rows)


class Keyring:
    """New owners' keys: drawn, wrapped and kept in memory until the batch that seals with them is written."""

    def __init__(self) -> None:
        self.rows: list[WrappedKey] = []
        self.ciphers: dict[str, Any] = {}
        self.wrapper = custody.instance_aead()
        self.wrapped_by = custody.described()["key_id"]

    def new(self, kind: str, pk: UUID, at: datetime) -> None:
        handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
        serialised = tink.proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
        owner_id = str(pk)
        blob = self.wrapper.encrypt(serialised, f"{kind}:{owner_id}".encode())
        self.rows.append(
            WrappedKey(owner_kind=kind, owner_id=owner_id, wrapped_by=self.wrapped_by, blob=blob, created_at=at)
        )
        self.ciphers[owner_id] = handle.primitive(aead.Aead)

    def seal(self, row: models.Model, owner: Any, field: str, value: Any) -> None:
        """As `vault.seal` does, with the key of an owner of this batch."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        setattr(row, field, self.ciphers[str(owner)].encrypt(plain, sealing.associated_data(row, field)))

    def write(self) -> None:
        pour(self.rows)
        self.rows, self.ciphers = [], {}


def new_id(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
