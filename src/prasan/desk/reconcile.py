"""Compares the ledger of facts with the disciplines' rows; nothing is published while they differ."""

from prasan.access.system import system_read
from prasan.facts import ledger
from prasan.facts.models import Reconciliation
from prasan.journal.models import Head

from .rooms import ledgers


def reconcile() -> Reconciliation:
    """Recompute all facts from the rows, write down every difference."""
    with system_read("reconcile"):
        head = Head.objects.filter(pk=1).first()
        return ledger.reconcile(ledgers(), head.count if head else 0)
