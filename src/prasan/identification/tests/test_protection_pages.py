"""The pages of protection, reflection, welfare, rights and refusal, as each member of the team meets them."""


import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from prasan.identification import panel_of_protection
from prasan.identification.models import Protection, Reflection, Refusal, RightsNotice, WelfareCheck
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from tests.cast import AT, TODAY, make_person
from tests.kept import stored, the_one

from .protecting import DAY, HOUR, end, in_reflection, look, propose_end, refuse, tell, under_protection
from .test_actions import screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def page(name, world=None, **row):
    return reverse(f"identification:{name}", kwargs={"case": world.case.code, **row} if world else None)


def person(world):
    return world.survivor.person.code


def drawn(world, name="mali"):
    with world.acting(name):
        shown = panel_of_protection.panel(world.staff[name], world.case)
        return shown, render_to_string(shown.template, shown.context) if shown else ""


def test_the_panel_says_per_person_what_protects_and_what_comes_next(world):
    in_reflection(world)
    shown, html = drawn(world)
    assert person(world) in html
    for text in ("or earlier at the person", "No check yet", "0 of 10", "Tell the right to compensation"):
        assert text in html
    assert all(link.href for link in shown.links)
    tell(world)
    assert "Welfare check today" in drawn(world)[1]
    look(world, the_one(Reflection))
    html = drawn(world)[1]
    assert "no invitation" in html
    assert "2 of 10" in html
    assert drawn(world, "chai")[0] is None


def test_the_panel_shouts_when_the_time_of_s29_is_over_without_consent_or_order(world):
    under_protection(world)
    assert rules.TIME_OVER not in drawn(world)[1]
    from prasan.access.system import system_read
    from prasan.cases.models import RunningClock

    with system_read("verify", line=False):
        RunningClock._base_manager.filter(clock="temporary-protection").update(ends_at=AT - HOUR)
    shown, html = drawn(world)
    assert shown.context["alarms"] == [person(world)]
    assert "she or he may go" in html


def test_a_right_that_was_told_and_not_understood_says_so_and_waits_to_be_told_again(world, sign_in):
    tell(world, codes=("refuse",), understood="not_understood")
    html = sign_in(world.mali).get(page("rights", world, person=person(world))).content.decode()
    assert html.count("Told, not understood") == 1
    assert html.count("Not told yet") == 9


def test_the_panel_of_a_case_without_survivors_says_what_to_do(world):
    from tests.cast import make_case

    world.case = make_case(world, "Empty matter")
    assert "protection and rights never wait for a decision" in drawn(world)[1]


def test_protection_is_recorded_asked_extended_and_ended_through_the_pages(world, sign_in):
    client = sign_in(world.mali)
    html = client.get(page("take-under-protection", world) + f"?person={person(world)}").content.decode()
    assert "ATIP s.29 covers at most 24 hours" in html
    assert "Never: it will be refused." in html
    told = {"participation": str(world.survivor.pk), "since_day": "24/11/2569", "since_clock": "08:00", "body": "police", "place": "cell"}
    wrong = client.post(page("take-under-protection", world), told)
    assert wrong.status_code == 422
    assert wrong.context["form"].errors.keys() == {"place"}
    assert "never in a cell" in wrong.content.decode()
    answer = client.post(page("take-under-protection", world), told | {"place": "police_room"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert "only while its door is open" in drawn(world)[1]
    row = the_one(Protection)
    assert "Asked about staying" in client.get(answer.url).content.decode()
    for name, posted in (
        ("record-stay", {"stays": "no", "on": "24/11/2569", "version": 1}),
        ("record-court-order", {"granted_at_day": "24/11/2569", "granted_at_clock": "09:30", "version": 2}),
        ("end-protection", {"ended_at_day": "24/11/2569", "ended_at_clock": "10:00", "how": "left", "version": 3}),
    ):
        at = page(name, world, protection=row.pk)
        assert client.get(at).status_code == 200
        done = client.post(at, posted)
        assert done.status_code == 302, (name, done.context["form"].errors)
    assert the_one(Protection).ended_as == "left"
    assert client.post(page("record-stay", world, protection=row.pk), {"stays": "yes", "on": "24/11/2569", "version": 1}).status_code == 409


def test_reflection_ends_early_only_with_wish_language_understanding_and_witness(world, sign_in):
    row, client = in_reflection(world), sign_in(world.mali)
    at = page("end-reflection", world, reflection=row.pk)
    form = client.get(at).context["form"]
    assert "ran_out" not in dict(form.fields["how"].choices)
    assert str(world.mali.pk) not in dict(form.fields["witness"].choices)
    assert str(world.ploy.pk) in dict(form.fields["witness"].choices)
    told = {"how": "own_wish", "on": "24/11/2569", "version": 1}
    wrong = client.post(at, told)
    assert wrong.status_code == 422
    assert str(world.chai.pk) not in dict(form.fields["witness"].choices)
    for sentence in ("needs a witness", "nobody present understood", "in which language"):
        assert sentence in wrong.content.decode()
    told |= {"words": "อยากเล่าแล้ว", "language": "mya", "understood": "interpreter", "witness": str(world.ploy.pk)}
    done = client.post(at, told)
    assert done.status_code == 302
    assert the_one(Reflection).ended_on is None
    html = client.get(done.url).content.decode()
    for text in ("อยากเล่าแล้ว", "Ploy", "Waits for the witness", "What must wait"):
        assert text in html
    answered = page("answer-end", world, reflection=row.pk)
    assert answered not in html
    assert at not in html
    for told in (client.get(answered), client.post(answered, {"version": 1, "answer": "confirmed"})):
        assert told.status_code == 302
    assert the_one(Reflection).ended_on is None
    witness = sign_in(world.ploy)
    assert answered in witness.get(done.url).content.decode()
    assert "อยากเล่าแล้ว" in witness.get(answered).content.decode()
    assert witness.post(answered, {"version": 1}).status_code == 422
    assert witness.post(answered, {"version": 1, "answer": "confirmed"}).status_code == 302
    assert the_one(Reflection).ended_as == "own_wish"
    html = client.get(done.url).content.decode()
    assert "Confirmed by the witness" in html
    assert "Nobody: the pack names nobody" in html


def test_reading_the_wish_and_the_words_leaves_lines(world, sign_in):
    row = in_reflection(world)
    look(world, row, words="คิดถึงบ้าน")
    end(world, row)
    before = Line.objects.filter(act="vault.open").count()
    html = sign_in(world.preecha).get(page("protection-of", world, person=person(world))).content.decode()
    assert "คิดถึงบ้าน" in html
    assert Line.objects.filter(act="vault.open").count() == before + 2


def test_the_round_shows_everybody_on_one_page_and_keeps_a_colleagues_look(world, sign_in):
    screen(world)
    for n in range(3):
        screen(world, participation=make_person(world, world.case, name=f"คน {n}"))
    rows = [r.pk for r in stored(Reflection)]
    noi, mali = sign_in(world.noi), sign_in(world.mali)
    at = page("welfare-round", world)
    html = noi.get(at).content.decode()
    assert "4 of 4 people were not seen today" in html
    assert html.count('value="well"') == 4
    assert html.count("Needs of P-") == 4
    assert "ชื่อลับ" not in html
    mali.get(at)
    posted = {"on": "24/11/2569", **{f"s_{pk}": "" for pk in rows}}
    done = noi.post(at, posted | {f"w_{rows[0]}": "well", f"w_{rows[1]}": "unwell", f"n_{rows[1]}": ["medical", "food"]})
    assert done.status_code == 302
    late = mali.post(at, posted | {f"w_{rows[0]}": "worried", f"w_{rows[2]}": "well"}, follow=True).content.decode()
    assert "Noi was there at" in late
    assert "yours was not saved" in late
    assert "1 of 4 people were not seen today" in late
    assert sorted(row.wellbeing for row in stored(WelfareCheck)) == ["unwell", "well", "well"]


def test_a_round_without_a_tick_or_with_needs_alone_says_so(world, sign_in):
    row, client = in_reflection(world), sign_in(world.noi)
    at = page("welfare-round", world)
    answer = client.post(at, {"on": "24/11/2569", f"s_{row.pk}": ""})
    assert answer.status_code == 422
    assert "Tick at least one person" in answer.content.decode()
    answer = client.post(at, {"on": "24/11/2569", f"s_{row.pk}": "", f"n_{row.pk}": ["food"]})
    assert answer.status_code == 422
    assert f"Say how {person(world)} is." in answer.content.decode()


def test_one_look_is_recorded_and_asks_nothing_about_what_happened(world, sign_in):
    row, client = in_reflection(world), sign_in(world.ploy)
    at = page("record-check", world, reflection=row.pk)
    html = client.get(at).content.decode()
    assert "Ask nothing about what happened" in html
    assert client.post(at, {"on": "24/11/2569", "wellbeing": "urgent", "words": "เจ็บ"}).status_code == 302
    assert "Help at once" in client.get(page("protection-of", world, person=person(world))).content.decode()


def test_rights_are_red_until_s34_is_told_and_several_are_told_at_once(world, sign_in):
    client, at = sign_in(world.chai), page("rights", world, person=person(world))
    html = client.get(at).content.decode()
    assert "The law asks for it at the first opportunity" in html
    assert html.count("Not told yet") == 10
    assert 'value="compensation" checked' not in html  # what was told is ticked by whoever told it
    told = {"rights": ["compensation", "refuse"], "on": "24/11/2569", "body": "ngo", "language": "mya", "interpreter": "yes"}
    assert client.post(at, told | {"understood": "not_understood"}).status_code == 302
    html = client.get(at).content.decode()
    assert "so still open" in html
    assert "first opportunity" in html
    assert client.post(at, told | {"understood": "own_words", "handed_over": "on"}).status_code == 302
    html = client.get(at).content.decode()
    assert "first opportunity" not in html
    assert html.count("Not told yet") == 8
    assert "Burmese, with an interpreter" in html
    assert len(stored(RightsNotice)) == 4


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_notice_of_rights_is_a_pdf_with_a_code_or_blank(world, sign_in, language):
    client = sign_in(world.chai, language)
    for at in (page("rights-notice", world, person=person(world)), page("blank-notice")):
        answer = client.get(at)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert person(world) not in answer["Content-Disposition"]
    line = Line.objects.get(act="identification.print_paper")
    assert (line.target, line.case_id) == ("", None)
    mine = Line.objects.get(target=f"people.person:{world.survivor.person.pk}", body__contains='"why":"printed"')
    assert (mine.by, mine.case_id) == (str(world.chai.pk), world.case.pk)


def test_a_refusal_is_counted_without_a_name_and_the_card_follows(world, sign_in):
    client, at = sign_in(world.nok), page("count-refusal")
    fields = client.get(at).context["form"].fields.values()
    assert {type(field).__name__ for field in fields} == {"DayField", "RadioField", "SelectField", "YesNoField"}
    told = {"on": "24/11/2569", "adult": "no", "province": "TH-57", "place": "immigration", "sex": "male", "refused": "all",
            "card_given": "yes"}  # fmt: skip
    wrong = client.post(at, told)
    assert wrong.status_code == 422
    assert "cannot be counted away" in wrong.content.decode()
    done = client.post(at, told | {"adult": "yes"}, follow=True).content.decode()
    assert "Nothing that leads to the person was kept" in done
    assert "1300" in done
    assert Refusal.objects.count() == 1
    listed = client.get(page("refusals")).content.decode()
    assert "Chiang Rai" in listed
    assert "a part is smaller than 5" in listed


def test_the_screening_page_leads_whoever_may_count_a_refusal_to_it(world, sign_in):
    at = page("record-screening", world)
    assert page("count-refusal") in sign_in(world.mali).get(at, follow=True).content.decode()
    assert page("count-refusal") not in sign_in(world.noi).get(at, follow=True).content.decode()


def test_what_was_entered_in_error_can_be_said_where_it_stands(world, sign_in):
    row, guard = in_reflection(world), under_protection(world)
    newest, told = look(world, row), tell(world)[0]
    held = sign_in(world.mali).get(page("protection-of", world, person=person(world))).content.decode()
    for kind, one in (("reflection", row), ("protection", guard), ("welfare", newest)):
        assert f"/correct/{kind}/{one.pk}/" in held
    at = page("rights", world, person=person(world))
    assert f"/correct/right/{told.pk}/" in sign_in(world.mali).get(at).content.decode()
    assert "/correct/" not in sign_in(world.chai).get(at).content.decode()


def test_a_typed_refusal_is_not_kept_as_a_draft(world, sign_in):
    from prasan.access.models import Draft

    client, at = sign_in(world.nok), page("count-refusal")
    assert "data-draft-url" not in client.get(at).content.decode()
    client.post(at, {"adult": "no"})
    assert Draft.objects.count() == 0


def test_the_card_says_nothing_that_endangers_whoever_carries_it(world, sign_in):
    html = sign_in(world.nok).get(page("card")).content.decode()
    body = "".join(part.split("</section")[0] for part in html.split("<section")[1:]).casefold()
    assert "1300" in body
    for word in ("traffick", "victim", "ค้ามนุษย์", "ผู้เสียหาย", "refus", "msdhs", "พม."):
        assert word not in body
    assert "Useful numbers" in html
    answer = sign_in(world.nok).get(reverse("identification:safe-card"))
    assert answer.content.startswith(b"%PDF")
    assert Line.objects.filter(act="identification.print_paper", target="").count() == 1


def test_the_list_of_refusals_has_a_word_when_it_is_empty(world, sign_in):
    assert "Nobody said no yet" in sign_in(world.nok).get(page("refusals")).content.decode()
    refuse(world)
    assert "November 2026" in sign_in(world.nok).get(page("refusals")).content.decode()
    assert "พฤศจิกายน 2569" in sign_in(world.nok, "th").get(page("refusals")).content.decode()


def test_no_page_asks_more_often_because_there_are_more_people(world, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from prasan.identification import due_of_protection

    def more(n):
        for i in range(n):
            part = make_person(world, world.case, name=f"คน {i}")
            screen(world, participation=part)
            under_protection(world, participation=part)
            look(world, the_one(Reflection, person=part.person))

    def asked():
        client = sign_in(world.mali)
        for at in (page("welfare-round", world), page("protection-of", world, person=person(world))):
            client.get(at)
            with CaptureQueriesContext(connection, ) as held:
                client.get(at)
            yield len(held)
        for do in (lambda: drawn(world), lambda: due_of_protection.due(world.mali, TODAY)):
            with world.acting("mali"), CaptureQueriesContext(connection) as held:
                do()
            yield len(held)

    in_reflection(world)
    more(2)
    few = list(asked())
    more(6)
    assert list(asked()) == few


ROWS = {"record-stay": "protection", "record-court-order": "protection", "end-protection": "protection",
        "end-reflection": "reflection", "answer-end": "reflection", "record-check": "reflection", "protection-of": "person", "rights": "person",
        "rights-notice": "person"}  # fmt: skip
PAGES = ("take-under-protection", "begin-reflection", "welfare-round", *ROWS)


def addresses(world):
    row = in_reflection(world)
    propose_end(world, row, "noi", witness=world.mali)
    rows = {"protection": under_protection(world).pk, "reflection": row.pk, "person": person(world)}
    return {name: page(name, world, **({ROWS[name]: rows[ROWS[name]]} if name in ROWS else {})) for name in PAGES}


def test_an_outsider_finds_nothing_and_another_discipline_is_told_why(world, sign_in):
    found = addresses(world)
    outsider, trainer = sign_in(world.somchai), sign_in(world.chai)
    for name, at in found.items():
        assert outsider.get(at).status_code == 404, name
        assert trainer.get(at).status_code == (200 if name in {"rights", "rights-notice"} else 403), name
    reader = sign_in(world.fah)
    for name in ("refusals", "count-refusal", "card"):
        assert reader.get(page(name)).status_code == 403
    shelter = sign_in(world.noi)
    assert shelter.get(found["record-stay"]).status_code == 403
    assert shelter.get(found["end-reflection"]).status_code == 200


def test_every_page_speaks_thai(world, sign_in):
    client = sign_in(world.mali, "th")
    for name, at in addresses(world).items():
        if name != "rights-notice":
            html = client.get(at).content.decode()
            assert '<html lang="th"' in html, name
            assert "ชื่อลับ" not in html
    html = client.get(page("rights", world, person=person(world))).content.decode()
    assert "คุณขอเงินชดเชย" in html
    assert "ค่าสินไหมทดแทน" in html
    for name in ("refusals", "count-refusal", "card"):
        assert client.get(page(name)).status_code == 200


def test_no_page_of_protection_has_a_name_in_its_title(world, sign_in):
    for name, at in addresses(world).items():
        answer = sign_in(world.mali).get(at)
        if name != "rights-notice":
            assert "ใจดี" not in answer.content.decode().split("</title>")[0]


def test_a_period_of_yesterday_is_over_when_its_time_is(world, sign_in):
    in_reflection(world, on=TODAY - 30 * DAY)
    html = sign_in(world.noi).get(page("welfare-round", world)).content.decode()
    assert "Nobody in this case is in a reflection period" in html
