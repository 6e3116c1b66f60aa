"""`prasan figures`: the indicators for a year, for any days, or since the beginning; as text, JSON or CSV."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prasan.impact import papers
from prasan.impact.figures import by_year, compute, read_period
from prasan.impact.figures.telling import report
from prasan.impact.rules import HEADLINES
from prasan.plain.dates import both_eras
from prasan.plain.problem import Refused
from prasan.web.clock import now, today

WIDE = 44


class Command(BaseCommand):
    help = "Print the figures. Years and days of both eras are understood: --year 2564 is 2021."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", default="", help="one calendar year, 2021 or 2564")
        parser.add_argument("--since", default="", help="the first day; without it, since the beginning")
        parser.add_argument("--until", default="", help="the last day; without it, today")
        parser.add_argument("--format", default="text", choices=("text", "json", "csv"))

    def handle(self, *args: Any, **asked: Any) -> None:
        day = today()
        try:
            span = read_period(year=asked["year"], since=asked["since"], until=asked["until"], today=day)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        figures = compute(span, today=day)
        told = report(figures, span, day)
        if asked["format"] == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        elif asked["format"] == "csv":
            export = papers.Export(span, now(), day, figures, by_year(HEADLINES, today=day))
            self._bytes(papers.csv_file(export))
        else:
            self._text(told, span)

    def _bytes(self, data: bytes) -> None:
        stream = getattr(self.stdout, "_out", sys.stdout)
        if hasattr(stream, "buffer"):
            stream.buffer.write(data)
        else:
            self.stdout.write(data.decode(), ending="")

    def _text(self, told: dict[str, Any], span: Any) -> None:
        first = both_eras(span.since) if span.since else "the beginning"
        self.stdout.write(f"From {first} until {both_eras(span.until)}; as known on {told['cut_off']}\n")
        for row in told["indicators"]:
            value = "no data" if row["value"] is None else row["value"]
            value = f"{value:,}" if isinstance(value, int) else value
            self.stdout.write(f"{row['code']:<4} {row['name'][:WIDE]:<{WIDE}} {value:>14} {row['unit']}")
            if row["published"] and row["recorded"]:
                self.stdout.write(f"     of which {row['published']['value']} from published reports")
            for key, words in (("vintages", "beside it"), ("not_added", "never added"), ("overlapping", "overlaps")):
                for old in row[key]:
                    span_told = f"{old['since']} to {old['until']}"
                    self.stdout.write(f"     {words}: {old['value']} {old['unit']}, {span_told} ({old['source']})")
