"""What is asked around an intake: the event, its people in a table or one by one, and the screening of one person."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.opening import REASONS
from prasan.cases.rules import ERROR_REASONS
from prasan.packs import names
from prasan.plain.problem import Problem
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    FileField,
    Form,
    HiddenInput,
    IntegerField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
    sentence,
)
from prasan.web.values import labelled, language, number

from .. import rules as stages
from ..rules import intake as rules
from ..rules.forms import SPOKEN
from ..rules.intake_lines import COLUMNS, Line, read_line
from ..rules.protection import REFUSED, SEXES
from . import asking
from .drawing import drawn_groups

TABLE_ROWS = (10, 20, 40)
WIDTHS = {"name": 20, "sex": 3, "age": 4, "nationality": 5, "language": 5}
MARKS = tuple(code for code in rules.URGENT if code != "child")
SHORT_MARKS = {
    "injured": _("Ill"), "pregnant": _("Baby"), "alone": _("Alone"), "danger": _("Danger"), "medicine": _("Medicine")
}  # fmt: skip


def choose(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _now("Choose")), *pairs]


class IntakeForm(Form):
    """The event: when, where, in which situation. The desk is asked only of those who are on more than one."""

    desk = RadioField(label=_("Intake desk"))
    on = DayField(label=_("Day"))
    place = SelectField(label=_("Kind of place"))
    province = SelectField(label=_("Province"), required=False)
    situation = SelectField(
        label=_("Situation"), help_text=_("It decides which screening form is offered first. Each person may differ.")
    )
    expected = IntegerField(label=_("How many people are expected"), required=False)

    def __init__(self, *args: Any, desks: list[Any], **given: Any) -> None:
        super().__init__(*args, **given)
        self.desks = {row.code: row for row in desks}
        self.fields["desk"].choices = [(row.code, row.name) for row in desks]
        if len(desks) == 1:
            del self.fields["desk"]
        self.fields["place"].choices = choose(labelled(stages.PLACES))
        self.fields["province"].choices = choose(packs.choices("province", language()))
        self.fields["situation"].choices = choose(packs.choices("screening_situation", language()))

    def clean(self) -> dict[str, Any]:
        """Hand on the desk itself."""
        told = dict(super().clean() or {})
        told["desk"] = self.desks.get(told.get("desk", "")) or next(iter(self.desks.values()))
        return told


class FilterForm(Form):
    """Which people of the queue to show."""

    mark_optional = False
    status = SelectField(label=_("Status"), required=False)
    group = SelectField(label=_("Group"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["status"].choices = [("", _now("All")), ("open", _now("Still open")),
                                         *labelled(rules.PERSON_STATUSES)]  # fmt: skip
        self.fields["group"].choices = [("", _now("All")), *labelled(rules.GROUPS)]


class SameForAllForm(Form):
    """What a whole table has in common; a row may say otherwise."""

    prefix = "all"
    nationality = SelectField(label=_("Nationality of all"), required=False)
    language = SelectField(label=_("Language of all"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["nationality"].choices = choose(names.countries(language()))
        self.fields["language"].choices = choose(names.languages(language()))


class RowForm(Form):
    """One line of the fast table: words, as the list takes them, so that nobody leaves the keyboard."""

    name = CharField(label=_("Name"), required=False, max_length=200)
    sex = CharField(label=_("Sex"), required=False, max_length=20)
    age = CharField(label=_("Age"), required=False, max_length=20)
    nationality = CharField(label=_("Nationality"), required=False, max_length=60)
    language = CharField(label=_("Language"), required=False, max_length=60)
    marks = TicksField(label=_("Urgent marks"), required=False)

    def __init__(self, *args: Any, same: dict[str, str] | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.same = same or {}
        self.line = Line()
        self.fields["marks"].choices = [(code, str(SHORT_MARKS[code])) for code in MARKS]
        for name, width in WIDTHS.items():
            self.fields[name].widget.attrs["class"] = f"govuk-input--width-{width}"

    def clean(self) -> dict[str, Any]:
        """Read the cells as a line of a list is read; each slip stands beside its cell."""
        told = dict(super().clean() or {})
        cells = {name: told.get(name) or self.same.get(name, "") for name in ("nationality", "language")}
        cells |= {name: told.get(name, "") for name in ("name", "sex", "age")}
        self.line, problems = read_line({**cells, "urgent": ";".join(told.get("marks") or [])})
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, sentence(problem))
        return told

    @property
    def is_empty(self) -> bool:
        """Nothing was typed or ticked in this row."""
        typed = ("name", "sex", "age", "nationality", "language")
        if any(self.data.get(self.add_prefix(name), "").strip() for name in typed):
            return False
        return self.add_prefix("marks") not in self.data


class TableForm(Form):
    """The fast table as one form: what all have in common, and rows of which the empty ones are left out."""

    def __init__(self, data: Any = None, files: Any = None, *, count: int, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        kept = dict(initial or {})
        self.same = SameForAllForm(data, initial=_under("all", kept))
        held = {}
        if data is not None and self.same.is_valid():
            held = {name: self.same.cleaned_data.get(name, "") for name in ("nationality", "language")}
        self.rows = [RowForm(data, prefix=f"r{n}", same=held, initial=_under(f"r{n}", kept)) for n in range(count)]

    def is_valid(self) -> bool:
        """Whether no row that was filled is wrong."""
        return super().is_valid() and self.same.is_valid() and not self.slips()

    def clean(self) -> dict[str, Any]:
        """The filled rows as lines of a list."""
        return {"lines": [row.line for _place, row in self.filled() if row.is_valid()]}

    def filled(self) -> list[tuple[int, RowForm]]:
        """The rows in which something was sent, each with its place; none before anything was sent."""
        rows = enumerate(self.rows if self.is_bound else [], start=1)
        return [(place, row) for place, row in rows if not row.is_empty]

    def slips(self) -> list[dict[str, str]]:
        """What is wrong in the rows that were filled, each line a way to its cell."""
        return [
            {"text": _now("Row %(n)s: %(said)s") % {"n": number(place), "said": error}, "href": f"#{cell.auto_id}"}
            for place, row in self.filled() for cell in row for error in cell.errors
        ]  # fmt: skip

    def entered(self) -> list[dict[str, Any]]:
        """What was typed and ticked, row by row."""
        return [{"label": number(place), "value": [text for cell in row.entered() for text in cell["value"]]}
                for place, row in self.filled()]  # fmt: skip


def _under(prefix: str, kept: dict[str, Any]) -> dict[str, Any]:
    """The values of a draft that belong to one row; ticks are a list, also where only one was set."""
    own = {name.removeprefix(f"{prefix}-"): kept[name] for name in kept if name.startswith(f"{prefix}-")}
    marks = own.get("marks", [])
    return own | {"marks": marks if isinstance(marks, list) else [marks]}


class PersonForm(Form):
    """One person, corrected: the same words, with the group's marks."""

    name = CharField(
        label=_("Name"), required=False, max_length=200,
        help_text=_("Leave empty to keep the name that is sealed."),
    )  # fmt: skip
    sex = RadioField(label=_("Sex"), required=False)
    age = CharField(
        label=_("Age"), required=False, max_length=20,
        help_text=_("Years, or “adult”, “child”, “unknown”. Who is not known to be an adult counts as a child."),
    )  # fmt: skip
    nationality = SelectField(label=_("Nationality"), required=False)
    language = SelectField(label=_("Language"), required=False)
    marks = TicksField(label=_("Urgent marks"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["sex"].choices = labelled(SEXES)
        self.fields["nationality"].choices = choose(names.countries(language()))
        self.fields["language"].choices = choose(names.languages(language()))
        self.fields["marks"].choices = labelled({code: rules.URGENT[code] for code in MARKS})

    def clean(self) -> dict[str, Any]:
        """Hand on one line, and the name apart."""
        told = dict(super().clean() or {})
        cells = {name: told.get(name, "") for name in COLUMNS if name not in {"urgent", "number"}}
        line, problems = read_line({**cells, "urgent": ";".join(told.get("marks") or [])})
        self.add_problems(problems)
        return {"line": line, "name": told.get("name", "")}


class ListForm(Form):
    """A list of people as a file."""

    file = FileField(label=_("List of people"), help_text=_("A workbook (.xlsx) or a CSV file in UTF-8, up to 8 MB."))
    accept_good = BooleanField(label=_("Write the good rows and leave the others out"), required=False)


class GroupForm(Form):
    """Who comes first, chosen by somebody on the spot."""

    group = RadioField(label=_("Group"))
    version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["group"].choices = labelled(rules.GROUPS)


class OpenNameForm(Form):
    """Why somebody who does not screen the person needs the name."""

    why = RadioField(label=_("Why do you open the name?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        reasons = ("contact", "interview", "safety", "services", "correct", "duplicate")
        self.fields["why"].choices = labelled({code: REASONS[code] for code in reasons})


class InErrorForm(Form):
    """Somebody should not be in this list."""

    reason = RadioField(label=_("What was wrong"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason"].choices = labelled(ERROR_REASONS)


class RefusalForm(Form):
    """An adult says no."""

    refused = RadioField(label=_("What was refused"))
    sex = RadioField(label=_("Sex"), help_text=_("For the count alone."))
    card_given = BooleanField(label=_("The card with safe information was handed over"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["refused"].choices = labelled(REFUSED)
        self.fields["sex"].choices = labelled(SEXES)


class ScreenForm(Form):
    """The questions of one form, then what follows: needs, and whether the person enters the mechanism."""

    language = SelectField(label=_("Language of the conversation"), required=False)
    interpreter = YesNoField(label=_("Was an interpreter used?"))
    child_at_time = YesNoField(
        label=_("Was the person under 18 when it happened?"), not_known=True, required=False,
        help_text=_("In doubt a person counts as a child until it is decided."),
    )  # fmt: skip
    needs = TicksField(label=_("What is needed at once"), required=False)
    enters_nrm = YesNoField(
        label=_("Does the person enter the referral mechanism?"),
        help_text=_("No closes no door: help goes on, and a new screening may follow at any time."),
    )
    mark_optional = False
    head, tail = ("language", "interpreter", "child_at_time"), ("needs", "enters_nrm")

    def __init__(self, *args: Any, form: packs.Form, spoken: str = "", child: bool | None = None, **given: Any
                 ) -> None:  # fmt: skip
        super().__init__(*args, **given)
        self.of, self.spoken = form, spoken
        self.fields["language"].choices = choose(names.languages(language()))
        self.fields["needs"].choices = labelled(stages.NEEDS)
        if child:
            del self.fields["child_at_time"]
        self.fields |= asking.form_fields(form, language(), SPOKEN.get(spoken, ""))

    def clean(self) -> dict[str, Any]:
        """Bring answers and words together."""
        told = dict(super().clean() or {})
        answers, words = asking.clean_answers(self.of, told)
        kept = {name: told.get(name) for name in (*self.head, *self.tail) if name in self.fields}
        return {**kept, "language": told.get("language") or "", "answers": answers, "words": words}

    def beginning(self) -> list[Any]:
        return [self[name] for name in self.head if name in self.fields]

    def ending(self) -> list[Any]:
        return [self[name] for name in self.tail]

    def groups(self) -> list[Any]:
        """Each group of questions as one fieldset, in the order of the form, safety first."""
        return drawn_groups(self, self.of, language(), self.spoken, {})


class MoveForm(Form):
    """Into which case: one of the viewer's, or a new one."""

    case = SelectField(label=_("Case"), required=False, blank=_("A new case"))
    title = CharField(
        label=_("Title of the new case"), required=False, max_length=120, help_text=_("It names nobody.")
    )
    forms = TicksField(label=_("Forms of exploitation of the new case"), required=False)

    def __init__(self, *args: Any, cases: list[Any], **given: Any) -> None:
        super().__init__(*args, **given)
        self.cases = {row.code: row for row in cases}
        self.fields["case"].choices = [("", _now("A new case")), *((c, c) for c in self.cases)]
        self.fields["forms"].choices = packs.choices("exploitation_form", language())

    def clean(self) -> dict[str, Any]:
        """A case, or the title of one."""
        told = dict(super().clean() or {})
        told["case"] = self.cases.get(told.get("case", ""))
        if told["case"] is None and not (told.get("title") or "").strip():
            self.add_problems([Problem(rules.NO_CASE, field="case")])
        return told


