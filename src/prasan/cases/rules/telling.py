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
# CPC 133 bis applies to every child of a trafficking case without waiting to be asked [our choice].
SAFEGUARDED = frozenset({"identification", "inquiry", "prosecution"})
CARER = frozenset({"psychologist", "social_worker"})
# What a running clock may block, and whom: care goes on throughout, it asks for needs and wishes.
BLOCKS = ("identification_interview", "interview_invitation", "justice_interview")
BLOCKED_BY = {
    "identification": BLOCKS[:2],
    "care": (),
} | dict.fromkeys(("inquiry", "prosecution", "compensation", "other"), BLOCKS)

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
NOT_YOUR_WORDS = _("What was said then is kept in the part “%(partition)s”, which your discipline does not read: "
                   "leave it to a member who does.")  # fmt: skip

INTERPRETER_CONFLICT = _("The interpreter was not free of conflict: let another interpreter go through what matters.")
OFFICER_NOT_AGREED = _("The person did not agree to the officer. A woman officer, or consent, is needed in sexual "
                       "offences (Criminal Procedure Code s.133); ask every person, of any gender.")  # fmt: skip
WITHOUT = _("Held as an urgent exception, without all that a child's interview needs.")


def child_problems(*, present: Iterable[str], place: str, recording: str) -> Iterator[Problem]:
    """What a child's interview lacks, a sentence for each: three people, the place, the recording."""
    there = set(present)
    if not there & CARER:
        yield Problem(NO_CARER, field="present")
    if "asked_for" not in there:
        yield Problem(NO_ASKED_FOR, field="present")
    if "prosecutor" not in there:
        yield Problem(NO_PROSECUTOR, field="present")
    if place != "child_suitable":
        yield Problem(NO_CHILD_PLACE, field="place")
    if recording != "audio_video":
        yield Problem(NO_CHILD_RECORDING, field="recording")


def safeguard_problems(
    *, child: bool | None, purpose: str, present: Iterable[str], place: str, recording: str, exception: str
) -> Iterator[Problem]:
    """CPC 133 bis: nobody interviews a child without them; the urgent exception is reasoned and never alone.

    `child` None (not known, or in dispute) is a child until it is decided.
    """
    if child is False or purpose not in SAFEGUARDED:
        return
    there = list(present)
    lacking = list(child_problems(present=there, place=place, recording=recording))
    if not lacking:
        return
    if not exception.strip():
        yield from lacking
    elif not set(there) & (CARER | {"asked_for", "prosecutor"}):
        yield Problem(NOBODY_PRESENT, field="present")


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


def lacking(*, present: Iterable[str], place: str, recording: str) -> list[str]:
    """What a child's interview that was held lacked, as sentences."""
    return [problem.message for problem in child_problems(present=present, place=place, recording=recording)]


def warnings(*, free_of_conflict: bool | None, officer_agreed: bool | None, has_exception: bool) -> list[str]:
    """What an interview that was recorded leaves to be put right. It stays recorded all the same."""
    said = ((free_of_conflict is False, INTERPRETER_CONFLICT), (officer_agreed is False, OFFICER_NOT_AGREED),
            (has_exception, WITHOUT))  # fmt: skip
    return [sentence for holds, sentence in said if holds]
