"""The reference pages that are generated from the code: words, fact kinds, states, routes. A test compares."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from prasan.access.middleware import declared_for
from prasan.access.table import ACTS
from prasan.facts.kinds import KINDS

from . import reference_screening

STATE_ROOMS = ("cases", "leads", "identification", "investigation", "justice", "evidence", "policy", "exchange")


def _thai(text: str) -> str:
    with translation.override("th"):
        return translation.gettext(text)


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, str, Any]]:
    """(address, name, view) of every route."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.name or "", entry.callback


def state_machines() -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    """Each room's dict of allowed moves with its labels."""
    for room in STATE_ROOMS:
        rules = import_module(f"prasan.{room}.rules")
        names = [n for n in vars(rules) if n == "STATES" or n.endswith("_STATES")]
        for name in sorted(names):
            labels = getattr(rules, name.replace("STATES", "STATUSES"), None) or getattr(rules, "STAGES", {})
            yield (room if name == "STATES" else f"{room}-{name[:-7].lower()}"), getattr(rules, name), dict(labels)


def drawing(name: str, states: dict[str, Any], labels: dict[str, str]) -> str:
    """One state machine as a diagram that Markdown viewers draw, and as a list that everybody reads."""
    lines = [f"# States: {name}", "", "Generated from the rules; a test fails when it is stale.", "", "```mermaid",
             "stateDiagram-v2"]  # fmt: skip
    lines += [f"    {old} --> {new}" for old, moves in states.items() for new in moves]
    lines += ["```", "", "| state | English | Thai | may become |", "|---|---|---|---|"]
    for old, moves in states.items():
        label = labels.get(old, old)
        become = ", ".join(f"`{move}`" for move in moves) or "nothing"
        lines.append(f"| `{old}` | {label} | {_thai(label)} | {become} |")
    return "\n".join(lines) + "\n"


def words() -> str:
    """Every act and fact kind with its Thai and where it lives; the terms of the field stand in the glossary."""
    lines = ["# Words", "", "Generated from the code; a test fails when it is stale. The terms of the field, with",
             "their Thai, stand in `docs/glossary.md`.", "", "## Acts", "",
             "| act | English | Thai | scope |", "|---|---|---|---|"]  # fmt: skip
    lines += [f"| `{code}` | {a.title} | {_thai(a.title)} | {a.scope} |" for code, a in sorted(ACTS.items())]
    lines += ["", "## Kinds of facts", "", "| fact | unit | meaning | contribution level |", "|---|---|---|---|"]
    for code, kind in KINDS.items():
        lines.append(f"| `{code}` | {kind.unit} | {kind.meaning} | {'required' if kind.contribution else ''} |")
    return "\n".join(lines) + "\n"


def route_list() -> str:
    """Every address with its act."""
    told = sorted(
        f"/{path} {getattr(view, 'act', '') or declared_for(name) or 'shut (403)'}" for path, name, view in routes()
    )
    return "\n".join(told) + "\n"


def pages() -> dict[str, str]:
    """All generated pages by their path under `docs/`."""
    found = {"words.md": words(), "reference/routes.txt": route_list()}
    found["reference/screening-indicators.md"] = reference_screening.page()
    for name, states, labels in state_machines():
        found[f"reference/states/{name}.md"] = drawing(name, states, labels)
    return found


def write(docs: Path) -> list[str]:
    """Write the pages that changed; returns their paths."""
    changed = []
    for path, text in pages().items():
        target = docs / path
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            changed.append(path)
    return changed
