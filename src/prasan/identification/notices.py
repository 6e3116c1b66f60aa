"""The rights of the pack as the notice that is handed over shows them: plain words in both languages."""

from collections.abc import Iterable

from prasan import packs


def rights_texts(codes: Iterable[str]) -> list[dict[str, object]]:
    """Title, plain words, basis and whether a named text supports it, for each right; see `papers.rights_notice`."""
    rows = (packs.row("right", code) for code in codes)
    return [
        {"title_en": row.en, "title_th": row.th, "text_en": row.text("plain", "en"), "text_th": row.text("plain", "th"),
         "basis": f"{packs.cited(row['basis'], 'th')} · {row['basis']}", "confirmed": row.sourced}
        for row in rows
    ]  # fmt: skip
