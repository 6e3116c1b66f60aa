"""Fills the ledger of the tests: facts with made-up sources and persons, as the rooms would write them."""

import itertools
from types import SimpleNamespace
from uuid import UUID, uuid4

from prasan import facts
from prasan.facts.models import Fact

_numbers = itertools.count(1_000_000)


def person(number):
    """Somebody known to the ledger by a pseudonym only."""
    return SimpleNamespace(pk=UUID(int=number))


def add(kind, on, who=None, **told):
    """One live fact with a source of its own."""
    if kind in {"suspect_arrested", "offender_convicted", "removed_from_harm"}:
        told.setdefault("contribution", "joint")
    if who is not None:
        told["person"] = person(who)
    return facts.add(kind, on=on, source=Fact(pk=next(_numbers)), **told)


def case_id():
    """The id of a case that nobody needs to see."""
    return uuid4()
