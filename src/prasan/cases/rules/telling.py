"""What must hold when somebody is asked what happened: a child is safeguarded, nobody tells the same thing twice."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prasan.plain.dates import local_day
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from . import ENDS_FIRST, LONGEST, day_problems, text_problems
from .time import INTERVIEW_PLACES, PRESENT, PURPOSES, RECORDINGS

TOPICS = {
    "recruitment": _("How the person was recruited"),
    "journey": _("The journey"),
    "place_and_control": _("The place, and who controlled it"),
    "work_and_pay": _("Work and pay"),
    "violence": _("Violence and threats"),
    "online_contact": _("Contact online"),
    "money": _("Money and debts"),
    "family": _("Family"),
    "health": _("Health"),
    "wishes": _("What the person wishes"),
    "other": _("Something else"),
}
ANSWERS = {"yes": _("Yes"), "no": _("No")}
# Where what was said is kept: the discipline that asked reads it; identification is the whole team's.
PARTITION_OF = {
    "identification": "shared",
    "inquiry": "investigation",
    "prosecution": "investigation",
    "care": "care",
    "compensation": "legal",
    "other": "shared",
}
CARER = frozenset({"psychologist", "social_worker"})
# Care goes on throughout: it asks for needs and wishes, whoever holds it but police, prosecution and court. All else
# is an interview, whatever it is called: a child's is safeguarded (CPC 133 bis, which applies to every child of a
# trafficking case without waiting to be asked [our choice]), and a running clock may block it.
CARE_TOPICS = frozenset({"family", "health", "wishes", "other"})
JUSTICE = frozenset({"police", "court_or_prosecution"})
BLOCKS = ("identification_interview", "interview_invitation", "justice_interview")
# As which body a member of the police, of prosecution or of a court would have held it.
JUSTICE_OF = {
    "law_enforcement": "police",
    "immigration_service": "police",
    "prosecution_or_court": "court_or_prosecution",
}

UNKNOWN_CODE = _("This choice is not in the list.")
FUTURE = _("An interview is recorded after it was held.")
NO_TOPIC = _("Say what the interview was about: choose at least one topic.")
NOT_IN_CASE = _("This person takes no part in the case.")
NO_CARER = _("A child: a psychologist or a social worker must be present (Criminal Procedure Code s.133 bis).")
NO_ASKED_FOR = _("A child: a person whom the child asked for must be present (Criminal Procedure Code s.133 bis).")
NO_PROSECUTOR = _("A child: a public prosecutor must be present (Criminal Procedure Code s.133 bis).")
NO_CHILD_PLACE = _("A child: the interview needs a separate place suitable for children (Criminal Procedure Code "
                   "s.133 bis).")  # fmt: skip
NO_CHILD_RECORDING = _("A child: sound and picture must be recorded without a break (Criminal Procedure Code s.133 "
                       "bis).")  # fmt: skip
NOBODY_PRESENT = _("An urgent exception still needs at least one of them present: a psychologist or social worker, a "
                   "person the child asked for, or the prosecutor (Criminal Procedure Code s.133 bis).")  # fmt: skip
GUARDIAN_SUSPECTED = _("A parent or guardian under suspicion may not be present. Ask the court for a representative "
                       "for the case (Criminal Procedure Code s.6).")  # fmt: skip
SUSPICION_UNSAID = _("Say whether the parent or guardian who was present is under suspicion here.")
CONFLICT_UNSAID = _("Say whether the interpreter is free of conflict: not from the employer, not from a trafficker.")
TOLD_ALREADY = _("This was told before: %(topics)s. Read what was told, or write why it must be asked again.")
CLOCK_RUNS = _("“%(clock)s” runs until %(end)s for this person: until then no interview and no invitation to one. "
               "Only the person's own recorded wish ends it earlier.")  # fmt: skip
CLOCK_RUNS_ON = _("“%(clock)s” runs for this person, with no end set: no interview and no invitation to one. Only the "
                  "person's own recorded wish ends it earlier.")  # fmt: skip
NO_PERSON = _("An appointment for an interview names the person: somebody's time of reflection may be running.")
OWN_BODY = _("Your own body held this interview: record it as your own, with what the law asks for.")
NO_OFFICE = _("Write which office or organisation held the interview that was reported to you.")
NOT_YOUR_WORDS = _("What was said then is kept in the part “%(partition)s”, which your discipline does not read: "
                   "leave it to a member who does.")  # fmt: skip

INTERPRETER_CONFLICT = _("The interpreter was not free of conflict: let another interpreter go through what matters.")
OFFICER_NOT_AGREED = _("The person did not agree to the officer. A woman officer, or consent, is needed in sexual "
                       "offences (Criminal Procedure Code s.133); ask every person, of any gender.")  # fmt: skip
WITHOUT = _("Held as an urgent exception, without all that a child's interview needs.")
REPORTED_WITHOUT = _("Another body held this interview without all that the law asks for. It is kept so that nobody "
                     "asks the same again.")  # fmt: skip
GUARDIAN_WAS_SUSPECTED = _("A parent or guardian under suspicion was present (Criminal Procedure Code s.6).")
IN_A_PERIOD = _("It was held while a period ran in which nobody may interview this person.")
# What an interview that is on record lacked, by code: of a child's first.
MISSING = {
    "carer": NO_CARER,
    "asked_for": NO_ASKED_FOR,
    "prosecutor": NO_PROSECUTOR,
    "place": NO_CHILD_PLACE,
    "recording": NO_CHILD_RECORDING,
    "guardian": GUARDIAN_WAS_SUSPECTED,
    "period": IN_A_PERIOD,
}


def is_care(*, purpose: str, topics: Iterable[str], body: str, answers: Iterable[str]) -> bool:
    """A talk about needs and wishes alone; everything else is an interview, whatever its purpose is called."""
    return purpose == "care" and set(topics) <= CARE_TOPICS and body not in JUSTICE and not list(answers)


def blocks(*, care: bool, purpose: str, body: str) -> tuple[str, ...]:
    """What a running clock must forbid to stand against it: identification is not yet an interview for justice."""
    if care:
        return ()
    return BLOCKS[:2] if purpose == "identification" and body not in JUSTICE else BLOCKS


def child_lacks(*, present: Iterable[str], place: str, recording: str) -> list[str]:
    """What a child's interview lacks: three people, the place, the recording."""
    there = set(present)
    lacks = {"carer": not there & CARER, "asked_for": "asked_for" not in there, "prosecutor": "prosecutor" not in there,
             "place": place != "child_suitable", "recording": recording != "audio_video"}  # fmt: skip
    return [code for code, lacking in lacks.items() if lacking]


def safeguard_problems(*, lacks: Iterable[str], present: Iterable[str], exception: str) -> Iterator[Problem]:
    """CPC 133 bis: nobody interviews a child without them; the urgent exception is reasoned and never alone."""
    lacking = list(lacks)
    if lacking and not exception.strip():
        for code in lacking:
            yield Problem(MISSING[code], field=code if code in {"place", "recording"} else "present")
    elif lacking and not set(present) & (CARER | {"asked_for", "prosecutor"}):
        yield Problem(NOBODY_PRESENT, field="present")


def reported_problems(*, body: str, agency: str, own_kind: str, own_names: Iterable[str]) -> Iterator[Problem]:
    """Only what another body held is reported to us: nobody spares their own agency its safeguards."""
    own = {name.casefold() for name in own_names}
    if body == JUSTICE_OF.get(own_kind) or agency.casefold() in own:
        yield Problem(OWN_BODY, field="reported")
    if not agency:
        yield Problem(NO_OFFICE, field="agency")


def guardian_problems(*, present: Iterable[str], suspected: bool | None, defendant: bool) -> Iterator[Problem]:
    """CPC 6: whoever has a conflict of interest does not act for a minor, and does not sit beside them.

    `defendant` is the guardian's own part in the case, whatever was answered.
    """
    there = set(present)
    if defendant or (suspected and "guardian" in there):
        yield Problem(GUARDIAN_SUSPECTED, field="present")
    elif "guardian" in there and suspected is None:
        yield Problem(SUSPICION_UNSAID, field="guardian_suspected")


def interpreter_problems(*, present: Iterable[str], free_of_conflict: bool | None) -> Iterator[Problem]:
    if "interpreter" in set(present) and free_of_conflict is None:
        yield Problem(CONFLICT_UNSAID, field="interpreter_free_of_conflict")


def again_problems(*, repeated: Iterable[str], again_because: str) -> Iterator[Problem]:
    """CPC 133 bis ¶1, and for everybody: no repeated questioning without good reason."""
    topics = list(repeated)
    if topics and not again_because.strip():
        yield Problem(TOLD_ALREADY, field="again_because", params={"topics": ", ".join(topics)})


def code_problems(
    *, body: str, bodies: Iterable[str], purpose: str, topics: list[str], place: str, present: list[str],
    recording: str, answers: dict[str, str], questions: Iterable[str],
) -> Iterator[Problem]:  # fmt: skip
    """Every choice is one of its list; at least one topic is named."""
    for field, value, known in (("body", body, bodies), ("purpose", purpose, PURPOSES),
                                ("place", place, INTERVIEW_PLACES), ("recording", recording, RECORDINGS)):  # fmt: skip
        if value not in known:
            yield Problem(UNKNOWN_CODE, field=field)
    if not topics:
        yield Problem(NO_TOPIC, field="topics")
    if set(topics) - set(TOPICS):
        yield Problem(UNKNOWN_CODE, field="topics")
    if set(present) - set(PRESENT):
        yield Problem(UNKNOWN_CODE, field="present")
    if set(answers) - set(questions) or set(answers.values()) - set(ANSWERS):
        yield Problem(UNKNOWN_CODE, field="answered_yes")


def moment_problems(*, held_at: datetime, until: datetime | None, at: datetime) -> Iterator[Problem]:
    """It was held, in the past, and ended after it began."""
    if held_at > at:
        yield Problem(FUTURE, field="held_at")
    else:
        yield from day_problems(local_day(held_at), local_day(at), "held_at")
    if until is not None and until < held_at:
        yield Problem(ENDS_FIRST, field="until")


def words_problems(**texts: str) -> Iterator[Problem]:
    for field, text in texts.items():
        yield from text_problems(text, field, needed=False, limit=LONGEST * 5 if field == "told" else LONGEST)


def warnings(
    *, free_of_conflict: bool | None, officer_agreed: bool | None, has_exception: bool, reported: bool = False,
    missing: Iterable[str] = (),
) -> list[str]:  # fmt: skip
    """What an interview that was recorded leaves to be put right. It stays recorded all the same."""
    lacked = list(missing)
    said = ((free_of_conflict is False, INTERPRETER_CONFLICT), (officer_agreed is False, OFFICER_NOT_AGREED),
            (has_exception, WITHOUT), (reported and lacked, REPORTED_WITHOUT))  # fmt: skip
    return [*(sentence for holds, sentence in said if holds), *(MISSING[code] for code in lacked)]
