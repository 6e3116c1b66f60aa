"""The pages of the two stages, as each member of the team meets them."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from prasan.identification import panel
from prasan.identification.models import Decision, Screening
from prasan.journal.models import Line
from prasan.vault import sealing
from tests.cast import TODAY

from .test_actions import concur, propose, screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def page(name, world, **row):
    return reverse(f"identification:{name}", kwargs={"case": world.case.code, **row})


def asking(world, form="complete", asked="", **more):
    """The page with the questions of one form for the survivor."""
    query = {"person": world.survivor.person.code, "with": form, "asked": asked} | more
    return page("record-screening", world) + "?" + urlencode(query)


def screening_form(world, **changed):
    return {
        "discipline": "social_worker", "on": "24/11/2569", "body": "ngo",
        "place": "shelter", "situation": "factory", "child_at_time": "yes", "language": "mya", "interpreter": "yes",
        "needs": ["food"], "enters_nrm": "yes", "q_recruited": "yes", "q_for_forced_labour": "yes",
    } | changed  # fmt: skip


def decision_form(world, **changed):
    return {
        "participation": str(world.survivor.pk), "discipline": "social_worker", "outcome": "identified",
        "law_basis": "s6", "forms": ["forced_labour"], "reasons": "มีเหตุอันควรเชื่อ", "body": "mdt",
        "on": "24 พ.ย. 2569",
    } | changed  # fmt: skip


def test_the_screening_form_has_a_fieldset_a_group_and_names_nobody(world, sign_in):
    html = sign_in(world.mali).get(asking(world)).content.decode()
    for text in ("Safety first", "What it was for", "Signs of forced labour", "for adults only"):
        assert text.casefold() in html.casefold()
    assert world.survivor.person.code in html
    assert "ชื่อลับ" not in html
    assert html.count('value="not_asked" checked') == 67


def test_the_screening_form_speaks_thai(world, sign_in):
    html = sign_in(world.mali, "th").get(asking(world), headers={"accept-language": "th"})
    text = html.content.decode()
    assert "มีใครชักชวน จัดหา หรือเป็นธุระพามาทำงานหรือมาที่นี่หรือไม่" in text
    assert "ไม่ได้ถาม" in text


def test_a_child_needs_no_means_and_the_page_explains_the_conclusion(world, sign_in):
    client = sign_in(world.mali)
    answer = client.post(asking(world), screening_form(world))
    assert answer.status_code == 302, answer.context["form"].errors
    html = client.get(answer.url).content.decode()
    assert "Supported" in html
    assert "no means is needed" in html
    assert "Recruited or procured" in html
    assert "is not kept" in html
    assert "not yet confirmed by a lawyer" in html
    assert "never for a court paper" in html
    with world.acting("mali"):
        row = Screening.objects.get()
    assert (row.on, row.child_at_time, row.answers["lied_to"]) == (TODAY, True, "not_asked")


def test_a_screening_with_nothing_asked_says_so(world, sign_in):
    told = screening_form(world, q_recruited="not_asked", q_for_forced_labour="not_asked")
    answer = sign_in(world.mali).post(asking(world), told)
    assert answer.status_code == 422
    assert "Nothing was asked yet" in answer.content.decode()


def test_a_person_of_another_case_cannot_be_chosen(world, sign_in):
    client = sign_in(world.mali)
    assert client.post(asking(world, person="P-000000"), screening_form(world)).status_code == 404
    assert client.get(page("record-screening", world) + "?person=P-000000&form=").status_code == 422


def test_a_correction_starts_with_what_was_told_and_replaces_it(world, sign_in):
    first = screen(world)
    client = sign_in(world.mali)
    at = page("record-screening", world) + f"?replaces={first.pk}"
    form = client.get(at).context["form"]
    assert form["q_violence"].value() == "refused"
    assert form["situation"].value() == "sexual_offline"
    refused = client.post(at, screening_form(world))  # reflection runs: what was not asked then is not asked now
    assert refused.status_code == 422
    assert "The rest waits: " in refused.content.decode()
    assert client.post(at, screening_form(world, q_for_forced_labour="not_asked")).status_code == 302
    with world.acting("mali"):
        assert Screening.objects.get(pk=first.pk).closed_as == "superseded"
    for wrong in ("x", "00000000-0000-4000-8000-000000000000", str(first.pk)):
        assert client.get(page("record-screening", world) + f"?replaces={wrong}").status_code == 404


def test_two_disciplines_identify_through_the_pages(world, sign_in):
    mali, preecha = sign_in(world.mali), sign_in(world.preecha)
    form = mali.get(page("propose-decision", world) + f"?person={world.survivor.person.code}")
    assert "Reasonable grounds to believe" in form.content.decode()
    assert form.context["form"]["participation"].value() == str(world.survivor.pk)
    at = mali.post(page("propose-decision", world), decision_form(world)).url
    seen = preecha.get(at).content.decode()
    assert "มีเหตุอันควรเชื่อ" in seen
    assert "Reasonable grounds to believe" in seen
    with world.acting("preecha"):
        row = Decision.objects.get()
    concurring = page("concur", world, decision=row.pk)
    assert "Reasonable grounds to believe" in preecha.get(concurring).content.decode()
    own = mali.post(concurring, {"discipline": "social_worker", "on": "24/11/2026", "version": row.version})
    assert own.status_code == 422
    assert "a second person must concur" in own.content.decode()
    told = {"discipline": "lawyer", "on": "24/11/2026", "version": row.version}
    assert preecha.post(concurring, told | {"version": 9}).status_code == 409
    assert preecha.post(concurring, told).status_code == 302
    assert "Decided" in preecha.get(at).content.decode()


def test_a_page_of_not_identified_keeps_the_route_to_help(world, sign_in):
    row = concur(world, propose(world, outcome="not_identified", law_basis="", forms=[]))
    html = sign_in(world.mali).get(page("decision", world, decision=row.pk)).content.decode()
    assert "Help goes on" in html


def test_a_proposal_is_returned_with_words(world, sign_in):
    row = propose(world)
    client = sign_in(world.preecha)
    at = page("return-decision", world, decision=row.pk)
    assert client.get(at).status_code == 200
    assert client.post(at, {"words": "ขาดข้อมูล", "version": 1}).status_code == 302
    assert "ขาดข้อมูล" in client.get(page("decision", world, decision=row.pk)).content.decode()


def test_opening_the_reasons_leaves_a_line(world, sign_in):
    row = propose(world)
    before = Line.objects.filter(act="vault.open").count()
    sign_in(world.preecha).get(page("decision", world, decision=row.pk))
    assert Line.objects.filter(act="vault.open").count() == before + 1
    assert sealing.owner_of(row).id == str(world.survivor.person_id)


def test_a_correction_of_a_decision_brings_its_reasons_along(world, sign_in):
    row = concur(world, propose(world))
    at = page("propose-decision", world) + f"?replaces={row.pk}"
    form = sign_in(world.mali).get(at).context["form"]
    assert form["reasons"].value() == "ครบองค์ประกอบ"


@pytest.mark.parametrize(
    ("name", "method", "status"),
    [
        ("record-screening", "somchai", 404), ("record-screening", "chai", 403), ("screening", "somchai", 404),
        ("screening", "chai", 403), ("propose-decision", "noi", 403), ("propose-decision", "somchai", 404),
        ("decision", "somchai", 404), ("decision", "chai", 403), ("concur", "noi", 403), ("concur", "somchai", 404),
        ("return-decision", "noi", 403), ("return-decision", "somchai", 404),
    ],
)  # fmt: skip
def test_an_outsider_finds_nothing_and_another_discipline_is_told_why(world, sign_in, name, method, status):
    rows = {"screening": screen(world, enters_nrm=False), "decision": propose(world)}
    needs = {"screening": "screening", "decision": "decision", "concur": "decision", "return-decision": "decision"}
    ids = {needs[name]: rows[needs[name]].pk} if name in needs else {}
    answer = sign_in(world.staff[method]).get(page(name, world, **ids))
    assert answer.status_code == status


def test_the_panel_lists_both_stages_in_codes_and_says_why_an_act_is_closed(world):
    screen(world, enters_nrm=False)
    propose(world)
    with world.acting("mali"):
        shown = panel.panel(world.mali, world.case)
    assert [len(shown.context[k]) for k in ("screened", "decided")] == [1, 1]
    assert all(link.href for link in shown.links)
    with world.acting("noi"):
        links = panel.panel(world.noi, world.case).links
    assert [bool(link.href) for link in links] == [True, False]
    assert "disciplines" in links[1].refusal
    with world.acting("chai"):
        assert panel.panel(world.chai, world.case) is None


@pytest.mark.parametrize("full", [True, False])
def test_the_panel_can_be_drawn(world, full):
    from django.template.loader import render_to_string

    if full:
        screen(world, enters_nrm=False)
        propose(world)
    with world.acting("mali"):
        shown = panel.panel(world.mali, world.case)
        html = render_to_string(shown.template, shown.context)
    assert ("Screening: are there signs?" in html) is full
    assert ("Help does not wait for one." in html) is not full
