"""Agencies, members of staff, the disciplines they hold, and invitations. No pages here."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import get_language

from .rules import AGENCY_KINDS, DIGITS, DISCIPLINES, LANGUAGES, folded


class Agency(models.Model):
    """An organisation of the network: the team's own, or a partner."""

    code = models.SlugField(max_length=30, unique=True)
    name_en = models.CharField(max_length=160)
    name_th = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=40, choices=AGENCY_KINDS)
    province = models.CharField(max_length=8, blank=True)
    is_own = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)

    class Sensitivity:
        id = code = name_en = name_th = kind = province = is_own = "open"

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return (self.name_th if get_language() == "th" else "") or self.name_en


class StaffQuerySet(models.QuerySet["Staff"]):
    def active(self) -> "StaffQuerySet":
        return self.filter(is_active=True)


class StaffManager(BaseUserManager["Staff"].from_queryset(StaffQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=folded(username or ""))  # type: ignore[no-any-return]


class Staff(AbstractBaseUser):
    """A person who works with the system. Disabled, never deleted."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_th = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="staff")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="th")
    digits = models.CharField(max_length=6, choices=DIGITS, default="arabic")
    is_active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Sensitivity:
        id = agency = language = digits = is_active = disabled_at = last_login = "staff"
        username = name = name_th = email = "staff"
        password = "secret"

    def __str__(self) -> str:
        return f"staff {self.pk}"

    def shown_name(self) -> str:
        """The name in the language of the page; for staff pages only."""
        return (self.name_th if get_language() == "th" else "") or self.name

    def clean(self) -> None:
        self.username = folded(self.username)

    @property
    def disciplines(self) -> frozenset[str]:
        """The disciplines held today; cached on the object for one request."""
        if not hasattr(self, "_disciplines"):
            self._disciplines = frozenset(
                self.held.filter(until_on__isnull=True).values_list("discipline", flat=True)
            )
        return self._disciplines


class HeldDiscipline(models.Model):
    """A discipline that a member of staff holds, from a day until a day."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="held")
    discipline = models.CharField(max_length=20, choices=DISCIPLINES)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff", "discipline"],
                condition=models.Q(until_on__isnull=True),
                name="discipline_held_once",
            ),
        )

    class Sensitivity:
        id = staff = discipline = since_on = until_on = "staff"

    def __str__(self) -> str:
        return self.discipline


class Invitation(models.Model):
    """A single-use link by which an invited colleague sets a password; only its hash is kept."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="invitations")
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, default="join")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Sensitivity:
        id = staff = made_by = purpose = expires_at = used_at = "staff"
        token_hash = "secret"

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class FactorReset(models.Model):
    """A colleague lost the second factor: two people of different disciplines take it off together."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Sensitivity:
        id = staff = asked_by = asked_at = confirmed_by = confirmed_at = "staff"

    def __str__(self) -> str:
        return f"factor reset {self.pk}"
