"""Re-computes the chain: the first bad line is named, whatever was flipped, cut, doubled or swapped."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prasan import __version__, vault
from prasan.plain.canonical import canonical_json

from .models import Checkpoint, Head, Line, Revision
from .writing import START, chained, head_seal

FORM = re.compile(rb"^([0-9a-f]{64}) (\{.*\})$")


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many lines agree, where they end, and the first fault in words ("" = none)."""

    lines: int
    head: str
    fault: str = ""

    @property
    def ok(self) -> bool:
        return not self.fault


def check_lines(lines: Iterable[tuple[str, bytes]]) -> Verdict:
    """The chain alone: hashes follow one another, bodies are canonical, numbers run from 1 without a gap."""
    previous, n = START, 0
    for given, body in lines:
        n += 1
        if chained(previous, body) != given:
            return Verdict(n - 1, previous, f"line {n}: the hash does not follow from the line before and the body")
        if not _is_line(n, body):
            return Verdict(n - 1, previous, f"line {n}: the body is not the canonical line number {n}")
        previous = given
    return Verdict(n, previous)


def _is_line(n: int, body: bytes) -> bool:
    """Whether a body is the canonical JSON object of line n; anything else in a file is simply not."""
    try:
        read = json.loads(body)
        return isinstance(read, dict) and canonical_json(read) == body and read.get("n") == n
    except (ValueError, TypeError, RecursionError):
        return False


def check_file(path: Path) -> Verdict:
    """A file of `HASH SP BODY` lines, as `export` writes it; needs no instance and no key."""

    def lines() -> Iterator[tuple[str, bytes]]:
        with path.open("rb") as source:
            for raw in source:
                match = FORM.match(raw.rstrip(b"\n")) if raw.endswith(b"\n") else None
                yield (match[1].decode(), match[2]) if match else ("", raw)

    return check_lines(lines())


def export(path: Path) -> int:
    """Write the journal as `HASH SP BODY` lines, for `sha256sum` and anybody's own checker."""
    count = 0
    with path.open("wb") as out:
        for line in Line.objects.order_by("n").iterator():
            out.write(f"{line.hash} {line.body}\n".encode())
            count += 1
    return count


def _columns_fault() -> str:
    columns = ("n", "at", "by", "act", "target", "case_id", "outcome", "body")
    for row in Line.objects.order_by("n").values(*columns).iterator():
        body = json.loads(row["body"])
        told = tuple(body.get(name) for name in ("by", "act", "target", "out", "case", "at"))
        at = row["at"].astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        kept = (row["by"], row["act"], row["target"], row["outcome"], str(row["case_id"] or ""), at)
        if told != kept:
            return f"line {row['n']}: the columns do not say what the body says"
    return ""


def _revisions_fault() -> str:
    told_of = Line.objects.filter(body__contains='"rev":"', revision__isnull=True).order_by("n").first()
    if told_of is not None:
        return f"line {told_of.n}: its sealed revision is missing"
    for revision in Revision.objects.select_related("line").iterator():
        told = json.loads(revision.line.body).get("rev")
        if told != hashlib.sha256(bytes(revision.blob)).hexdigest():
            return f"line {revision.line_id}: its sealed revision was changed"
    return ""


def _checkpoints_fault(count: int) -> str:
    hashes = dict(Line.objects.filter(n__in=Checkpoint.objects.values("count")).values_list("n", "hash"))
    for point in Checkpoint.objects.order_by("count"):
        if not vault.verify(point.text.encode(), bytes(point.signature)):
            return f"checkpoint {point.count}: the signature is not of this instance's journal key"
        if point.count > count or hashes.get(point.count) != point.hash:
            return f"checkpoint {point.count}: the journal no longer holds what was signed then"
    return ""


def check() -> Verdict:
    """The whole journal of this instance: chain, columns, revisions, sealed head, signed checkpoints."""
    rows = Line.objects.order_by("n").values_list("hash", "body").iterator()
    verdict = check_lines((given, body.encode()) for given, body in rows)
    if not verdict.ok:
        return verdict
    head = Head.objects.filter(pk=1).first() or Head()
    fault = ""
    if (head.count, head.hash) != (verdict.lines, verdict.head):
        fault = f"line {verdict.lines + 1}: the journal was cut: its sealed head stands at {head.count}"
    elif head.count and head.seal != head_seal(head.count, head.hash):
        fault = f"line {head.count}: the seal of the head is not of this instance"
    fault = fault or _columns_fault() or _revisions_fault() or _checkpoints_fault(verdict.lines)
    return Verdict(verdict.lines, verdict.head, fault)


def check_foreign(path: Path) -> str:
    """Compare with checkpoints that a partner kept (their text lines); the first disagreement, or ""."""
    for raw in path.read_text().splitlines():
        parts = raw.split()
        if len(parts) < 3 or parts[0] != "prasan-checkpoint" or not parts[1].isdecimal():
            return f"not a checkpoint: {raw[:60]!r}"
        line = Line.objects.filter(pk=int(parts[1])).first()
        if line is None or line.hash != parts[2]:
            return f"line {parts[1]}: the journal no longer holds what the partner keeps"
    return ""


def close_segment(at: datetime | None = None) -> Checkpoint | None:
    """Sign where the journal stands now; nothing when nothing was written since the last checkpoint."""
    head = Head.objects.filter(pk=1).first()
    last = Checkpoint.objects.order_by("-count").first()
    if head is None or not head.count or (last and last.count == head.count):
        return None
    point = Checkpoint(count=head.count, hash=head.hash, at=at or datetime.now(UTC), software=__version__)
    point.signature = vault.sign(point.text.encode())
    point.save(force_insert=True)
    return point
