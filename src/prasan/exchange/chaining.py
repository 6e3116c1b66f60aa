"""Many journal lines in one go: each act keeps its own line, the chain is computed once and saved once."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from prasan.journal import writing
from prasan.journal.models import Line
from prasan.plain.canonical import canonical_json

Told = tuple[str, str, Any]


def enter_many(by: Any, told: Iterable[Told]) -> list[Line]:
    """Append a line for each (act, target, case) in order, exactly as `journal.enter` would one after another."""
    head, lines, name = writing._locked_head(), [], writing.who(by)
    for act, target, case in told:
        at = datetime.now(UTC)
        case_id = str(case.pk if hasattr(case, "pk") else case) if case else ""
        body = {
            "n": head.count + 1,
            "at": at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "mono": time.monotonic_ns(),
            "by": name,
            "act": act,
            "target": target,
            "case": case_id,
            "out": "done",
            "why": "",
        }
        text = canonical_json(body)
        head.count, head.hash = head.count + 1, writing.chained(head.hash, text)
        lines.append(Line(
            n=head.count, hash=head.hash, body=text.decode(), at=at, by=name, act=act, target=target,
            case_id=case_id or None, outcome="done", opened=0,
        ))  # fmt: skip
    Line.objects.bulk_create(lines)
    head.seal = writing.head_seal(head.count, head.hash)
    head.save()
    return lines
