"""Tiers and official figures come from the data of the packs; seeding twice changes nothing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from prasan import journal, packs

from ..models import OfficialFigure, TierPlacement

THAI_SERIES, WORLD_TABLE, PUBLISHED = (
    "thailand_official_series.csv", "tip_global_enforcement.csv", "published_figures.csv",
)  # fmt: skip
UNITS = {"persons": "person", "cases": "case", "centres": "centre", "laws": "law", "cases (more than)": "case"}
STATUS = {"first_published": "first", "restated": "restated"}


@transaction.atomic
def seed_tiers() -> int:
    """Enter the tiers of the pack that are not here yet; a placement that was entered stays. How many are new."""
    known = set(TierPlacement.objects.values_list("iso3", "report_year"))
    rows = [
        TierPlacement(**{**row, "report_year": int(row["report_year"])})
        for row in packs.data("tip_tiers_country_year.csv")
        if (row["iso3"], int(row["report_year"])) not in known
    ]
    TierPlacement.objects.bulk_create(rows, batch_size=500)
    if rows:
        journal.enter(by="system:seed", act="policy.seed_tiers", change={"rows": len(rows)})
    return len(rows)


@transaction.atomic
def seed_official_figures(*, at: datetime) -> int:
    """Enter the official figures of the packs that are not here yet, each with its source. How many are new."""
    told = [
        *(_thai(row) for row in packs.data(THAI_SERIES)),
        *(_world(row) for row in packs.data(WORLD_TABLE)),
        *(_published(row) for row in packs.data(PUBLISHED) if not row["code"].strip()),
    ]
    rows = [OfficialFigure(id=_key(fields), made_at=at, **fields) for fields in told]
    known = set(OfficialFigure.objects.values_list("id", flat=True))
    new = [row for row in rows if row.id not in known]
    OfficialFigure.objects.bulk_create(new, batch_size=200)
    if new:
        _link_restatements()
        journal.enter(by="system:seed", act="policy.seed_official_figures", change={"rows": len(new)})
    return len(new)


def _key(fields: dict[str, Any]) -> Any:
    """The same row of the same file always gets the same id."""
    return uuid5(NAMESPACE_URL, "prasan:official:" + "|".join(f"{k}={fields[k]}" for k in sorted(fields)))


def _year(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None


def _calendar(year: int | None) -> dict[str, Any]:
    if year is None:
        return {"period_from": None, "period_to": None, "data_year": None}
    return {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31), "data_year": year}


def _thai(row: dict[str, str]) -> dict[str, Any]:
    part, _, marks = row["disaggregation"].partition(";qualifier=")
    words = [word for word in marks.split(",") if word]
    return {
        "publisher": row["publisher"], "report": row["report"], "series": row["series"], "source": row["source"],
        "publication_year": _year(row["publication_year"]), **_calendar(_year(row["data_year"])),
        "unit": UNITS.get(row["unit"], row["unit"]), "value": Decimal(row["value"]), "disaggregation": part,
        "qualifier": next((w for w in words if w not in STATUS), "exact"),
        "status": next((STATUS[w] for w in words if w in STATUS), "first"),
        "confidence": row["confidence"], "dataset": THAI_SERIES,
    }  # fmt: skip


def _world(row: dict[str, str]) -> dict[str, Any]:
    edition = int(row["report_year"])
    return {
        "publisher": row["publisher"], "report": f"Trafficking in Persons Report {edition}, world table",
        "publication_year": edition, **_calendar(int(row["data_year"])), "series": f"world_{row['series']}",
        "unit": UNITS.get(row["unit"], row["unit"]), "value": Decimal(row["value"]),
        "disaggregation": "total" if row["part"] == "all" else f"form={row['part']}",
        "source": row["source"], "confidence": row["confidence"], "dataset": WORLD_TABLE,
    }  # fmt: skip


def _published(row: dict[str, str]) -> dict[str, Any]:
    year, note = _year(row["period"]), row["note"]
    more, about = "more than" in row["unit"], "approximately" in note.lower()
    return {
        "publisher": row["who"], "report": row["source"][:160], "series": row["indicator"], **_calendar(year),
        "period_kind": "calendar" if year else "cumulative", "period_text": row["period"],
        "unit": UNITS.get(row["unit"], row["unit"]), "value": Decimal(row["value"]),
        "disaggregation": row["disaggregation"], "source": row["source"], "note": note[:200],
        "qualifier": "more_than" if more else "approximately" if about else "exact",
        "status": "restated" if note.startswith("RESTATED") else "first", "confidence": "P", "dataset": PUBLISHED,
    }  # fmt: skip


def _link_restatements() -> None:
    """A restated figure points to the newest earlier printing of the same publisher, series, unit and year."""
    for row in OfficialFigure.objects.filter(status="restated", restates=None, closed_as=""):
        earlier = OfficialFigure.objects.filter(
            publisher=row.publisher, series=row.series, unit=row.unit, data_year=row.data_year, closed_as="",
            disaggregation=row.disaggregation, dataset=row.dataset,
        ).exclude(pk=row.pk)  # fmt: skip
        if row.publication_year:
            earlier = earlier.filter(publication_year__lt=row.publication_year)
        row.restates = earlier.order_by("-publication_year").first()
        if row.restates is not None:
            row.save(update_fields=["restates"])
