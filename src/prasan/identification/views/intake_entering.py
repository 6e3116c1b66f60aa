"""How people get into an intake: a fast table on a tablet, a list as a file, and the empty list to take along."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access import drafts
from prasan.access.allow import allow
from prasan.access.pages import act_page
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
SIZES = (1, *forms.TABLE_ROWS)


@allow("identification.record_intake_person")
def enter_people(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """The fast table: rows side by side, running numbers from the server when all of it is saved, once."""
    here, asked = address("enter-people", intake), request.GET.get("rows", "")
    count = int(asked) if asked.isdecimal() and int(asked) in SIZES else forms.TABLE_ROWS[0]
    if request.method == "POST" and request.POST.get("size", "") in map(str, SIZES):
        return _with_rows(request, here)
    if request.method == "GET" and not asked and (begun := _begun(request, here)) != here:
        return redirect(begun)
    return act_page(
        request, forms.TableForm, lambda v: actions.add_people(by=request.user, intake=intake, at=now(), **v),
        act="identification.record_intake_person", title=_("Enter people"), caption=intake.code, said=_entered,
        done=_table(here, count), back_href=address("intake", intake), template="identification/intake_table.html",
        form_options={"count": count}, count=count, sizes=SIZES, submit_text=_("Save all rows"),
        marks=[_("%(short)s: %(mark)s") % pair for pair in _marks()], short_marks=[pair["short"] for pair in _marks()],
    )  # fmt: skip


def _table(here: str, count: int) -> str:
    return f"{here}?rows={count}"


def _begun(request: HttpRequest, here: str) -> str:
    """Where the viewer left rows unsaved: nobody need remember how many rows that table had."""
    places = [here, *(_table(here, count) for count in SIZES)]
    return next((place for place in places if drafts.kept(request.user, place)), here)


def _with_rows(request: HttpRequest, here: str) -> HttpResponse:
    """Another number of rows: what was typed goes along as the draft of that table, which holds all of it."""
    typed = request.POST.copy()
    wanted = int(typed.pop("size")[-1])
    filled = [place for place, _row in forms.TableForm(typed, count=SIZES[-1]).filled()]
    there = _table(here, next(count for count in SIZES if count >= max([wanted, *filled])))
    drafts.drop(request.user, request.get_full_path())
    drafts.keep(request.user, there, typed)
    return redirect(there)


def _marks() -> list[dict[str, str]]:
    return [{"short": str(forms.SHORT_MARKS[code]), "mark": _(rules.URGENT[code])} for code in forms.MARKS]


def _entered(written: list[IntakePerson]) -> str:
    told = {"first": values.number(written[0].number), "last": values.number(written[-1].number)}
    if len(written) == 1:
        return _("Saved. The number is %(first)s.") % told
    return _("Saved. The numbers are %(first)s to %(last)s.") % told


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
