"""What the rooms add to a generated case: leads, services, charges, verdicts and money, in the rooms' own shapes."""

from typing import Any

from .caseload import Batch, Caseload, Matter


def add_to(load: Caseload, matter: Matter) -> None:
    """The records of one case in the rooms."""


def leads(load: Caseload, batch: Batch, count: int) -> Any:
    """So many leads of the intake desk."""
