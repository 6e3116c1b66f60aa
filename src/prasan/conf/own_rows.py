"""An agency's own rows (`packs` in the instance folder) are laid over ours once two people put them into use."""

from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.backends.signals import connection_created

from prasan import packs

_refused: list[str] = []
_waiting: list[packs.Pack] = []


def use(home: Path) -> None:
    """Read the agency's rows at start. A bad one is told by its line, and the checks stop the server with it; good
    ones wait for the database, which says whether two people stand for them. Until then ours are used alone."""
    _refused.clear()
    _waiting.clear()
    packs.load()
    try:
        pack = packs.own_rows(home / "packs")
    except packs.BadPack as bad:
        _refused.append(str(bad))
        return
    if pack.own:
        _waiting.append(pack)
        connection_created.connect(lay_over, dispatch_uid="prasan-own-rows")


def lay_over(**_signal: Any) -> None:
    """With the first connection of this process: use the rows that wait, if they stand activated as they are."""
    from prasan.cases.actions.own_rows import activated

    connection_created.disconnect(dispatch_uid="prasan-own-rows")
    try:
        if _waiting and activated(_waiting[0].own):
            packs.use(_waiting.pop())
    except DatabaseError:  # a database that is not made yet has activated nothing
        return


def refused() -> list[str]:
    """Why the agency's rows were not used, as file, line and reason; nothing when they were."""
    return list(_refused)


def waiting() -> bool:
    """Whether own rows lie there that nobody, or one person alone, put into use."""
    return bool(_waiting)
