"""How people get into an intake: a fast table on a tablet, a list as a file, and the empty list to take along."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.plain.problem import Refused
from prasan.web import values
from prasan.web.clock import now
from prasan.web.fields import sentence

from ..actions import intake as actions
from ..forms import intake as forms
from ..forms import intake_book
from ..models import Intake, IntakePerson
from ..rules import intake as rules
from ..rules.intake_lines import COLUMNS
from .intake import address

SHOWN_WRONG = 200


@allow("identification.record_intake_person")
def enter_people(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """The fast table: rows side by side, running numbers from the server when all of it is saved."""
    asked = request.GET.get("rows", "")
    count = int(asked) if asked.isdecimal() and int(asked) in (1, *forms.TABLE_ROWS) else forms.TABLE_ROWS[0]
    data = request.POST if request.method == "POST" else None
    same, rows = forms.table_forms(data, count)
    said: list[dict[str, Any]] = []
    status = 200
    if data is not None:
        filled = [row for row in rows if not row.is_empty]
        slips = [row for row in filled if not row.is_valid()]  # each is read, so that every slip is shown at once
        if same.is_valid() and not slips:
            try:
                written = actions.add_people(by=request.user, intake=intake, lines=[r.line for r in filled], at=now())
            except Refused as refused:
                said = [{"text": sentence(problem)} for problem in refused.problems]
            else:
                return _entered(request, intake, written, count)
        status = 422
    return render(request, "identification/intake_table.html", {
        "title": _("Enter people"), "caption": intake.code, "back_href": address("intake", intake), "same": same,
        "rows": rows, "count": count, "sizes": (1, *forms.TABLE_ROWS), "lines": [*said, *_slips(rows, data)],
        "marks": [_("%(short)s: %(mark)s") % pair for pair in _marks()],
        "short_marks": [pair["short"] for pair in _marks()],
    }, status=status)  # fmt: skip


def _slips(rows: list[forms.RowForm], data: Any) -> list[dict[str, Any]]:
    """What is wrong in the table, each line a way to its cell."""
    return [
        {"text": _("Row %(n)s: %(said)s") % {"n": values.number(place), "said": error}, "href": f"#{field.auto_id}"}
        for place, row in enumerate(rows if data is not None else [], start=1) if not row.is_empty
        for field in row for error in field.errors
    ]  # fmt: skip


def _marks() -> list[dict[str, str]]:
    return [{"short": str(forms.SHORT_MARKS[code]), "mark": _(rules.URGENT[code])} for code in forms.MARKS]


def _entered(request: HttpRequest, intake: Intake, written: list[IntakePerson], count: int) -> HttpResponse:
    told = {"first": values.number(written[0].number), "last": values.number(written[-1].number)}
    if len(written) == 1:
        messages.success(request, _("Saved. The number is %(first)s.") % told)
    else:
        messages.success(request, _("Saved. The numbers are %(first)s to %(last)s.") % told)
    return redirect(address("enter-people", intake) + f"?rows={count}")


@allow("identification.record_intake_person")
def import_people(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """A list as a file: all good, or every slip with its row and column and nothing written."""
    form = forms.ListForm(request.POST or None, request.FILES or None)
    wrong: list[dict[str, Any]] = []
    counts: dict[str, int] = {}
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            book = intake_book.read_book(file.name, file.read(intake_book.MOST_BYTES + 1))
            told = actions.sorted_lines(intake, book.lines)
            slips = [*book.wrong, *(intake_book.Wrong(row, "number", problem) for row, problem in told.differing)]
            wrong = [_slip(slip) for slip in sorted(slips, key=lambda slip: slip.row)]
            counts = {"good": len(told.new), "same": told.same, "bad": len({slip.row for slip in slips})}
            if not wrong or form.cleaned_data["accept_good"]:
                written = actions.import_people(by=request.user, intake=intake, lines=told.new, at=now())
                return _imported(request, intake, written, told.same, counts["bad"])
        except Refused as refused:
            form.add_problems(refused.problems)
    head = [{"key": "row", "text": _("Row"), "numeric": True}, {"key": "column", "text": _("Column")},
            {"key": "said", "text": _("What is wrong")}]  # fmt: skip
    return render(request, "identification/intake_import.html", {
        "title": _("Enter a list"), "caption": intake.code, "back_href": address("intake", intake), "form": form,
        "wrong": wrong[:SHOWN_WRONG], "more": len(wrong) - SHOWN_WRONG, "counts": counts, "head": head,
        "submit_text": _("Enter the list"),
        "actions": [{"text": _("Empty list with codes"), "href": reverse("identification:intake-template"),
                     "kind": "secondary"}],
    }, status=200 if request.method == "GET" else 422)  # fmt: skip


def _slip(slip: intake_book.Wrong) -> dict[str, Any]:
    return {"row": slip.row, "column": _(COLUMNS.get(slip.column, slip.column)), "said": sentence(slip.problem)}


def _imported(request: HttpRequest, intake: Intake, written: int, same: int, left: int) -> HttpResponse:
    told = {"new": values.number(written), "same": values.number(same), "left": values.number(left)}
    messages.success(request, _("%(new)s people entered, %(same)s were there already, %(left)s rows left out.") % told)
    return redirect(address("intake", intake))


@allow("identification.record_intake_person")
def template(request: HttpRequest) -> FileResponse:
    """The empty list with its codes."""
    return FileResponse(intake_book.template(), as_attachment=True, filename="prasan-intake.xlsx")
