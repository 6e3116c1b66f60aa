"""Reads across disciplines that belong to no room alone."""

import json
from typing import Any

from django.db import models

from prasan.access.check import check
from prasan.access.table import ACTS
from prasan.accounts.models import Staff
from prasan.accounts.rules import DISCIPLINES
from prasan.journal.models import Line
from prasan.plain.words import gettext_noop

# What the journal calls acts that stand in no row of the table: openings, and steps inside another act.
STEPS = {
    "vault.open": gettext_noop("Read what is sealed"),
    "vault.open_identity": gettext_noop("Opened a name"),
    "vault.open_place": gettext_noop("Opened the place of a stay"),
    "vault.open_many": gettext_noop("The system read sealed values"),
    "access.system_read": gettext_noop("The system read without a viewer"),
    "people.register_person": gettext_noop("Registered a person"),
    "people.search_names": gettext_noop("Searched for a name"),
    "people.ask_attach": gettext_noop("Asked for somebody known to another team"),
    "people.add_name": gettext_noop("Added a name"),
    "people.add_contact": gettext_noop("Added a safe contact"),
    "people.add_identifier": gettext_noop("Added a document number"),
    "people.withdraw_consent": gettext_noop("Recorded the withdrawal of a consent"),
    "cases.add_member": gettext_noop("Added a member to the team"),
    "cases.remove_member": gettext_noop("Removed a member from the team"),
    "cases.attach_person": gettext_noop("Added a known person to the case"),
    "cases.propose_handover": gettext_noop("Named a new lead member"),
    "cases.confirm_handover": gettext_noop("Confirmed the new lead member"),
    "identification.propose_early_end": gettext_noop("Told an early end of a reflection period"),
    "identification.answer_early_end": gettext_noop("Answered an early end as its witness"),
    "identification.reflection_ran_out": gettext_noop("A reflection period ran out"),
    "cases.begin_clock": gettext_noop("A clock of the law began"),
    "cases.satisfy_clock": gettext_noop("A clock of the law was kept"),
    "cases.stop_clock": gettext_noop("A clock of the law stopped"),
    "cases.run_clock_again": gettext_noop("A clock of the law runs again"),
    "cases.miss_clock": gettext_noop("A clock of the law was missed"),
    "justice.move_charge": gettext_noop("Changed where a charge stands"),
    "investigation.close_investigation": gettext_noop("Closed the investigation"),
    "evidence.record_suspicion": gettext_noop("Wrote down suspected abuse of a child"),
}


def journal_of(viewer: Any, case: Any) -> models.QuerySet[Line]:
    """The journal's lines of one case, newest first; for those who may see them."""
    check(viewer, "cases.see_journal", case)
    return Line.objects.filter(case_id=case.pk).order_by("-n")


def told(lines: Any) -> list[dict[str, Any]]:
    """Lines as a person reads them: who (staff page), which act in words, when, how it ended, how many opened."""
    ids = {int(line.by) for line in lines if line.by.isdigit()}
    staff = {s.pk: s for s in Staff.objects.filter(pk__in=ids).select_related("agency")}
    rows = []
    for line in lines:
        body = json.loads(line.body)
        act = ACTS[line.act].title if line.act in ACTS else STEPS.get(line.act, line.act)
        rows.append({
            "n": line.n, "at": line.at, "who": staff.get(int(line.by)) if line.by.isdigit() else None,
            "system": line.by if not line.by.isdigit() else "", "act": act,
            "outcome": line.outcome, "why": body.get("why", ""), "opened": line.opened,
        })  # fmt: skip
    return rows


def staff_list(viewer: Any) -> list[Staff]:
    """All colleagues, for the staff page: no case data."""
    check(viewer, "access.manage_staff")
    rows = Staff.objects.select_related("agency").prefetch_related("held")
    return list(rows.order_by("-is_active", "agency__code", "name"))


def disciplines_of(staff: Staff) -> list[str]:
    """What a colleague works as now, by the prefetched rows."""
    held = {row.discipline for row in staff.held.all() if row.until_on is None}
    return [code for code in DISCIPLINES if code in held]
