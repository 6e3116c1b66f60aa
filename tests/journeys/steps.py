"""Steps that several journeys take: a case with its team, a person in it, a question answered, a form begun."""

import re
from datetime import datetime
from typing import Any

from prasan.plain.dates import BANGKOK
from tests.journeys.conftest import NAMES, Visitor

CASE = re.compile(r"TH-\d{4}-\d{4}")
PERSON = re.compile(r"P-[0-9A-Z]{7}")


def just_now(v: Visitor, name: str) -> dict[str, str]:
    """The instant of this moment in the two fields of an instant."""
    return {f"{name}_day": v.day(), f"{name}_clock": datetime.now(BANGKOK).strftime("%H:%M")}


def discipline(v: Visitor, code: str) -> None:
    """Say in which discipline one acts, where the form asks."""
    if v.page.locator(f'input[type="radio"][name="discipline"][value="{code}"]').count():
        v.fill(discipline=code)


def case_from_a_lead(v: Visitor, *, title: str, form: str, province: str, **told: Any) -> str:
    """A colleague at the desk records what was reported; the coordinator opens a case of it."""
    v.be("nok")
    v.act("/leads/new/", received_on=v.day(1), province=province, forms=[form], **told)
    lead = v.page.url.removeprefix(v.site)
    v.be("dao")
    v.open(f"{lead}accept/")
    v.fill(into="new", title=title, forms=[form])
    discipline(v, "coordinator")
    v.send()
    return CASE.search(v.page.url + v.page.content())[0]


def team(v: Visitor, case: str, **members: str) -> None:
    """These join the team, each in a discipline."""
    for name, held in members.items():
        v.open(f"/cases/{case}/team/new/")
        v.fill(staff=v.option("staff", NAMES[name][v.language]), discipline=held, reason="MDT")
        v.send()


def person(v: Visitor, case: str, **told: Any) -> str:
    """Somebody new is entered into the case; the code that stands for the name from then on."""
    if not v.page.url.endswith(f"/cases/{case}/people/new/"):
        v.open(f"/cases/{case}/people/new/")
    v.fill(since_on=v.day(), **told)
    if v.press()[0] == 422 and v.page.locator('[name="same_as"]').count():
        v.fill(same_as="new")
        v.send()
    return PERSON.search(v.page.url)[0]


def answer(v: Visitor, **answers: Any) -> None:
    """Answer questions of the form that is open, by their codes, in the order given."""
    v.fill(**{f"q_{code}": told for code, told in answers.items()})


def ask(v: Visitor, case: str, who: str, situation: str, language: str) -> None:
    """Begin a screening: the form is the one that suits age and situation."""
    v.open(f"/cases/{case}/screenings/new/")
    v.fill(person=who, situation=situation, asked=language)
    with v.page.expect_navigation():
        v.page.locator('main form[method="get"] button[type="submit"]').click()
    v.look()


def decide(v: Visitor, case: str, who: str, by: str, **told: Any) -> str:
    """One discipline proposes; the address of what it proposed."""
    if "/decisions/new/" not in v.page.url:
        v.open(f"/cases/{case}/decisions/new/?person={who}")
    v.fill(body="mdt", on=v.day(), **told)
    discipline(v, by)
    v.send()
    return v.page.url.removeprefix(v.site)


def concur(v: Visitor, decision: str, by: str) -> None:
    """A second discipline concurs."""
    v.open(f"{decision}concur/")
    discipline(v, by)
    v.send()


def end_rest_by_wish(v: Visitor, case: str, who: str, *, words: str, language: str, witness: str, understood: str = "shared") -> None:
    """Mali tells the person's own wish to end reflection; the witness, signed in, confirms it; Mali comes back."""
    from prasan.identification.rules.early_ends import NO_WITNESS

    v.open(f"/cases/{case}/people/{who}/protection/")
    v.page.locator('main a[href*="/reflections/"][href$="/end/"]').click()
    v.look()
    v.fill(how="own_wish", words=words, language=language, understood=understood)
    assert v.said(NO_WITNESS) in v.refused()
    v.fill(witness=v.option("witness", NAMES[witness][v.language]))
    v.send()
    v.sees("Waits for the witness")
    v.be(witness)
    v.open(f"/cases/{case}/people/{who}/protection/")
    v.page.locator('main a[href*="/reflections/"][href$="/witness/"]').click()
    v.look()
    v.fill(answer="confirmed")
    v.send()
    v.sees("At the person's own recorded wish")
    v.be("mali")
