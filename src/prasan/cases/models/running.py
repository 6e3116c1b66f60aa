"""The time that runs in a case: clocks of the law, days off, interviews that must not be repeated, and feeds."""

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, Record, scoped
from prasan.people.models import Person
from prasan.vault.models import SealedField

from ..rules import PARTITIONS
from ..rules.time import CLOCK_STATES, INTERVIEW_PLACES, PURPOSES, RECORDINGS


class RunningClock(CaseRecord):
    """One period of law that runs: started, extended, satisfied or stopped by acts; missed by time alone.

    `ends_at` is the first instant after the period (UTC), so that one index tells what is due of days and of
    hours alike; `late_at` the one from which it is missed, later only for what opens an act. `end_on` or `end_at`
    is the end as the law says it; `unmoved_on` the day before a holiday moved it, `moved_from_on` the end before
    the days off were corrected. `target` is the record that started the clock,
    `ended_by` the one that ended it: when either was entered in error, the clock follows.
    """

    clock = models.CharField(max_length=30)
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    target = models.CharField(max_length=90, blank=True)
    partition = models.CharField(max_length=14, choices=PARTITIONS, default="shared")
    start_event = models.CharField(max_length=40)
    start_on = models.DateField()
    start_at = models.DateTimeField(null=True)
    circumstances = models.JSONField(default=dict)
    extensions = models.JSONField(default=list)
    end_on = models.DateField(null=True)
    end_at = models.DateTimeField(null=True)
    unmoved_on = models.DateField(null=True)
    moved_from_on = models.DateField(null=True)
    act_by_on = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(default=False)
    blocks = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=CLOCK_STATES, default="running")
    ended_at = models.DateTimeField(null=True)
    ended_by_event = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=90, blank=True)
    override_reason = models.CharField(max_length=300, blank=True)
    missed_at = models.DateTimeField(null=True)
    pack_version = models.CharField(max_length=16)

    objects = scoped("in_case")

    class Meta:
        indexes = (
            models.Index(fields=["case", "state", "ends_at"], name="clocks_of_case"),
            models.Index(fields=["state", "ends_at"], name="clocks_due"),
            models.Index(fields=["state", "missed_at", "late_at"], name="clocks_to_mark"),
            models.Index(fields=["target", "clock"], name="clocks_of_row"),
            models.Index(fields=["ended_by"], name="clocks_ended_by_row"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        clock = about = target = partition = start_event = start_on = start_at = circumstances = "case"
        extensions = end_on = end_at = unmoved_on = act_by_on = ends_at = late_at = confirmed = blocks = "case"
        moved_from_on = state = ended_at = ended_by_event = ended_by = "case"
        override_reason = missed_at = pack_version = "case"


class Interview(CaseRecord):
    """The ledger of interviews over all agencies: who asked whom about what, who was present, told once.

    What was said is kept once, sealed, in its partition; `answers` are the questions of screening that it answered.
    `reported`: another body held it, without a member of the team; `missing` are the safeguards that it lacked.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    partition = models.CharField(max_length=14, choices=PARTITIONS)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    body = models.CharField(max_length=40)
    agency = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=16, choices=PURPOSES)
    topics = models.JSONField(default=list)
    place = models.CharField(max_length=16, choices=INTERVIEW_PLACES)
    present = models.JSONField(default=list)
    guardian = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    interpreter_free_of_conflict = models.BooleanField(null=True)
    officer_agreed = models.BooleanField(null=True)
    recording = models.CharField(max_length=12, choices=RECORDINGS)
    of_a_child = models.BooleanField(default=False)
    exception = SealedField()
    has_exception = models.BooleanField(default=False)
    reported = models.BooleanField(default=False)
    missing = models.JSONField(default=list)
    again_because = SealedField()
    repeats = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    told = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-at"], name="interviews_of_person"),)

    class Sensitivity(CaseRecord.Sensitivity):
        person = partition = at = until = body = purpose = topics = place = present = language = "case"
        agency = guardian = officer_agreed = reported = missing = "case"
        interpreter_free_of_conflict = recording = of_a_child = has_exception = repeats = answers = "case"
        exception = again_because = told = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class Holiday(Record):
    """A correction of the pack's days off: a day declared at short notice, or one that is worked after all."""

    on = models.DateField()
    is_off = models.BooleanField(default=True)
    calendars = models.JSONField(default=list)
    name_en = models.CharField(max_length=120)
    name_th = models.CharField(max_length=120)
    source = models.CharField(max_length=200)

    objects = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["on"], condition=models.Q(closed_as=""), name="one_word_a_day"),
        )

    class Sensitivity(Record.Sensitivity):
        on = is_off = calendars = name_en = name_th = source = "open"
        made_by = "staff"


class OwnRows(models.Model):
    """The agency's own rows of the packs by their digest: proposed by one, in use once a second person confirmed."""

    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    activated_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Sensitivity:
        id = digest = "open"
        proposed_by = proposed_at = activated_by = activated_at = "staff"

    def __str__(self) -> str:
        return f"own rows {self.digest[:12]}"


class CalendarFeed(models.Model):
    """A secret address at which a member's own calendar program reads dates and clocks: codes only, revocable."""

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, default="en")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Sensitivity:
        id = staff = language = made_at = read_at = revoked_at = "staff"
        digest = "secret"

    def __str__(self) -> str:
        return f"feed {self.pk}"
