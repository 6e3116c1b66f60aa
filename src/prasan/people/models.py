"""Persons under a pseudonymous code; every name, contact and wish sealed under the person's own key."""

from datetime import date

from django.db import models

from prasan import vault
from prasan.access.scoping import Record, scoped
from prasan.plain.birth import AgeGroup, PartialDate
from prasan.vault.models import SealedField

from .ages import Decided, age_group, is_child
from .rules import ATTACH_REASONS, CONSENT_PURPOSES, CONTACT_KINDS, GENDERS, NAME_KINDS


class Person(Record):
    """Somebody in a case: survivor, witness, suspect. Known by `code`; the name is opened, never listed."""

    code = models.CharField(max_length=12, unique=True)
    gender = models.CharField(max_length=24, choices=GENDERS)
    sex = models.CharField(max_length=8, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    birth_about = models.BooleanField(default=False)
    birth_day = SealedField()
    age_decided = models.CharField(max_length=12, blank=True)
    age_decided_on = models.DateField(null=True)
    age_low = models.PositiveSmallIntegerField(null=True)
    citizenships = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    interpreter = models.BooleanField(default=False)
    worker_sex = models.CharField(max_length=8, blank=True)
    wishes = SealedField()
    safety = SealedField()

    objects = scoped("person")

    class Sensitivity(Record.Sensitivity):
        code = gender = sex = birth_year = birth_about = age_decided = age_decided_on = age_low = "case"
        citizenships = languages = interpreter = worker_sex = "case"
        birth_day = wishes = safety = "person"

    def __str__(self) -> str:
        return self.code

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.pk))

    @property
    def known_birth(self) -> PartialDate | None:
        """The birth date as far as it lies open: the year, perhaps "about"."""
        return PartialDate(self.birth_year, about=self.birth_about) if self.birth_year else None

    def age_group(self, on: date) -> AgeGroup:
        """Child, adult or unknown on a day, by the open birth year or as the age was decided; in doubt a child."""
        return age_group(self.known_birth, self.decided_age, on)

    @property
    def decided_age(self) -> Decided | None:
        """How a missing or disputed age was decided, the latest decision in force."""
        if not self.age_decided or self.age_decided_on is None:
            return None
        return Decided(self.age_decided, self.age_decided_on, self.age_low)

    def is_child_in_procedure(self, on: date, birth: PartialDate | None = None) -> bool | None:
        """Not over 18 on a day, as the Criminal Procedure Code reads it; None is treated as a child."""
        return is_child(birth or self.known_birth, self.decided_age, on, past_birthday=True)

    @property
    def citizenship(self) -> str:
        """The first citizenship, for figures that take one."""
        return str(self.citizenships[0]) if self.citizenships else ""


class OfPerson(Record):
    """A row that belongs to one person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    class Sensitivity(Record.Sensitivity):
        person = "case"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class Name(OfPerson):
    """One name in one script, sealed with its romanised and folded forms so that no start-up recomputes them."""

    kind = models.CharField(max_length=12, choices=NAME_KINDS)
    value = SealedField()

    objects = scoped("of_person")

    class Sensitivity(OfPerson.Sensitivity):
        kind = "case"
        value = "person"


class Contact(OfPerson):
    """A safe way to reach a person: when, how, and what must not be said."""

    kind = models.CharField(max_length=16, choices=CONTACT_KINDS)
    value = SealedField()
    safe_times = SealedField()
    do_not_say = SealedField()

    objects = scoped("of_person")

    class Sensitivity(OfPerson.Sensitivity):
        kind = "case"
        value = safe_times = do_not_say = "person"


class Identifier(OfPerson):
    """A document number or the like: sealed, with a keyed match token that compares for equality only."""

    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=10, blank=True)
    value = SealedField()
    token = models.CharField(max_length=32, db_index=True)

    objects = scoped("of_person")

    class Sensitivity(OfPerson.Sensitivity):
        kind = country = "case"
        value = token = "person"


class Consent(OfPerson):
    """What a person agreed to: purpose, recipient, period, how it was given. Superseded, never edited."""

    purpose = models.CharField(max_length=24, choices=CONSENT_PURPOSES)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, null=True, related_name="+")
    given_on = models.DateField()
    expires_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter_used = models.BooleanField(default=False)
    child_assent = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    words = SealedField()

    objects = scoped("of_person")

    class Sensitivity(OfPerson.Sensitivity):
        purpose = agency = given_on = expires_on = withdrawn_on = language = "case"
        interpreter_used = child_assent = answers = "case"
        words = "person"

    def covers(self, on: date) -> bool:
        """Whether this consent stands on a day: given, not expired, not withdrawn, not superseded."""
        begun = self.given_on <= on and (self.expires_on is None or on <= self.expires_on)
        return self.in_force and begun and (self.withdrawn_on is None or on < self.withdrawn_on)


class NameIndexVersion(models.Model):
    """Raised by every act that writes or erases a name, so that each process reloads what changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Sensitivity:
        id = version = "open"

    def __str__(self) -> str:
        return str(self.version)


class AttachRequest(Record):
    """A known person is wanted in another case: those who know the person answer yes or no.

    One question (`question`) may meet several persons, each asked of its own team; one that met nobody leaves a
    row without a person, so that to the asker both look alike.
    """

    question = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    discipline = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=ATTACH_REASONS)
    part = models.CharField(max_length=20)
    since_on = models.DateField()
    to_case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    answered_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, blank=True)

    objects = scoped("of_person")

    class Sensitivity(Record.Sensitivity):
        question = person = discipline = reason = part = since_on = "case"
        to_case = answered_by = answered_at = answer = "case"
