"""What tests of protection and reflection do again and again: act as a member, begin and end a period."""

from datetime import timedelta

from prasan.access.system import system_read
from prasan.cases.actions import interviews
from prasan.cases.models import RunningClock
from prasan.facts import ledger as ledger_of_facts
from prasan.facts.models import Fact
from prasan.identification import ledger
from prasan.identification import queries_of_protection as queries
from prasan.identification.actions import early_ends, protection, reflection, refusals, rights
from prasan.identification.models import Reflection
from tests.cast import AT, TODAY
from tests.kept import the_one

from .test_actions import screen

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = ("reflection_started", "reflection_ended")


def by(world, name, act, *, at=AT, today=TODAY, **told):
    with world.acting(name):
        return act(by=world.staff[name], at=at, today=today, **told)


def fresh(world, row):
    with world.acting("mali"):
        return type(row).objects.select_related("case", "person").get(pk=row.pk)


def under_protection(world, **changed):
    told = {"participation": world.survivor, "since": AT - HOUR, "place": "family_home", "body": "police"}
    return by(world, "mali", protection.take_under_protection, **told | changed)


def in_reflection(world, on=TODAY, **changed):
    screen(world, on=on, **changed)
    return the_one(Reflection, closed_as="", ended_on=None)


def propose_end(world, row, name="mali", how="own_wish", on=TODAY, **changed):
    """One member tells an early end; the period runs on."""
    wish = {"words": "อยากคุยกับเจ้าหน้าที่แล้ว", "language": "mya", "understood": "interpreter"}
    row = fresh(world, row)
    told = (wish if how == "own_wish" else {}) | {"witness": world.ploy, "version": row.version} | changed
    return by(world, name, early_ends.propose_early_end, reflection=row, how=how, on=on, **told)


def answer_end(world, end, name="ploy", answer="confirmed", **changed):
    end = fresh(world, end)
    return by(world, name, early_ends.answer_early_end, end=end, answer=answer, **{"version": end.version} | changed)


def end(world, row, name="mali", how="own_wish", on=TODAY, **changed):
    """Told by one member and confirmed by the witness."""
    answer_end(world, propose_end(world, row, name, how, on, **changed))
    return fresh(world, row)


def record_interview(world, name, **changed):
    told = {"held_at": AT, "body": "police", "purpose": "inquiry", "topics": ["money"], "place": "separate",
            "present": ["psychologist", "asked_for", "prosecutor"], "recording": "audio_video", "told": ""}  # fmt: skip
    return by(world, name, interviews.record_interview, case=world.case, person=world.survivor.person, **told | changed)


def look(world, row, name="noi", wellbeing="well", **changed):
    told = {"on": TODAY, "needs": ["food"]} | changed
    return by(world, name, reflection.record_check, reflection=fresh(world, row), wellbeing=wellbeing, **told)


def tell(world, name="preecha", codes=("compensation", "assistance"), understood="own_words", **changed):
    told = {"on": TODAY, "body": "ngo", "language": "mya", "interpreter": True, "handed_over": True} | changed
    return by(world, name, rights.tell_rights, participation=world.survivor, rights=list(codes), understood=understood, **told)


def refuse(world, name="mali", today=TODAY, **changed):
    told = {"on": TODAY, "adult": "yes", "place": "immigration", "sex": "male", "refused": "all", "province": "TH-57",
            "language": "khm", "card_given": True}  # fmt: skip
    with world.acting(name):
        return refusals.count_refusal(by=world.staff[name], today=today, **told | changed)


def facts_now():
    return sorted(Fact.objects.filter(superseded_at=None, kind__in=KINDS).values_list("kind", flat=True))


def differences():
    with system_read("reconcile"):
        return [d for d in ledger_of_facts.compare(ledger.facts()) if any(kind in d for kind in KINDS)]


def clock(code, row):
    return the_one(RunningClock, clock=code, target=f"{row._meta.label_lower}:{row.pk}")


def standing(world, name="mali"):
    with world.acting(name):
        return next(one for one in queries.standings(world.staff[name], world.case) if one.person == world.survivor.person)


# Temporary protection
