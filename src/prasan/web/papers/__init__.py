"""Paper: one way from plain data to a tagged PDF in Thai and English, without a network and without a clock."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from prasan.plain import thai

HOME = Path(__file__).parent
NO_BREAK = "\u200b"
_THAI = re.compile("[\u0e01-\u0e4e]")
_LETTER = re.compile("[\u0e01-\u0e2ea-zA-Z0-9\u0e50-\u0e59]")
_OPENING = frozenset("([{“‘\"'#")
_ABBREVIATED = re.compile("[\u0e01-\u0e2e]{1,4}\\.")


class PaperFailed(Exception):
    """The paper could not be set: which template, and what the typesetter said (never a word of the data)."""

    def __init__(self, template: str, said: str) -> None:
        self.template, self.said = template, said
        super().__init__(f"{template}: {said}")


def cut(text: str) -> str:
    """Put a zero-width space where a Thai line may break; each piece between two of them stays whole.

    The typesetter breaks Thai by itself in wrong places, so the templates box every piece. White space and
    text without Thai stay as they are.
    """
    if not _THAI.search(text):
        return text
    chunks = re.split(r"(\s+)", text)
    return "".join(NO_BREAK.join(_pieces(chunk)) if _THAI.search(chunk) else chunk for chunk in chunks)


def _pieces(chunk: str) -> list[str]:
    """Words that may stand at the end of a line, with their marks: ๆ, full stops and closing signs stay behind."""
    pieces: list[str] = []
    for word in thai.words(chunk):
        last = pieces[-1] if pieces else ""
        bound = (
            not _LETTER.search(word)
            or (last and all(sign in _OPENING for sign in last))
            or _ABBREVIATED.fullmatch(last) is not None
            or (last.endswith(".") and len(last) <= 4)
            or (len(word) == 1 and _THAI.match(word))
        )
        if last and bound:
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def cut_all(value: Any) -> Any:
    """The same for every text inside lists and tables of data; keys and numbers stay."""
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, Mapping):
        return {key: cut_all(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [cut_all(one) for one in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Sarabun from its package and nothing of the machine, so that a paper is the same everywhere."""
    import fontpkg_sarabun
    import typst

    files = Path(fontpkg_sarabun.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(files)])


def _set(template: str, data: Mapping[str, Any], lang: str, title: str, **way: Any) -> Any:
    import typst

    path = HOME / f"{template}.typ"
    if path.parent != HOME or not path.is_file():
        raise PaperFailed(template, "there is no such template")
    told = {"data": json.dumps(cut_all(data), ensure_ascii=False), "lang": lang[:2], "title": title}
    try:
        return typst.compile(
            path, root=HOME, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=told, timestamp=0, **way
        )
    except typst.TypstError as error:
        raise PaperFailed(template, str(error.message)) from None


def pdf(template: str, data: Mapping[str, Any], lang: str, *, title: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a template; `title` is the title of the file and must name nobody.

    The words of the paper come with the data, already translated; a template holds none. Raises PaperFailed.
    """
    made = _set(template, data, lang, title, format="pdf", pdf_standards=["ua-1"])
    return bytes(made)


def pictures(template: str, data: Mapping[str, Any], lang: str, *, title: str) -> list[bytes]:
    """The pages as PNG pictures, to look at."""
    made = _set(template, data, lang, title, format="png", ppi=80)
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def response(content: bytes, name: str) -> Any:
    """A PDF as an answer of a page; the file name must name nobody."""
    from django.http import HttpResponse

    held = f'inline; filename="{name}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": held})
