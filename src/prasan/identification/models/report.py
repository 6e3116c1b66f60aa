"""What a coordinator types into the provincial report of the NRM; its numbers of persons are never typed."""

from django.db import models

from prasan.access.scoping import Record

from ..rules.report import GROUPS


class NrmReport(Record):
    """Parts 1 and 3 of the report of one province for one period: group, plan, budget, projects, words."""

    province = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField()
    group = models.CharField(max_length=2, choices=GROUPS, blank=True)
    has_plan = models.BooleanField(null=True)
    activities = models.TextField(blank=True)
    budget_received = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    budget_spent = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    fund_asked = models.PositiveIntegerField(null=True)
    fund_approved = models.PositiveIntegerField(null=True)
    fund_running = models.PositiveIntegerField(null=True)
    fund_finished = models.PositiveIntegerField(null=True)
    problems = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)

    objects = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["province", "since", "until"],
                condition=models.Q(closed_as=""),
                name="one_nrm_report_a_period",
            ),
        )

    class Sensitivity(Record.Sensitivity):
        province = since = until = group = has_plan = activities = budget_received = budget_spent = "open"
        fund_asked = fund_approved = fund_running = fund_finished = problems = suggestions = "open"
        made_by = "staff"
