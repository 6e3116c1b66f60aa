"""What destroys at an intake, and what opens: never one member alone over a child, no draft left over, names counted."""

import json
import re
import uuid

import pytest

from prasan import packs, vault
from prasan.access import drafts
from prasan.access.models import Draft
from prasan.identification.actions import field as phones
from prasan.identification.actions import intake, intake_moving, intake_screening
from prasan.identification.models import FieldSubmission, IntakePerson, Refusal
from prasan.identification.rules import intake as rules
from prasan.identification.tests.intakes import SECRET, entered, line, screened
from prasan.journal.models import Line, Revision
from prasan.plain.problem import Refused
from prasan.vault import field as sealed
from prasan.vault.models import WrappedKey
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db


def at(event, *parts):
    return "/".join(["/intakes", event.code, *map(str, parts)]) + "/"


def now_of(world, row):
    with world.acting("mali"):
        return IntakePerson._base_manager.select_related("intake").get(pk=row.pk)


def refuse(world, row, by="mali"):
    with world.acting(by):
        row = IntakePerson.objects.select_related("intake").get(pk=row.pk)
        return intake_screening.refuse_person(by=world.staff[by], row=row, version=row.version, refused="screening",
                                              card_given=False, at=AT, today=TODAY)  # fmt: skip


def correct(world, row, by="mali", **cells):
    with world.acting(by):
        row = IntakePerson.objects.select_related("intake").get(pk=row.pk)
        return intake.change_person(by=world.staff[by], row=row, version=row.version, line=line(**cells), at=AT)


def in_error(world, row, by="mali"):
    with world.acting(by):
        row = IntakePerson.objects.select_related("intake").get(pk=row.pk)
        return intake.enter_in_error(by=world.staff[by], row=row, reason="twice", version=row.version, at=AT, today=TODAY)


def sentences(caught):
    return [problem.message for problem in caught.value.problems]


def keys_of(row):
    return WrappedKey.objects.filter(owner_kind="intake", owner_id=str(row.pk)).count()


# A child, or somebody of unknown age


@pytest.mark.parametrize("age", ["adult", "child", "unknown", "", 17])
def test_only_a_known_number_of_years_lets_somebody_refuse(world, event, age):
    row = entered(world, event, line(name=SECRET, age=age))[0]
    with pytest.raises(Refused) as caught:
        refuse(world, row)
    assert sentences(caught) == [rules.CHILD_CANNOT_REFUSE]
    assert keys_of(row) == 1


@pytest.mark.parametrize("age", [12, "", "adult"])
def test_who_was_a_child_here_is_not_made_an_adult_and_destroyed_by_the_same_member(world, event, age):
    row = entered(world, event, line(name=SECRET, age=age))[0]
    correct(world, row, by="nok", age=30)
    correct(world, row, by="nok", age=30, sex="m")
    with pytest.raises(Refused) as caught:
        refuse(world, row, by="nok")
    assert sentences(caught) == [rules.ANOTHER_MUST]
    assert refuse(world, row, by="mali").status == "refused"


def test_who_was_always_known_to_be_an_adult_may_be_corrected_and_refuse_with_one_member(world, event):
    row = entered(world, event, line(name=SECRET, age=30))[0]
    assert correct(world, row, age=31).was_child is False
    assert refuse(world, row).status == "refused"


def test_an_adult_who_was_called_a_child_for_a_moment_stays_marked(world, event):
    row = entered(world, event, line(name=SECRET, age=30))[0]
    correct(world, row, age=16)
    assert correct(world, row, age=30).was_child is True


def test_a_change_of_age_is_journalled_with_old_and_new_and_without_a_name(world, event):
    row = entered(world, event, line(name=SECRET, age=12))[0]
    correct(world, row, age="adult")
    kept = Revision.objects.select_related("line").latest("line__n")
    assert kept.line.target == f"identification.intakeperson:{row.pk}"
    told = vault.open_blob(bytes(kept.blob), vault.INSTANCE, f"journal:{kept.line.n}")
    assert told == {"age_before": "12", "age_after": "adult"}


@pytest.mark.parametrize("age", [12, "unknown", "adult"])
def test_a_child_is_entered_in_error_by_two_members_and_not_by_one(world, event, age):
    row = entered(world, event, line(name=SECRET, age=age))[0]
    assert in_error(world, row).in_force
    assert keys_of(row) == 1
    with pytest.raises(Refused) as caught:
        in_error(world, row)
    assert sentences(caught) == [rules.ANOTHER_MUST_CONFIRM]
    assert not in_error(world, row, by="nok").in_force
    assert keys_of(row) == 0


def test_the_page_says_that_another_member_must_confirm(world, sign_in, event):
    row = entered(world, event, line(name=SECRET, age=12))[0]
    path = at(event, "people", row.pk, "in-error")
    first = sign_in(world.mali).post(path, {"reason": "twice", "version": row.version})
    assert first.status_code == 302
    assert now_of(world, row).in_force
    assert b"Another member of the desk must confirm" in sign_in(world.nok).get(at(event, "people", row.pk)).content
    again = sign_in(world.mali).post(path, {"reason": "twice", "version": row.version + 1})
    assert again.status_code == 422
    assert sign_in(world.nok).post(path, {"reason": "twice", "version": row.version + 1}).status_code == 302
    assert not now_of(world, row).in_force


def test_nobody_destroys_what_is_known_of_somebody_whom_a_colleague_screens(world, event):
    row = entered(world, event, line(name=SECRET, age=30))[0]
    with world.acting("mali"):
        intake_screening.take(by=world.mali, row=row, at=AT)
    for destroy in (refuse, in_error):
        with pytest.raises(Refused) as caught:
            destroy(world, row, by="nok")
        assert sentences(caught) == [rules.NOT_YOURS]
    assert refuse(world, row, by="mali").status == "refused"


# Drafts


def kept_draft(client, path, **typed):
    assert client.post("/drafts/", {"draft_place": path, **(typed or {"q_x": SECRET})}).json() == {"kept": True}


def test_a_refusal_destroys_the_drafts_of_every_form_and_of_every_colleague(world, sign_in, event):
    row, other = entered(world, event, line(name=SECRET, age=30), line(name="ข", age=30))
    with world.acting("mali"):
        row = intake_screening.take(by=world.mali, row=row, at=AT)
    mali, nok = sign_in(world.mali), sign_in(world.nok)
    forms = re.findall(r'href="(\?form=[^"]+)"', mali.get(at(event, "people", row.pk, "screen")).content.decode())
    assert forms
    kept_draft(mali, at(event, "people", row.pk, "screen"))
    kept_draft(mali, at(event, "people", row.pk, "screen") + forms[0])
    kept_draft(nok, at(event, "people", str(row.pk).upper(), "screen"))
    kept_draft(nok, at(event, "people", other.pk, "screen"))
    refuse(world, row)
    assert [draft.about for draft in Draft.objects.all()] == [drafts.token_of(other.pk)]


def test_a_form_that_stayed_open_keeps_no_draft_of_somebody_who_refused(world, sign_in, event):
    row = refuse(world, entered(world, event, line(name=SECRET, age=30))[0])
    client = sign_in(world.mali)
    page = client.post(at(event, "people", row.pk, "screen"), {"q_recruited": "yes", "version": row.version})
    assert page.status_code == 422
    assert Draft.objects.count() == 0


def test_entering_in_error_and_taking_into_a_case_destroy_the_drafts(world, sign_in, event):
    wrong, taken = entered(world, event, line(name=SECRET, age=30), line(name="ข", age=30))
    client = sign_in(world.nok)
    for row in (wrong, taken):
        kept_draft(client, at(event, "people", row.pk, "screen") + "?form=x")
    in_error(world, wrong)
    assert Draft.objects.count() == 1
    taken = screened(world, taken)
    with world.acting("mali"):
        intake_moving.move_people(by=world.mali, intake=event, rows=[taken], case=world.case, at=AT, today=TODAY)
    assert Draft.objects.count() == 0


def test_a_form_that_keeps_no_draft_keeps_none_when_it_is_refused_either(world, sign_in, event):
    row = entered(world, event)[0]
    client, path = sign_in(world.mali), at(event, "people", row.pk, "correct")
    page = client.post(path, {"name": SECRET, "age": "zzz", "version": row.version})
    assert page.status_code == 422
    assert SECRET in page.content.decode(), "what was typed stays on the page"
    assert client.post(path, {"name": SECRET, "age": "zzz", "save_draft": "yes"}).status_code == 422
    assert Draft.objects.count() == 0


def sent(world, **about):
    """A finished form of a phone, waiting."""
    with world.acting("nok"):
        _device, code = phones.register_device(by=world.nok, desk=world.desk, label="blue", at=AT)
    _device, token = phones.pair(code=code, at=AT)
    form, pk = packs.forms()["first_contact_child"], uuid.uuid4()
    told = {"v": 1, "id": str(pk), "form": form.code, "form_digest": form.digest(), "answers": {"recruited": "yes"},
            "words": {}, "about": {"on": TODAY.isoformat(), "name": SECRET, "age": 15, **about}}  # fmt: skip
    body = sealed.seal_to(sealed.recipient(), json.dumps(told).encode())
    answer = phones.receive(token=token, id=pk, form=form.code, form_digest=form.digest(), content=body, at=AT)
    assert answer.status == 201
    with world.acting("nok"):
        return FieldSubmission.objects.get(pk=pk)


def test_a_form_from_the_field_that_is_refused_lives_on_in_no_draft(world, sign_in):
    row = sent(world)
    client, path = sign_in(world.mali), f"/from-the-field/{row.pk}/accept/"
    assert client.post(path, {"into": "case", "name": SECRET, "on": "", "version": 1}).status_code == 422
    kept_draft(client, path)
    with world.acting("mali"):
        phones.refuse(by=world.mali, submission=row, version=1, reason="not_ours", words="", destroyed=True, at=AT)
    assert Draft.objects.count() == 0


# Names


def test_the_name_is_shown_to_whoever_screens_and_to_no_other_by_looking(world, sign_in, event):
    row = screened(world, entered(world, event)[0])
    for name in ("nok", "mali", "dao"):
        client = sign_in(world.staff[name])
        for page in ((), ("screen",), ("screened",), ("name",), ("refuse",)):
            assert SECRET not in client.get(at(event, "people", row.pk, *page)).content.decode(), (name, page)
    assert not Line.objects.filter(act="vault.open_identity").exists()


def test_a_name_opens_for_a_colleague_with_a_reason_of_the_list(world, sign_in, event):
    row = screened(world, entered(world, event)[0])
    client, path = sign_in(world.nok), at(event, "people", row.pk, "name")
    assert client.post(path, {"why": "curious"}).status_code == 422
    assert not Line.objects.filter(act="vault.open_identity").exists()
    assert SECRET in client.post(path, {"why": "contact"}).content.decode()
    assert json.loads(Line.objects.get(act="vault.open_identity").body)["why"] == "contact"


def test_names_of_an_intake_and_forms_from_the_field_count_towards_the_allowance(world, sign_in, event, settings):
    settings.OPENINGS_AN_HOUR = 3
    rows = entered(world, event, *[line(name=f"{SECRET} {n}", age=30) for n in range(4)])
    client = sign_in(world.nok)
    shown = [client.post(at(event, "people", row.pk, "name"), {"why": "contact"}).status_code for row in rows]
    assert shown == [200, 200, 200, 403]
    assert client.get(f"/from-the-field/{sent(world).pk}/open/").status_code == 403


def test_taking_many_into_a_case_shows_no_name_and_uses_up_no_allowance(world, event, settings):
    settings.OPENINGS_AN_HOUR = 1
    rows = [screened(world, row) for row in entered(world, event, *[line(name=SECRET, age=30)] * 3)]
    with world.acting("mali"):
        assert intake_moving.move_people(by=world.mali, intake=event, rows=rows, case=world.case, at=AT, today=TODAY) == 3
    assert not Line.objects.filter(act="vault.open_identity").exists()
    assert Line.objects.filter(act="vault.open_many", by="system:take_in").count() == 1


# The count of a refusal


def test_the_count_of_a_refusal_at_an_intake_leads_to_no_line_and_no_row(world, event):
    rows = entered(world, event, *[line(name=f"{SECRET} {n}", age=30, language="Lao" if n == 2 else "Thai") for n in range(4)])
    before = Line.objects.count()
    refuse(world, rows[2])
    assert [told.act for told in Line.objects.order_by("n")[before:]] == ["identification.refuse_intake_person"]
    count = Refusal.objects.get()
    assert (count.language, count.made_by) == ("", None)
    assert "intake" not in {told.name for told in Refusal._meta.get_fields()}
    assert (count.sex, count.place, count.province, count.situation, count.on) == (
        "other", "immigration", "TH-27", "other", TODAY)  # fmt: skip
