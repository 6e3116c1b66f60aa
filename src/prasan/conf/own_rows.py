"""An agency's own rows (`packs` in the instance folder) are laid over ours at start; a bad one is told by its line."""

from pathlib import Path

from prasan import packs

_refused: list[str] = []


def use(home: Path) -> None:
    """Lay the agency's rows over ours. When one is wrong none is used, and the checks stop the server with it."""
    own = home / "packs"
    _refused.clear()
    try:
        packs.load(own if own.is_dir() else None)
    except packs.BadPack as bad:
        _refused.append(str(bad))


def refused() -> list[str]:
    """Why the agency's rows were not used, as file, line and reason; nothing when they were."""
    return list(_refused)
