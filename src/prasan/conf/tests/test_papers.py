"""The papers that go with the program say what is true: licences, what to install, what the operator is told."""

import re
from pathlib import Path

import pytest
from django.core.management import load_command_class

from prasan.conf.operating.contents import ORDER

ROOT = Path(__file__).parents[4]
PINNED = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)", re.MULTILINE)
OPERATE = sorted((ROOT / "docs" / "operate").glob("*.md"))


def test_every_pinned_package_is_listed_with_its_version_and_licence():
    listed = dict(re.findall(r"^\| ([\w.\-]+) \| ([\w.]+) \| \w", (ROOT / "THIRD-PARTY.md").read_text(), re.MULTILINE))
    pinned = dict(PINNED.findall((ROOT / "requirements" / "base.txt").read_text()))
    assert len(pinned) > 30
    assert {n: v for n, v in pinned.items() if listed.get(n) != v} == {}


def test_every_pinned_package_has_a_hash_and_no_address():
    for name in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert text.count("--hash=sha256:") >= len(PINNED.findall(text))
        assert "://" not in text


def test_the_licence_is_there_in_full():
    text = (ROOT / "LICENSE").read_text()
    assert text.split("\n")[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("page", OPERATE, ids=[p.stem for p in OPERATE])
def test_every_command_of_the_operator_s_pages_exists_with_its_options(page):
    for command, rest in re.findall(r"^(?:\S+=\S+ )?(?:\.venv/bin/)?prasan (\w+)(.*)$", page.read_text(), re.MULTILINE):
        assert command in ORDER, f"{page.name}: {command}"
        known = load_command_class("prasan.conf", command).create_parser("prasan", command).format_help()
        for option in re.findall(r"(--[\w-]+)", rest.split("#")[0]):
            assert option in known, f"{page.name}: {command} {option}"


def test_the_links_between_pages_lead_somewhere():
    for page in (*OPERATE, ROOT / "SECURITY.md", ROOT / "THIRD-PARTY.md"):
        for target in re.findall(r"\]\(([\w./-]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
