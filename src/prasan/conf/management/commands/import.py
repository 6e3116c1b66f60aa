"""`prasan import`: the team's caseload workbook, or published figures from before the system; dry by default."""

# ruff: noqa: N999
import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan.accounts.models import Staff
from prasan.conf.operating.speaking import Operation, Stop, sentence
from prasan.exchange import rules
from prasan.exchange.applying import import_file
from prasan.exchange.checking import check
from prasan.exchange.importers import importer
from prasan.exchange.report import Remark, Report
from prasan.exchange.source import Source
from prasan.exchange.template import write_template
from prasan.plain.problem import Refused
from prasan.web.clock import now, today
from prasan.web.papers.cells import safe
from prasan.web.values import language

SHOWN = 50
WIDTH = 30


class Bar:
    """A progress bar on a terminal; a file or a pipe is spared."""

    def __init__(self, out: Any, label: str, total: int = 0) -> None:
        self.out, self.label, self.total = out, label, total
        self.shown = bool(getattr(out, "isatty", lambda: False)())
        self.began = self.last = time.monotonic()

    def __call__(self, rows: int) -> None:
        at = time.monotonic()
        if not self.shown or at - self.last < 0.2:
            return
        self.last = at
        speed = f"{rows / max(at - self.began, 0.01):,.0f}/s"
        if self.total:
            done = min(WIDTH, WIDTH * rows // self.total)
            self.out.write(f"\r{self.label} [{'#' * done}{'.' * (WIDTH - done)}] {rows:,} / {self.total:,}  {speed} ")
        else:
            self.out.write(f"\r{self.label} {rows:,}  {speed} ")
        self.out.flush()

    def end(self) -> None:
        if self.shown:
            self.out.write("\n")


class Command(Operation):
    help = "bring a caseload workbook or published figures in; without --apply nothing is written"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
        parser.add_argument("--template", type=Path, metavar="FILE.xlsx", help="write an empty workbook with lists")
        parser.add_argument("--history", action="store_true", help="own figures that were published earlier (CSV)")
        parser.add_argument("--apply", action="store_true", help="write; otherwise only say what would happen")
        parser.add_argument("--accept-good-rows", action="store_true", help="write the good rows, leave the others")
        parser.add_argument("--as", dest="username", default="", metavar="USERNAME", help="the coordinator who imports")
        parser.add_argument("--sheet", default="", help="which sheet a CSV file is (else by its name)")
        parser.add_argument("--refused", type=Path, metavar="FILE.csv", help="write every refused row into a file")
        parser.add_argument("--lang", dest="language", choices=("th", "en"), help="language of the sentences")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            write_template(str(options["template"]))
            self.say(_("Written: %(file)s") % {"file": options["template"]})
            return
        if options["file"] is None:
            raise Stop(_("Name the file to import, or --template FILE.xlsx."))
        if options["history"]:
            by = importer(options["username"]) if options["username"] else None
            self._history(options["file"], by=by, apply=options["apply"])
            return
        by = importer(options["username"])
        with opened(options["file"]) as stream:
            source = Source(stream, options["file"].name, options["sheet"])
            report = self._run(source, by, options)
        if options["refused"]:
            write_refused(options["refused"], report.refusals)
        self._tell(report, apply=options["apply"])

    def _run(self, source: Source, by: Staff, options: dict[str, Any]) -> Report:
        told: dict[str, Any] = {"by": by, "at": now(), "today": today()}
        checking = Bar(self.stderr, _("Checking"))
        if not options["apply"]:
            report = check(source, **told, progress=checking)
            checking.end()
            return report
        writing = Bar(self.stderr, _("Writing"))

        def total(rows: int) -> None:
            checking.end()
            writing.total = rows

        report = import_file(
            source, **told, accept_good=options["accept_good_rows"], progress=writing, checked=checking, begin=total
        )
        writing.end()
        return report

    def _tell(self, report: Report, *, apply: bool) -> None:
        lang = language()
        for note in [*report.notes[:SHOWN], *report.refusals[:SHOWN]]:
            self.say(line(note, lang))
        hidden = max(0, len(report.refusals) - SHOWN) + report.more_refusals
        if hidden:
            self.say(_("… and %(count)s more. --refused FILE.csv writes them all.") % {"count": f"{hidden:,}"})
        for row in report.table(lang):
            told = ", ".join(f"{_(rules.OUTCOMES[o])} {row[o]:,}" for o in rules.OUTCOMES if row[o])
            self.say(f"{row['sheet']}: {told or '0'}")
        if report.stopped:
            written = _("%(count)s rows were written before. Import the file again to go on.")
            raise Stop(f"{line(report.stopped, lang)}\n{written % {'count': f'{report.written:,}'}}")
        if report.refusals and not report.written:
            count = report.total("refused") or len(report.refusals)
            words = ngettext("%(count)s row is refused.", "%(count)s rows are refused.", count)
            nothing = _("Nothing was written.")
            raise Stop(f"{words % {'count': f'{count:,}'}} {nothing}")
        if apply:
            self.say(_("Written: %(count)s rows.") % {"count": f"{report.written:,}"})
        else:
            self.say(_("Dry run: nothing was written. Write with --apply."))

    def _history(self, path: Path, *, by: Staff | None, apply: bool) -> None:
        from prasan.impact.history import import_history

        outcome = import_history(by=by, path=path, apply=apply)
        for problem in outcome.problems:
            self.stderr.write(sentence(Refused(problem)))
        if outcome.problems:
            raise Stop(_("Nothing was written: %(count)s problems.") % {"count": len(outcome.problems)})
        done = _("Written") if outcome.applied else _("Dry run, nothing written")
        told = {name: getattr(outcome, name) for name in ("new", "changed", "unchanged", "of_others")}
        words = _(
            "%(new)s new, %(changed)s changed, %(unchanged)s unchanged; %(of_others)s rows of others were left out."
        )
        self.say(f"{done}: {words % told}")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file, open for reading; a folder or a missing file is a sentence by the command's own rules."""
    if path.is_dir():
        raise Stop(_("%(file)s is a folder.") % {"file": path})
    with path.open("rb") as stream:
        yield stream


def line(remark: Remark, lang: str) -> str:
    """Sheet, row, column and sentence in one line."""
    sheet, row, column = remark.place(lang)
    place = ", ".join(filter(None, (sheet, _("row %(row)s") % {"row": row} if row else "", column)))
    return f"{place}: {remark.sentence}" if place else remark.sentence


def write_refused(path: Path, refusals: list[Remark]) -> None:
    """All refused rows as a table; cells that a spreadsheet would run are made harmless."""
    lang = language()
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow([_("Sheet"), _("Row"), _("Column"), _("What is wrong")])
        for one in refusals:
            table.writerow([safe(cell) for cell in (*one.place(lang), one.sentence)])
