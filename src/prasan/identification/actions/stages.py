"""The acts of identification: screen, propose a decision, concur, return. No tool decides, and nobody alone."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, packs, vault
from prasan.access.check import case_access, check
from prasan.access.held import held
from prasan.access.table import ACTS
from prasan.cases import queries_of_telling
from prasan.cases.actions import correct, interviews, persons, reckoning, timeline, work
from prasan.cases.actions.custody import NON_PUNISHMENT
from prasan.cases.models import Participation, TeamMember
from prasan.cases.rules import SURVIVOR_PARTS, telling
from prasan.packs.forms import from_content
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.text import normalise_lines
from prasan.web import values

from .. import facts_of, rules
from ..models import AgeAssessment, Concurrence, Decision, FormVersion, Screening
from ..queries_of_telling import told_before
from ..rules import forms as asking
from . import ages, reflection
from .correcting import corrects


def disciplines(by: Any, case: Any, act: str) -> list[str]:
    """The disciplines in which a member of this team may do an act of identification."""
    return sorted(case_access(by, case.pk) & ACTS[act].disciplines)


def _survivor_parts(case: Any, person: Any) -> set[str]:
    rows = Participation.objects.filter(case=case, person=person, until_on=None, closed_as="")
    return set(rows.values_list("part", flat=True)) & SURVIVOR_PARTS


def kept_form(form: packs.Form | FormVersion | str | None, at: datetime) -> FormVersion:
    """The version of a form as it is asked, kept for ever at its first use; named by its code, the pack's newest."""
    if isinstance(form, FormVersion):
        return form
    asked = packs.forms(local_day(at)).get(form or rules.COMPLETE) if form is None or isinstance(form, str) else form
    if asked is None:
        raise Refused([Problem(asking.OUR_FORM)])
    told = {"code": asked.code, "pack_version": packs.version(), "content": asked.content(), "first_used_at": at}
    return FormVersion.objects.get_or_create(digest=asked.digest(), defaults=told)[0]


@transaction.atomic
def record_screening(
    *, by: Any, participation: Participation, answers: dict[str, Any], on: date, discipline: str, body: str,
    situation: str, place: str, enters_nrm: bool, at: datetime, today: date, child_at_time: bool | None = None,
    language: str = "", interpreter: bool = False, needs: list[str] | None = None, id: Any = None,
    replaces: Screening | None = None, form: packs.Form | FormVersion | str | None = None,
    words: dict[str, str] | None = None, asked_again: dict[str, str] | None = None, by_phone: bool = False,
) -> Screening:  # fmt: skip
    """Stage 1: what was asked and answered by which form, which indicators that raises, what is needed at once.

    A kept version was asked already, on a phone or before a correction: its age is not judged again.
    What was told before is asked again only for a reason: `asked_again` by question; None where whoever asked
    could not see it (a phone without a network), which is then the reason that is kept. What a phone asked
    (`by_phone`) during reflection is kept too: the phone could not know, so the lead is told and nothing is lost.
    Whoever enters the referral mechanism is a potential victim from that day, also when already accused of
    something: then the lawyer's non-punishment task (Anti-Trafficking Act s.41) opens in the same act.
    """
    case, person, act = participation.case, participation.person, "identification.record_screening"
    check(by, act, case)
    corrects(by, replaces, person)
    kept = kept_form(form, at)
    asked = from_content(kept.content)
    told = told_before(by, person, but=replaces)
    again = asking.unseen(asked, answers, told) if asked_again is None else asked_again
    before = replaces.answers if replaces is not None else {}
    rest = _rest_problems(case, person, on, at, asking.asked_in_reflection(asked, answers, before))
    refuse_if([
        *rules.screening_problems(
            answers=answers, on=on, situation=situation, place=place, body=body, needs=needs or [],
            enters_nrm=enters_nrm, discipline=discipline, held=disciplines(by, case, act), today=today, form=asked),
        *([] if isinstance(form, FormVersion) else asking.form_problems(asked, person.age_group(on), child_at_time)),
        *asking.answer_problems(asked, answers, words or {}, told=told, asked_again=again),
        *([] if by_phone else rest),
        *(reflection.unmaking(replaces, by=by, at=at)
          if replaces is not None and not (enters_nrm and replaces.on == on) else []),
    ])  # fmt: skip
    row = Screening(
        id=id or uuid4(), case=case, person=person, participation=participation, on=on, discipline=discipline,
        body=body, situation=situation, place=place, answers=answers, form=kept, asked_again=again,
        indicators=[met.code for met in rules.indicators_met(answers, asked)], child_at_time=child_at_time,
        language=language, interpreter=interpreter, needs=needs or [], enters_nrm=enters_nrm,
        pack_version=kept.pack_version, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    if words:
        vault.seal(row, words={code: normalise_lines(text) for code, text in words.items()})
    row.save(force_insert=True)
    journal.enter(by=by, act=act, target=row, case=case)
    timeline.record(case, "screened", on=on, made_at=at, by=by, about=person, target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    facts.add(**facts_of.screened(row))
    if enters_nrm and not _survivor_parts(case, person):
        persons.become(case, person, "potential_victim", by=by, on=on, at=at)
    reflection.follow_screening(row, by=by, at=at)
    if rest:
        _tell_lead(row, by=by, at=at, today=today)
    if answers.get("accused") == "yes" and replaces is None:
        work.open_task(case, NON_PUNISHMENT, by=by, at=at, due_on=today, partition="legal", about=person)
    return row


def _standing(case: Any, person: Any, on: date, at: datetime) -> list[Problem]:
    """The clocks that stood against an identification interview on that day: now if it is today, else at its end."""
    moment = min(at, reckoning.midnight_after(on) - timedelta(microseconds=1))
    stand = queries_of_telling.standing_in_the_way(case, person, moment, telling.BLOCKS[:1])
    return [interviews.clock_problem(row) for row in stand]


def _rest_problems(case: Any, person: Any, on: date, at: datetime, asked: list[str]) -> list[Problem]:
    """While reflection runs nobody is asked what happened: the clock that stands against it, and what must wait."""
    found = _standing(case, person, on, at) if asked else []
    labels = [packs.label("screening_question", code, values.language()) for code in asked]
    return [*found, Problem(asking.REST_FIRST, params={"asked": "; ".join(labels)})] if found else []


def _tell_lead(row: Screening, *, by: Any, at: datetime, today: date) -> None:
    """A task for whoever leads the case: this screening was asked while the person was to be left in peace."""
    lead = TeamMember.objects.filter(case=row.case, is_lead=True, until_on=None, closed_as="").first()
    work.open_task(row.case, asking.ASKED_IN_REFLECTION, by=by, at=at, due_on=today, about=row.person,
                   owner=lead.staff if lead else None)  # fmt: skip


@transaction.atomic
def propose_decision(
    *, by: Any, participation: Participation, outcome: str, reasons: str, on: date, discipline: str, body: str,
    at: datetime, today: date, law_basis: str = "", forms: list[str] | None = None, id: Any = None,
    replaces: Decision | None = None,
) -> Decision:  # fmt: skip
    """Stage 2 begins: one member proposes with reasons, and is the first to concur. Nothing counts yet.

    A further decision may follow on new facts; with `replaces` it corrects an earlier one, which stands until
    the new one counts. The formal decision comes after reflection, unless the person asked to end that earlier
    (NRM); that somebody is presumed a victim may be said at any time.
    """
    case, person, act = participation.case, participation.person, "identification.propose_decision"
    check(by, act, case)
    corrects(by, replaces, person)
    waiting = Decision.objects.filter(case=case, person=person, status="proposed", closed_as="")
    refuse_if(rules.decision_problems(
        outcome=outcome, law_basis=law_basis, forms=forms or [], reasons=reasons, body=body, on=on,
        discipline=discipline, held=disciplines(by, case, act), today=today,
        awaiting=waiting.exclude(pk=replaces.pk if replaces else None).exists()))  # fmt: skip
    refuse_if(_standing(case, person, on, at) if outcome != "presumed" else [])
    row = Decision(
        id=id or uuid4(), case=case, person=person, outcome=outcome, law_basis=law_basis, forms=forms or [],
        on=on, proposed_by=by, discipline=discipline, body=body, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, reasons=normalise_lines(reasons))
    if replaces is not None and replaces.status != "decided":
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    row.save(force_insert=True)
    _join(row, by, discipline, on=on, at=at)
    journal.enter(by=by, act=act, target=row, case=case)
    timeline.record(case, "identification_proposed", on=on, made_at=at, by=by, about=person, target=row)
    return row


def _join(decision: Decision, by: Any, discipline: str, *, on: date, at: datetime) -> None:
    Concurrence.objects.create(
        id=uuid4(), case=decision.case, decision=decision, staff=by, discipline=discipline, on=on, made_at=at,
        made_by=by,
    )  # fmt: skip


def joined(decision: Decision) -> list[tuple[int, str]]:
    """Who concurs already, in which discipline."""
    rows = Concurrence.objects.filter(decision=decision, closed_as="")
    return list(rows.values_list("staff_id", "discipline"))


@transaction.atomic
def concur(
    *, by: Any, decision: Decision, discipline: str, on: date, version: int, at: datetime, today: date
) -> Decision:
    """A second person of a second discipline concurs: from now on the decision counts."""
    case, act = decision.case, "identification.concur"
    check(by, act, decision)
    held(decision, version)
    refuse_if(rules.concurrence_problems(
        status=decision.status, proposed_on=decision.on, on=on, by=by.pk, discipline=discipline,
        held=disciplines(by, case, act), joined=joined(decision), today=today))  # fmt: skip
    _join(decision, by, discipline, on=on, at=at)
    journal.enter(by=by, act=act, target=decision, case=case)
    if rules.counts(joined(decision)):
        _take_effect(decision, by=by, on=on, at=at, today=today)
    return decision


def _take_effect(decision: Decision, *, by: Any, on: date, at: datetime, today: date) -> None:
    case, person = decision.case, decision.person
    decision.status, decision.decided_on, decision.version = "decided", on, decision.version + 1
    decision.save(update_fields=["status", "decided_on", "version"])
    old = decision.replaces
    if old is not None and old.in_force:
        correct.supersede(by=by, old=old, new=decision, at=at, today=today)
    if decision.outcome == "identified":
        persons.become(case, person, "victim", by=by, on=on, at=at, ends="potential_victim")
    elif "victim" in _survivor_parts(case, person):
        # Whatever a later decision says, the person keeps a part in the case and with it the way to help.
        persons.become(case, person, "potential_victim", by=by, on=on, at=at, ends="victim")
    reflection.follow_decision(decision, by=by, on=on, at=at)
    told = facts_of.decided(decision)
    if told:
        facts.add(**told)
    timeline.record(case, "identified", on=on, made_at=at, by=by, about=person, decision=decision.outcome,
                    target=decision)  # fmt: skip


@transaction.atomic
def return_decision(*, by: Any, decision: Decision, words: str, version: int, at: datetime) -> Decision:
    """A proposal goes back with what is missing; a new one may follow at once."""
    check(by, "identification.concur", decision)
    held(decision, version)
    refuse_if(rules.return_problems(status=decision.status, words=words))
    decision.status, decision.version = "returned", decision.version + 1
    vault.seal(decision, returned_because=normalise_lines(words))
    decision.save(update_fields=["status", "returned_because", "version"])
    journal.enter(by=by, act="identification.return_decision", target=decision, case=decision.case_id)
    return decision


@transaction.atomic
def enter_in_error(*, by: Any, row: Any, reason: str, version: int, at: datetime, today: date, words: str = "",
                   act: str = "identification.correct") -> Any:  # fmt: skip
    """A screening or decision that was entered in error. What a decision did to the person's part is taken
    back; the person stays in the case as a potential victim, and help goes on."""
    check(by, act, row)
    refuse_if(reflection.unmaking(row, by=by, at=at))
    correct.enter_in_error(by=by, row=row, act=act, reason=reason, version=version, at=at, today=today, words=words)
    if isinstance(row, Screening):
        reflection.follow_error(row, by=by, at=at)
    if isinstance(row, AgeAssessment):
        ages.follow_latest(row.person)
    if isinstance(row, Decision) and row.status == "decided" and row.outcome == "identified":
        other = Decision.objects.filter(case=row.case, person=row.person, status="decided", outcome="identified",
                                        closed_as="")  # fmt: skip
        if not other.exists():
            persons.become(row.case, row.person, "potential_victim", by=by, on=today, at=at, ends="victim")
    return row
