"""Writes a value as the one line of bytes that hashes and signatures are taken over."""

import json


def canonical_json(obj: object) -> bytes:
    """Give sorted keys, no spaces, UTF-8 as it is; two equal values always give the same bytes.

    Floats (and so NaN) are refused, because their written form differs between programs: amounts and
    instants are handed in as text. So are keys that are not text, and any other type (TypeError).
    """
    _insist(obj)
    return json.dumps(obj, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _insist(obj: object) -> None:
    """Refuse all but text, whole numbers, truth values, nothing, lists and dictionaries of those."""
    if obj is None or isinstance(obj, str | int):
        return
    if isinstance(obj, dict):
        for key, value in obj.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be text, not {type(key).__name__}")
            _insist(value)
    elif isinstance(obj, list | tuple):
        for value in obj:
            _insist(value)
    else:
        raise TypeError(f"{type(obj).__name__} has no canonical form")
