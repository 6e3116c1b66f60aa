"""Says what is wrong in the rows of the provincial report: a row may count only facts that there are."""

from collections.abc import Iterator

from . import closed
from .row import Row


def problems(row: Row) -> Iterator[str]:
    """A row names its place on the form and kinds of fact that the code knows."""
    if not isinstance(row.get("number"), int):
        yield f"the row {row.code} has no number of its place on the form"
    if not row.get("facts"):
        yield f"the row {row.code} counts no facts"
    for key in ("facts", "after"):
        for kind in row.get(key, ()):
            if kind not in closed.FACT_KINDS:
                yield f"{key} of {row.code} is {kind}, which is no kind of fact"
    if row.get("only") and row.get("without"):
        yield f"the row {row.code} says both only and without"
