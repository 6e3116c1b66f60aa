"""Who did or saw what: each act leaves one line, in its own transaction, in a chain that cannot be changed quietly."""

import hashlib
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from prasan import vault
from prasan.plain.canonical import canonical_json

from .models import Head, Line, Revision

START = "0" * 64
OUTCOMES = ("done", "refused", "denied")
LISTED_IDS = 200
ADVISORY_LOCK = 0x5052_4153


def chained(previous: str, body: bytes) -> str:
    """Hex SHA-256 of the previous line's 64 hex digits followed directly by the bytes of the body."""
    return hashlib.sha256(previous.encode() + body).hexdigest()


def head_seal(count: int, last: str) -> str:
    """The keyed seal of the chain's end."""
    return vault.token("journal-head", f"{count}:{last}")


def who(by: Any) -> str:
    """A member of staff by number, a system process by name; never a person's name."""
    if by is None:
        return "nobody"
    return str(by) if isinstance(by, str) else str(by.pk)


def reference(target: Any) -> str:
    """`app.model:id` of a row."""
    if target is None:
        return ""
    return target if isinstance(target, str) else f"{target._meta.label_lower}:{target.pk}"


def _locked_head() -> Head:
    if not connection.in_atomic_block:
        raise RuntimeError("A journal line is written in the transaction of its act.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    return Head.objects.get_or_create(pk=1)[0]


def enter(
    *,
    by: Any,
    act: str,
    target: models.Model | str | None = None,
    case: Any = None,
    outcome: str = "done",
    why: str = "",
    ids: Iterable[str] = (),
    change: dict[str, Any] | None = None,
    owner: vault.Owner | None = None,
) -> Line:
    """Append one line. `ids` lists what was opened (a count and a digest when there are very many).

    `change` (old and new values, or the words of a reason) goes sealed into a revision under `owner`'s key
    (the instance's when none is given); only its hash is in the line. Reads the clock itself: a journal
    dates by the wall clock, and by the monotonic clock beside it.
    """
    head = _locked_head()
    at = datetime.now(UTC)
    body: dict[str, Any] = {
        "n": head.count + 1,
        "at": at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "mono": time.monotonic_ns(),
        "by": who(by),
        "act": act,
        "target": reference(target),
        "case": str(case.pk if hasattr(case, "pk") else case) if case else "",
        "out": outcome,
        "why": why,
    }
    opened = sorted(ids)
    if len(opened) > LISTED_IDS:
        body |= {"count": len(opened), "digest": hashlib.sha256("\n".join(opened).encode()).hexdigest()}
    elif opened:
        body["ids"] = opened
    blob, owner = b"", owner or vault.INSTANCE
    if change:
        blob = vault.seal_blob(change, owner, f"journal:{body['n']}")
        body["rev"] = hashlib.sha256(blob).hexdigest()
    text = canonical_json(body)
    line = Line.objects.create(
        n=body["n"], hash=chained(head.hash, text), body=text.decode(), at=at, by=body["by"], act=act,
        target=body["target"], case_id=body["case"] or None, outcome=outcome, opened=len(opened),
    )  # fmt: skip
    if blob:
        Revision.objects.create(line=line, owner_kind=owner.kind, owner_id=owner.id, blob=blob)
    head.count, head.hash, head.seal = line.n, line.hash, head_seal(line.n, line.hash)
    head.save()
    return line
