"""The name index: in memory only, built by opening the sealed names once, searched in either script.

Names are never indexed on disk (house, security 3). Spellings meet through folded romanised forms, spacing
slips through joined forms, tone slips through forms without tone marks.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from prasan.plain.latin import fold_romanised
from prasan.plain.text import is_thai, normalise, romanise, strip_tones

NEAR = 0.86
WHOLE = 84
# Of the shorter text's L letters at most this share (m of L) may be missing in the longer one when they are still
# that near: the best that is left is 2(L-m) of (2L-m) letters.
MISSING = 2 * (100 - WHOLE) / (200 - WHOLE)


def forms_of(text: str) -> dict[str, str]:
    """What is sealed with a name: its words, and its folded Latin sound word by word."""
    clean = normalise(text)
    words = clean.split()
    latin = [fold_romanised(romanise(word) if is_thai(word) else word) for word in words]
    return {"text": clean, "sound": " ".join(filter(None, latin))}


@dataclass(slots=True)
class Entry:
    """One person's searchable forms: joined without spaces and tones, and the words as they sound.

    `mark` tells which names these are, so that a change elsewhere is noticed without opening them again.
    """

    joined: str = ""
    signs: int = 0
    sounds: frozenset[str] = frozenset()
    mark: int = 0


@dataclass
class NameIndex:
    """Names of an instance by person id (hex). Not shared between processes; see `people.queries`."""

    entries: dict[str, Entry] = field(default_factory=dict)
    by_sound: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    version: int = -1
    lock: threading.Lock = field(default_factory=threading.Lock)
    _sounds: list[str] | None = None

    def clear(self) -> None:
        """Forget everything, as before the first search."""
        self.entries.clear()
        self.by_sound.clear()
        self._sounds, self.version = None, -1

    def mark(self, person: str) -> int | None:
        """Which names of this person the index holds; None when it holds none."""
        entry = self.entries.get(person)
        return entry.mark if entry else None

    def put(self, person: str, names: list[dict[str, Any]], mark: int = 0) -> None:
        """Set all names of one person (an empty list removes the person)."""
        old, self._sounds = self.entries.pop(person, None), None
        for sound in old.sounds if old else ():
            self.by_sound[sound].discard(person)
            if not self.by_sound[sound]:
                del self.by_sound[sound]
        if not names:
            return
        joined = "\n".join(squeezed(n["text"]) for n in names)
        sounds = frozenset(word for n in names for word in n["sound"].split())
        self.entries[person] = Entry(joined, signs_of(joined), sounds, mark)
        for sound in sounds:
            self.by_sound[sound].add(person)

    def search(self, query: str, allowed: set[str] | frozenset[str], limit: int = 20) -> list[tuple[str, float]]:
        """Persons of `allowed` whose names come near, best first, with a score of 0 to 1. Always a list:
        homophones are many, so the one best is never chosen for the reader."""
        forms = forms_of(query)
        bare = squeezed(forms["text"])
        if len(bare) < 2:
            return []
        scores: dict[str, float] = {}
        of = self.entries.get
        for person in allowed:
            entry = of(person)
            if entry is not None and bare in entry.joined:
                exact = any(bare == one for one in entry.joined.split("\n"))
                starts = any(one.startswith(bare) for one in entry.joined.split("\n"))
                scores[person] = 1.0 if exact else 0.97 if starts else 0.92
        self._by_sounds(forms["sound"].split(), allowed, scores)
        if not scores:
            self._by_whole(bare, allowed, scores)
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return ranked[:limit]

    def _by_sounds(self, words: list[str], allowed: set[str] | frozenset[str], scores: dict[str, float]) -> None:
        """Word by word, in any order: each word of the query against all sounds, by Jaro-Winkler."""
        per_word: list[dict[str, float]] = []
        sounds = self._sounds = self._sounds or list(self.by_sound)
        for word in words:
            if len(word) < 2:
                continue
            near: dict[str, float] = {}
            found = process.extract(
                word, sounds, scorer=JaroWinkler.similarity, score_cutoff=NEAR, limit=200
            )
            for sound, score, _place in found:
                for person in self.by_sound.get(sound, set()) & allowed:
                    near[person] = max(near.get(person, 0.0), score)
            per_word.append(near)
        if not per_word:
            return
        for person in set().union(*per_word):
            hits = [near.get(person, 0.0) for near in per_word]
            if min(hits) > 0:
                score = 0.95 * sum(hits) / len(hits)
                scores[person] = max(scores.get(person, 0.0), score)

    def _by_whole(self, bare: str, allowed: set[str] | frozenset[str], scores: dict[str, float]) -> None:
        """Last resort: one long run of letters against whole names (a slip inside a name without spaces)."""
        signs, of = signs_of(bare), self.entries.get
        choices = {
            p: entry.joined for p in allowed if (entry := of(p)) is not None and may_be_near(bare, signs, entry)
        }
        for _text, score, person in process.extract(
            bare, choices, scorer=fuzz.partial_ratio, score_cutoff=WHOLE, limit=40
        ):
            scores[person] = 0.8 * score / 100


def signs_of(text: str) -> int:
    """The letters of a text as bits, several letters on one bit: what lacks too many bits need not be compared."""
    signs = 0
    for sign in set(text):
        signs |= 1 << (ord(sign) & 127)
    return signs


def may_be_near(bare: str, signs: int, entry: Entry) -> bool:
    """Whether a whole name can be as near to the query as is asked for, told by its letters alone."""
    shorter = len(bare) <= len(entry.joined)
    missing = signs & ~entry.signs if shorter else entry.signs & ~signs
    return missing.bit_count() <= MISSING * min(len(bare), len(entry.joined))


def squeezed(text: str) -> str:
    """Without spaces, tone marks and capitals: what survives the commonest slips of typing."""
    return strip_tones(text).replace(" ", "").casefold()
