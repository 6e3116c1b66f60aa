"""A folder of its own for sealed files, the room's addresses, and a builder that seals through the real act."""

import io
from datetime import date

import pytest

from prasan.evidence import actions
from prasan.vault import custody
from tests.cast import AT, TODAY

LETTER = b"signed by her own hand"


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path, settings):
    settings.ROOT_URLCONF = "prasan.evidence.tests.urls"
    monkeypatch.setattr(custody.Place, "files", property(lambda place: tmp_path / "files"))
    return tmp_path / "files"


@pytest.fixture
def seal(world):
    """Seal a file as one of the cast; the caller may change any of the values."""

    def done(by="mali", content=LETTER, **told):
        member = world.staff[by]
        values = {
            "case": world.case, "file": io.BytesIO(content), "file_name": "จดหมาย สมหญิง.pdf", "size": len(content),
            "looked": True, "kind": "paper", "partition": "care", "from_whom": "survivor",
            "received_on": date(2026, 11, 20), "at": AT, "today": TODAY, "about": world.survivor,
        } | told  # fmt: skip
        with world.acting(by):
            return actions.seal_item(by=member, **values)

    return done


def lying(folder):
    """What lies in the folder of sealed files."""
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


FOUND = {"found_where": "https://example.test/x", "found_at": AT, "reported_to": "not_yet", "report_ref": ""}
