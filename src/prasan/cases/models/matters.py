"""A case is a team's work: the case, who takes part in it, its team, tasks, notes, dates and referrals."""


from datetime import date

from django.db import models
from django.urls import reverse

from prasan import vault
from prasan.access.scoping import CaseRecord, Record, scoped
from prasan.people.models import Person
from prasan.vault.models import SealedField

from ..rules import (
    APPOINTMENTS,
    CUSTODY,
    DEFENDANT_PARTS,
    MODES,
    PARTITIONS,
    PARTS,
    REFERRAL_REASONS,
    REFERRAL_STATUSES,
    STATUSES,
    SURVIVOR_PARTS,
)


class CaseNumber(models.Model):
    """The last running number of a year's cases."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Sensitivity:
        year = last = "open"

    def __str__(self) -> str:
        return str(self.year)


class Case(Record):
    """One matter, from the lead to the money. Its title names nobody."""

    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=16, choices=STATUSES, default="active")
    forms = models.JSONField(default=list)
    mode = models.CharField(max_length=10, choices=MODES, default="unknown")
    province = models.CharField(max_length=8, blank=True)
    lead_agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    opened_on = models.DateField(db_index=True)
    closed_on = models.DateField(null=True)
    summary = models.TextField(blank=True)

    objects = scoped("case")

    class Meta:
        indexes = (
            models.Index(fields=["status", "opened_on"], name="cases_by_status"),
            # Holds all that a list needs to find its page among the cases of a viewer, row by row of the access.
            models.Index(fields=["id", "closed_as", "opened_on", "code"], name="cases_in_order"),
        )

    class Sensitivity(Record.Sensitivity):
        code = title = status = forms = mode = province = lead_agency = "case"
        opened_on = closed_on = summary = "case"

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Where the case is read."""
        return reverse("desk:case", kwargs={"case": self.code})

    @property
    def form(self) -> str:
        """The main form of exploitation: the first that was chosen."""
        return str(self.forms[0]) if self.forms else "unknown"


class Participation(CaseRecord):
    """A person's part in a case over time; several at once are normal (a victim who is accused)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=18, choices=PARTS)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    is_official = models.BooleanField(default=False)

    objects = scoped("in_case")

    class Meta:
        indexes = (
            models.Index(fields=["case", "part"], name="parts_of_case"),
            models.Index(fields=["person", "case"], name="parts_of_person"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        person = part = since_on = until_on = is_official = "case"

    @property
    def is_survivor(self) -> bool:
        return self.part in SURVIVOR_PARTS

    @property
    def is_defendant(self) -> bool:
        return self.part in DEFENDANT_PARTS


class TeamMember(CaseRecord):
    """A colleague on the team, in one discipline, from a day until a day, with the reason."""

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=20)
    is_lead = models.BooleanField(default=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "staff", "discipline"],
                condition=models.Q(until_on__isnull=True),
                name="once_a_discipline_on_a_team",
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        staff = discipline = is_lead = since_on = until_on = reason = "case"


class Task(CaseRecord):
    """Something to do, whose, by when. Nothing about protection waits for it."""

    title = models.CharField(max_length=160)
    partition = models.CharField(max_length=14, choices=PARTITIONS, default="shared")
    owner = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = scoped("in_case")

    class Meta:
        indexes = (
            models.Index(fields=["owner", "done_at", "due_on"], name="tasks_of_owner"),
            models.Index(fields=["case", "done_at", "due_on"], name="tasks_of_case"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        title = partition = owner = due_on = done_at = done_by = escalated_at = about = "case"


class Note(CaseRecord):
    """A note in one partition. About one person: sealed under that person's key; else codes only."""

    partition = models.CharField(max_length=14, choices=PARTITIONS)
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    sealed_text = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "-made_at"], name="notes_of_case"),)

    class Sensitivity(CaseRecord.Sensitivity):
        partition = about = text = "case"
        sealed_text = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.about_id))


class Share(CaseRecord):
    """One item shown to another discipline of the team, with the purpose."""

    target = models.CharField(max_length=90)
    discipline = models.CharField(max_length=20)
    purpose = models.CharField(max_length=200)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "target"], name="shares_of_item"),)

    class Sensitivity(CaseRecord.Sensitivity):
        target = discipline = purpose = "case"


class Event(CaseRecord):
    """A line of the timeline: written by the act that made it, never inferred."""

    kind = models.CharField(max_length=30)
    on = models.DateField()
    at = models.DateTimeField(null=True)
    until_on = models.DateField(null=True)
    partition = models.CharField(max_length=14, choices=PARTITIONS, default="shared")
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    target = models.CharField(max_length=90, blank=True)
    params = models.JSONField(default=dict)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "-on", "-made_at"], name="timeline_of_case"),)

    class Sensitivity(CaseRecord.Sensitivity):
        kind = on = at = until_on = partition = about = target = params = "case"


class Appointment(CaseRecord):
    """A date to keep: hearing, meeting, interview, visit. Codes only; the place of a shelter never."""

    kind = models.CharField(max_length=12, choices=APPOINTMENTS)
    partition = models.CharField(max_length=14, choices=PARTITIONS, default="shared")
    at = models.DateTimeField(db_index=True)
    until = models.DateTimeField(null=True)
    where = models.CharField(max_length=120, blank=True)
    about = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = scoped("in_case")

    class Sensitivity(CaseRecord.Sensitivity):
        kind = partition = at = until = where = about = "case"


class CustodyStep(CaseRecord):
    """An arrest or a step of custody, with or without an operation. For a survivor it opens the s.41 task."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=CUSTODY)
    at = models.DateTimeField()
    body = models.CharField(max_length=40, blank=True)
    province = models.CharField(max_length=8, blank=True)
    contribution = models.CharField(max_length=10, blank=True)

    objects = scoped("in_case")

    class Sensitivity(CaseRecord.Sensitivity):
        participation = step = at = body = province = contribution = "case"


class Referral(CaseRecord):
    """A person referred to another agency; points to the consent it rests on; an answer is expected."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    consent = models.ForeignKey("people.Consent", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40, choices=REFERRAL_REASONS)
    status = models.CharField(max_length=10, choices=REFERRAL_STATUSES, default="sent")
    on = models.DateField()
    answer_due_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["status", "answer_due_on"], name="referrals_waiting"),)

    class Sensitivity(CaseRecord.Sensitivity):
        person = agency = consent = reason = status = on = answer_due_on = answered_on = "case"

    def silent(self, today: date) -> bool:
        """No answer although it was due."""
        return self.status == "sent" and self.answer_due_on is not None and self.answer_due_on < today


class Handover(CaseRecord):
    """An orphaned case gets a new lead member: proposed by one, confirmed by another of another discipline."""

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=20)
    proposed_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = models.Manager()

    class Sensitivity(CaseRecord.Sensitivity):
        staff = discipline = proposed_by = confirmed_by = confirmed_at = "case"
