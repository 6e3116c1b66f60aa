"""Folds the many Latin spellings of one Thai name to a common form, because nobody spells by one system."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Rule(NamedTuple):
    """One step of the fold: what is looked for, what is put there, and an example of why."""

    pattern: re.Pattern[str]
    put: str
    why: str


def _rule(pattern: str, put: str, why: str) -> Rule:
    """Compile one rule."""
    return Rule(re.compile(pattern), put, why)


RULES: tuple[Rule, ...] = (
    _rule(r"t?ch|dj|j", "j", "Charoen, Jaroen, Djaroen; Ratchada, Rachada"),
    _rule(r"(?<=[bdgklmnprstwyz])h", "", "Phon, Pon; Thana, Tana; Khanit, Kanit; Dhana, Dana"),
    _rule(r"bp", "p", "Bpaitoon, Paitoon"),
    _rule(r"dt", "t", "Dtawan, Tawan"),
    _rule(r"ck|gk|c|q|(?<!n)g", "k", "Gamon, Kamon; Gkrit, Krit"),
    _rule(r"x", "ks", "Max, Maks"),
    _rule(r"z", "s", "Zuriya, Suriya"),
    _rule(r"v", "w", "Vichai, Wichai"),
    _rule(r"(?:ae|ea|e)(?:w|o)(?![aeiou])", "eo", "Kaew, Kaeo, Keaw"),
    _rule(r"oo|ou|ue|eu", "u", "Boon, Boun, Bun; Duean, Duan; Seub, Suep"),
    _rule(r"ee|ea", "i", "Preecha, Preacha, Pricha"),
    _rule(r"ae|oe", "e", "Mae, Me; Charoen, Charern"),
    _rule(r"ie(?=n|m|o|w|$)", "ia", "Wieng, Wiang"),
    _rule(r"(?<=[aeou])r(?=[^aeiouy]|$)", "", "Porn, Pon; Karn, Kan; Chalerm, Chaloem"),
    _rule(r"(?<=[aeou])y(?![aeiou])|(?<=[^aeiou])y(?![aeiou])", "i", "Somchay, Somchai; Nary, Nari"),
    _rule(r"iy(?=[aeou])", "i", "Piya, Pia"),
    _rule(r"(?:au|aw|ow)(?![aeiou])", "ao", "Sao, Saw, Sau, Sow"),
    _rule(r"iw(?![aeiou])", "io", "Siw, Sio"),
    _rule(r"sr", "s", "Srisuk, Sisuk"),
    _rule(r"r", "l", "Rung, Lung: often spoken alike"),
    _rule(r"(?<=[aeiou])l(?=[bdfhjkmpstw]|$)", "n", "Kamol, Kamon; Wimol, Wimon: a final l is spoken n"),
    _rule(r"nl", "l", "Wanlapa, Wallapa; Kamonrat, Kamolrat"),
    _rule(r"(?<=n)[dst]$", "", "Anant, Anand, Anan: silenced at the end"),
    _rule(r"(?<=[aeiou])[dj](?=[bfhkmnpw])|[dsj]$", "t", "Natwut, Nadwud; Phet, Phed: final d, t, s, j"),
    _rule(r"(?<=[aeiou])b(?=[dfhjkmnstw])|[bf]$", "p", "Suep, Sueb; Prasop, Prasob, Prasof"),
    _rule(r"(.)\1+", r"\1", "Nattawut, Natawut; Saard, Sard: doubled letters"),
)


def fold_romanised(s: str) -> str:
    """Fold a name in Latin letters word by word; Thai is romanised first, or nothing of it is left.

    The result is only for comparing (with a distance, never for equality alone) and is shown to nobody.
    """
    bare = unicodedata.normalize("NFKD", s).casefold().replace("'", "")
    words = re.findall("[a-z]+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
    return " ".join(_folded(word) for word in words)


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """Apply the rules until nothing moves, so that folding a folded word changes nothing."""
    before = ""
    while word != before:
        before = word
        for rule in RULES:
            word = rule.pattern.sub(rule.put, word)
    return word
