"""The agency's own rows of the packs: proposed by one, confirmed by another, used by digest, journalled."""

import re
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from prasan import packs
from prasan.cases.actions import own_rows as actions
from prasan.cases.models import OwnRows
from prasan.conf import own_rows
from prasan.conf.operating import fitness
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT

pytestmark = pytest.mark.django_db
TEXT = '[[clock]]\ncode = "reflection-a"\nlength = 20\n'


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    (tmp_path / "packs").mkdir()
    write(tmp_path, TEXT)
    yield tmp_path
    own_rows.use(tmp_path / "nowhere")


def write(home, text):
    (home / "packs" / "ours.toml").write_text(text, encoding="utf-8")


def start(home):
    """A process begins: the rows are read, then the first connection is made."""
    own_rows.use(home)
    own_rows.lay_over()
    return packs.clocks()["reflection-a"].length


def body(page):
    return page.content.decode()


def sent(client, do):
    digest = re.search(r'name="digest" value="(\w+)"', body(client.get("/packs/")))
    return body(client.post("/packs/", {"do": do, "digest": digest[1] if digest else ""}, follow=True))


def test_own_rows_are_used_only_after_a_second_person_confirmed_exactly_these(cast_only, home, sign_in):
    dao, ubon = sign_in(cast_only.dao), sign_in(cast_only.ubon)
    assert start(home) == 15
    shown = body(dao.get("/packs/"))
    assert "not proposed yet" in shown
    assert "overlay/ours.toml:1" in shown
    assert re.search(r"length: 15 → <strong>20</strong>", shown)
    assert "wait for a second person" in sent(dao, "propose")
    assert "somebody else confirms them" in body(dao.get("/packs/"))
    assert start(home) == 15
    assert "They come into use when the server is started again" in sent(ubon, "confirm")
    assert start(home) == 20
    assert "in use" in body(ubon.get("/packs/"))
    assert list(Line.objects.filter(act__startswith="packs.").order_by("n").values_list("act", "by")) == [
        ("packs.propose", str(cast_only.dao.pk)), ("packs.activate", str(cast_only.ubon.pk))]  # fmt: skip
    write(home, TEXT.replace("20", "25"))
    assert start(home) == 15
    assert "not proposed yet" in body(dao.get("/packs/"))
    write(home, TEXT)
    assert start(home) == 20


def test_whoever_proposed_does_not_confirm_and_what_was_changed_meanwhile_is_not_confirmed(cast_only, home):
    told = {"folder": home / "packs", "digest": packs.own_rows(home / "packs").own, "at": AT}
    with pytest.raises(Refused, match="Nobody has proposed"):
        actions.activate(by=cast_only.ubon, **told)
    actions.propose(by=cast_only.dao, **told)
    with pytest.raises(Refused, match="A second person"):
        actions.activate(by=cast_only.dao, **told)
    write(home, TEXT.replace("20", "25"))
    with pytest.raises(Refused, match="not those that were shown"):
        actions.activate(by=cast_only.ubon, **told)
    write(home, TEXT)
    actions.activate(by=cast_only.ubon, **told)
    for act in (actions.propose, actions.activate):
        with pytest.raises(Refused, match="confirmed before"):
            act(by=cast_only.ubon, **told)
    (home / "packs" / "ours.toml").unlink()
    with pytest.raises(Refused, match="no own rows"):
        actions.propose(by=cast_only.dao, **told)


def test_what_was_put_into_use_before_is_confirmed_anew_after_other_rows(cast_only, home):
    for text in (TEXT, TEXT.replace("20", "25")):
        write(home, text)
        told = {"folder": home / "packs", "digest": packs.own_rows(home / "packs").own, "at": AT}
        actions.propose(by=cast_only.dao, **told)
        actions.activate(by=cast_only.ubon, **told)
    assert start(home) == 25
    write(home, TEXT)
    assert start(home) == 15


def test_a_bad_row_is_shown_by_file_and_line_and_nothing_can_be_proposed(cast_only, home, sign_in):
    write(home, '\n[[clock]]\ncode = "temporary-protection"\nenabled = false\n')
    client = sign_in(cast_only.dao)
    page = body(client.get("/packs/"))
    assert "overlay/ours.toml:2: a limit that protects liberty" in page
    assert "<button type=\"submit\" name=\"do\"" not in page
    assert "overlay/ours.toml:2" in body(client.post("/packs/", {"do": "propose", "digest": "x"}, follow=True))
    assert client.post("/packs/", {"do": "other"}).status_code == 302
    assert not OwnRows.objects.exists()
    (home / "packs" / "ours.toml").unlink()
    assert "There are no own rows" in body(client.get("/packs/"))


def test_the_page_is_for_coordinators_and_administrators(cast_only, home, sign_in):
    assert sign_in(cast_only.mali).get("/packs/").status_code == 403
    thai = sign_in(cast_only.ubon, "th")
    assert "รายการของหน่วยงานในชุดข้อมูลอ้างอิง" in body(thai.get("/packs/"))


def test_the_doctor_says_whether_own_rows_wait_or_are_used(cast_only, home):
    assert start(home) == 15
    (told,) = fitness.own_rows()
    assert (told.level, "wait for a second person" in told.sentence) == (fitness.NOTE, True)
    given = {"folder": home / "packs", "digest": packs.own_rows(home / "packs").own, "at": AT}
    actions.propose(by=cast_only.dao, **given)
    actions.activate(by=cast_only.ubon, **given)
    assert start(home) == 20
    (told,) = fitness.own_rows()
    assert (told.level, "2026-11-24" in told.sentence) == (fitness.FINE, True)
    OwnRows.objects.update(activated_at=datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    (told,) = fitness.own_rows()
    assert "2026-11-25" in told.sentence
    own_rows.use(home / "nowhere")
    assert list(fitness.own_rows()) == []


def test_a_database_that_is_not_made_yet_has_activated_nothing(home, monkeypatch):
    def gone(_digest):
        raise DatabaseError

    monkeypatch.setattr(actions, "activated", gone)
    assert start(home) == 15
    assert own_rows.waiting()
