"""The generated reference pages are those that the code calls for, and the catalogue is whole."""

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from prasan.conf import reference

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src" / "prasan" / "locale" / "th" / "LC_MESSAGES" / "django.po"
HOLES = re.compile(r"%\(\w+\)[sd]")


@pytest.mark.parametrize("path", sorted(reference.pages()))
def test_the_reference_page_is_fresh(path):
    written = ROOT / "docs" / path
    assert written.exists(), f"run: python -m tests.reference ({path} is missing)"
    assert written.read_text() == reference.pages()[path], "run: python -m tests.reference"


def catalogue():
    with CATALOGUE.open("rb") as source:
        return [m for m in read_po(source, locale="th") if m.id]


def test_every_text_has_its_thai():
    empty = [m.id for m in catalogue() if not (m.string if isinstance(m.string, str) else all(m.string))]
    assert empty == []
    assert [m.id for m in catalogue() if m.fuzzy] == []
    assert len(catalogue()) > 1000


def test_the_thai_keeps_every_placeholder():
    lost = []
    for message in catalogue():
        source = message.id if isinstance(message.id, str) else message.id[1]
        thai = message.string if isinstance(message.string, str) else message.string[0]
        if set(HOLES.findall(source)) != set(HOLES.findall(thai)) and isinstance(message.id, str):
            lost.append(source)
    assert lost == []


def test_the_compiled_catalogue_is_that_of_the_source(tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, CATALOGUE], check=True)
    assert fresh.read_bytes() == CATALOGUE.with_suffix(".mo").read_bytes()


def test_no_text_of_the_code_is_missing_from_the_catalogue():
    """Literal texts marked for translation in Python must be in the catalogue (extraction was run)."""
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue()}
    call = r"\b(?:_|lazy|gettext|gettext_noop|gettext_lazy|noop|_now)\(\s*"
    marked = re.compile(rf"""{call}(?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)')\s*[,)]""")
    missing = set()
    for path in (ROOT / "src" / "prasan").rglob("*.py"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for text in ("".join(found) for found in marked.findall(path.read_text())):
            plain = text.encode().decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore") if "\\" in text else text
            if plain not in known:
                missing.add(plain)
    assert missing == set()
