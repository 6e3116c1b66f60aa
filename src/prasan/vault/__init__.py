"""Keys, sealed fields and sealed files. Everything that opens a sealed value passes `vault.open`.

`seal(row, field=value)`, `open(row, field, by=, why=, at=)`, `open_many(...)`, `token(kind, value)`,
`new_key(owner)`, `destroy_key(owner)`, `install_gate(gate)`; associated data is built here and cannot be
passed in. No other package imports tink, pyrage or cryptography.
"""

from importlib import import_module
from typing import Any

PARTS = ("sealing", "keys")


def __getattr__(name: str) -> Any:
    """Names resolve on first use, because the models behind them need Django's registry."""
    if not name.startswith("_") and name not in {*PARTS, "custody", "models", "files", "age", "field", "sqlcipher"}:
        for part in PARTS:
            found = vars(import_module(f"{__name__}.{part}"))
            if name in found:
                return found[name]
    raise AttributeError(name)
