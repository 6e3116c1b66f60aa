"""What the court is asked and says: charges of one accused each, verdicts, sentences, and the money to survivors."""

from django.db import models

from prasan.access.scoping import CaseRecord, scoped
from prasan.cases.models import Participation
from prasan.cases.rules import CONTRIBUTIONS

from .rules import BASES, EFFECTS, INSTANCES, METHODS, OUTCOMES, PAYMENT_KINDS, PLEAS, SENTENCE_KINDS, STATUSES


class Charge(CaseRecord):
    """One accused and one offence, for the act of one day or between two. The law is that of the day of the act."""

    partition = "legal"

    accused = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    is_official = models.BooleanField(default=False)
    offence = models.CharField(max_length=30)
    section = models.CharField(max_length=30)
    law = models.CharField(max_length=20)
    law_version = models.CharField(max_length=10, blank=True)
    pack_version = models.CharField(max_length=12)
    basis = models.CharField(max_length=16, choices=BASES)
    act_earliest = models.DateField()
    act_latest = models.DateField()
    status = models.CharField(max_length=24, choices=STATUSES)
    status_on = models.DateField()
    status_before = models.CharField(max_length=24, blank=True)
    charged_on = models.DateField()
    indicted_on = models.DateField(null=True)
    court = models.CharField(max_length=120, blank=True)
    black_number = models.CharField(max_length=40, blank=True)
    red_number = models.CharField(max_length=40, blank=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(act_latest__gte=models.F("act_earliest")), name="act_bounds_run_forward"
            ),
        )
        indexes = (
            models.Index(fields=["case", "status"], name="charges_of_case"),
            models.Index(fields=["status", "indicted_on"], name="charges_waiting"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        accused = is_official = offence = section = law = law_version = pack_version = basis = "case"
        act_earliest = act_latest = status = status_on = status_before = charged_on = indicted_on = "case"
        court = black_number = red_number = "case"


class ChargeVictim(CaseRecord):
    """A survivor whom the act of a charge was done to."""

    partition = "legal"

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="victims")
    victim = models.ForeignKey(Participation, models.PROTECT, related_name="+")

    objects = scoped("in_case")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["charge", "victim"], name="once_a_victim_of_a_charge"),)

    class Sensitivity(CaseRecord.Sensitivity):
        charge = victim = "case"


class Verdict(CaseRecord):
    """What one court said on one charge. A higher court's reversal is marked on the verdict it overturned."""

    partition = "legal"

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="verdicts")
    instance = models.CharField(max_length=8, choices=INSTANCES)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    effect = models.CharField(max_length=8, choices=EFFECTS)
    overturned_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="overturns")
    basis = models.CharField(max_length=16, choices=BASES)
    plea = models.CharField(max_length=10, choices=PLEAS, default="not_asked")
    on = models.DateField()
    final = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)
    contribution = models.CharField(max_length=10, choices=CONTRIBUTIONS, blank=True)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["charge", "on"], name="verdicts_of_charge"),)

    class Sensitivity(CaseRecord.Sensitivity):
        charge = instance = outcome = effect = overturned_by = basis = plea = on = "case"
        final = suspended = contribution = "case"


class Sentence(CaseRecord):
    """The punishment of one guilty verdict. A fine goes to the State and is never compensation."""

    partition = "legal"

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="sentences")
    kind = models.CharField(max_length=8, choices=SENTENCE_KINDS, default="term")
    years = models.PositiveSmallIntegerField(default=0)
    months = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    fine = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    suspended = models.BooleanField(default=False)
    concurrent = models.BooleanField(default=False)
    changed_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="changes")

    objects = scoped("in_case")

    class Sensitivity(CaseRecord.Sensitivity):
        verdict = kind = years = months = days = fine = suspended = concurrent = changed_by = "case"


class Order(CaseRecord):
    """Money that a court or body ordered for one survivor by one route; of one debtor, or of several together."""

    partition = "legal"

    survivor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    accused = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="+")
    route = models.CharField(max_length=24)
    on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    currency = models.CharField(max_length=3, default="THB")
    interest = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    interest_from = models.DateField(null=True)
    joint_and_several = models.BooleanField(default=False)
    head = models.CharField(max_length=20, blank=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="ordered_above_zero"),)
        indexes = (
            models.Index(fields=["case", "on"], name="orders_of_case"),
            models.Index(fields=["on"], name="orders_by_day"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        survivor = accused = route = on = amount = currency = "case"
        interest = interest_from = joint_and_several = head = "case"


class Payment(CaseRecord):
    """Money collected from the debtor, or money in the survivor's hand: directly, or out of what was collected."""

    partition = "legal"

    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="payments")
    survivor = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    route = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=PAYMENT_KINDS)
    direct = models.BooleanField(default=False)
    on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    currency = models.CharField(max_length=3, default="THB")
    method = models.CharField(max_length=12, choices=METHODS)
    receipt = models.UUIDField(null=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="paid_above_zero"),)
        indexes = (models.Index(fields=["case", "on"], name="payments_of_case"),)

    class Sensitivity(CaseRecord.Sensitivity):
        order = survivor = route = kind = direct = on = amount = currency = method = receipt = "case"
