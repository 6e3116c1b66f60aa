"""The two drawings of the figures page: stairs of tiers with gaps, and one cohort with what is pending."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from prasan import packs
from prasan.web import charts, values

from ..figures.cohorts import Outcome
from .showing import language


def tiers(points: list[tuple[int, str | None]]) -> SafeString:
    """Thailand's tier by report year; what is not known is a gap."""
    title = gettext("Tier of Thailand in the TIP Report, report years %(first)s to %(last)s") % {
        "first": values.year(points[0][0]), "last": values.year(points[-1][0]),
    }  # fmt: skip
    names = [packs.label("tip_tier", tier, language()) if tier else gettext("Not known here") for _year, tier in points]
    told = "; ".join(f"{values.year(year)}: {name}" for (year, _tier), name in zip(points, names, strict=True))
    svg = charts.steps(title, told, points, ident="impact-tiers", tier_word=gettext("Tier"))
    rows = [[f"{year} / {year + 543}", name] for (year, _tier), name in zip(points, names, strict=True)]
    return charts.figure(svg, [gettext("Report year"), gettext("Tier")], rows, title)


def funnel(year: int, outcome: Outcome) -> SafeString:
    """One arrest cohort, stage by stage; pending is hatched and has its own column."""
    stages = [
        (gettext("Arrested"), outcome.arrested, 0),
        (gettext("Prosecuted"), outcome.indicted, outcome.arrested - outcome.indicted),
        (gettext("Decided by a court"), outcome.decided, outcome.pending),
        (gettext("Convicted"), outcome.convicted, outcome.pending),
        (gettext("Acquitted, dismissed or withdrawn"), outcome.acquitted, outcome.pending),
    ]
    title = gettext("Persons first arrested in %(year)s and where they stand today") % {"year": values.year(year)}
    desc = gettext(
        "Of %(arrested)s persons arrested, %(convicted)s were convicted, %(acquitted)s acquitted, "
        "and %(pending)s are pending."
    ) % {
        "arrested": values.number(outcome.arrested), "convicted": values.number(outcome.convicted),
        "acquitted": values.number(outcome.acquitted), "pending": values.number(outcome.pending),
    }  # fmt: skip
    svg = charts.funnel(title, desc, [charts.Stage(*stage) for stage in stages], ident="impact-cohort")
    head = [gettext("Stage"), gettext("Reached"), gettext("Pending")]
    return charts.figure(svg, head, [list(stage) for stage in stages], title)
