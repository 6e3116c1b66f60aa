"""Forms read days in both calendars, put each refusal beside its field, and work without a script."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.forms import PasswordInput
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from prasan.plain.birth import PartialDate
from prasan.plain.problem import Problem
from prasan.web import forms
from prasan.web.components import component
from prasan.web.tests.gallery import Everything

ANSWERS = {
    "place": "Ranong",
    "on": "15/2/2567",
    "at_day": "1 ม.ค. 2569",
    "at_clock": "06.30",
    "born_year": "2550",
    "born_about": "on",
    "amount": "๒๐๐,๐๐๐ บาท",
    "form": "debt",
    "kind": "sex",
    "signs": ["debt", "fishing"],
    "safe": "unknown",
    "willing": "no",
    "agreed": "on",
    "count": "3",
}


class One(forms.Form):
    on = forms.DayField(label=_("Day"))
    note = forms.CharField(label=_("Note"), required=False, help_text="Say <b>why</b>")


def test_every_kind_of_field_hands_on_what_the_acts_expect():
    form = Everything(ANSWERS)
    assert form.is_valid(), form.errors
    read = form.cleaned_data
    assert read["on"] == date(2024, 2, 15)
    assert read["at"] == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    assert read["born"] == PartialDate(2007, about=True)
    assert read["amount"] == Decimal("200000")
    assert read["signs"] == ["debt", "fishing"]
    assert read["safe"] is None
    assert read["willing"] is False


def test_a_day_that_was_read_is_echoed_in_both_calendars():
    body = str(One({"on": "15/2/2567"}))
    assert "15 February 2024 / 15 กุมภาพันธ์ 2567" in body
    assert 'value="15/2/2567"' in body


def test_a_day_that_cannot_be_read_is_refused_beside_its_field_and_echoes_nothing():
    form = One({"on": "31/2/2567"})
    body = str(form)
    assert "prasan-reading" not in body
    assert 'id="id_on-error"' in body
    assert 'aria-describedby="id_on-hint id_on-error"' in body
    assert '<a href="#id_on">' in body


def test_a_stored_day_is_shown_in_the_language_of_the_reader():
    with translation.override("th"):
        body = str(One(initial={"on": date(2024, 2, 15)}))
    assert 'value="15 กุมภาพันธ์ 2567"' in body


def test_a_missing_answer_names_its_question_in_the_summary():
    body = str(One({}))
    assert "Answer this: Day" in body
    assert body.index("govuk-error-summary") < body.index("govuk-label")


def test_a_problem_goes_to_its_field_and_else_above_the_form():
    form = One({"on": "15/2/2567"})
    assert form.is_valid()
    form.add_problems(
        [Problem("After %(day)s.", "on", {"day": "<b>today</b>"}), Problem("The case is closed.", "case")]
    )
    body = str(form)
    assert form.errors["on"] == ["After <b>today</b>."]
    assert form.non_field_errors() == ["The case is closed."]
    assert "After &lt;b&gt;today&lt;/b&gt;." in body
    assert "<b>today" not in body


def test_a_hint_and_an_entry_stay_text():
    body = str(One({"on": '"><script>'}))
    assert "<script>" not in body
    assert "Say &lt;b&gt;why&lt;/b&gt;" in body


def test_a_field_that_may_stay_empty_says_so_unless_the_form_only_filters():
    class Filter(One):
        mark_optional = False

    assert "Note (optional)" in str(One())
    assert "(optional)" not in str(Filter())


def test_no_field_uses_a_placeholder_and_no_browser_remembers_an_entry():
    body = str(Everything())
    assert "placeholder" not in body
    assert body.count('autocomplete="off"') >= 8


def test_radios_start_with_nothing_chosen_and_keep_what_was_chosen():
    assert " checked" not in str(Everything())
    assert 'value="unknown" checked' in " ".join(str(Everything(ANSWERS)).split())


def test_half_known_birth_dates_need_a_year_and_a_month_for_the_day():
    class Born(forms.Form):
        born = forms.PartialDateField(label=_("Born"))

    assert Born({"born_month": "6", "born_year": "๒๕๕๐"}).is_valid()
    assert not Born({"born_month": "6"}).is_valid()
    assert not Born({"born_day": "6", "born_year": "2550"}).is_valid()
    assert not Born({"born_day": "31", "born_month": "2", "born_year": "2007"}).is_valid()


def test_an_instant_needs_its_day_and_its_time():
    class At(forms.Form):
        at = forms.InstantField(label=_("At"), required=False)

    assert At({}).is_valid()
    assert At({}).fields["at"].clean(["", ""]) is None
    assert not At({"at_day": "1/1/2569"}).is_valid()
    assert not At({"at_day": "1/1/2569", "at_clock": "25:00"}).is_valid()


def test_a_stored_instant_is_shown_by_the_clock_of_bangkok():
    form = Everything(initial={"at": datetime(2025, 12, 31, 23, 30, tzinfo=UTC)})
    assert 'value="06:30"' in str(form)
    assert "1 January 2026" in str(form)


def test_a_component_escapes_text_and_markup_that_was_not_made_here():
    assert "<b>" not in component("inset-text", text="<b>")
    assert "<b>" not in component("inset-text", html="<b>")
    assert "<b>" not in component("service-navigation", slots={"start": "<b>"}, service_name="x")


def test_nested_parameters_reach_the_kit_by_double_underscore_and_by_mapping():
    one = component("input", id="a", name="a", label__text="Name", label__classes="big")
    two = component("input", id="a", name="a", label={"text": "Name", "classes": "big"})
    assert one == two
    assert 'class="govuk-label big"' in one


def test_attributes_are_refused_as_written_markup():
    with pytest.raises(TypeError):
        component("button", text="x", attributes='onclick="x"')


def test_what_was_entered_is_told_again_with_the_labels_of_choices_and_without_files_and_secrets():
    class Told(forms.Form):
        words = forms.LongTextField(label=_("Words"))
        kind = forms.RadioField(label=_("Kind"), choices=[("a", _("First"))])
        several = forms.TicksField(label=_("Several"), choices=[("x", _("One")), ("y", _("Two"))])
        yes = forms.BooleanField(label=_("Sure"), required=False)
        at = forms.InstantField(label=_("At"), required=False)
        empty = forms.CharField(label=_("Empty"), required=False)
        secret = forms.CharField(label=_("Secret"), widget=PasswordInput)
        file = forms.FileField(label=_("File"), required=False)
        version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    posted = QueryDict("words=a%0D%0Ab&kind=a&several=x&several=gone&yes=on&at_day=1/1/2569&at_clock=10:00&secret=s&version=7")
    assert [(row["label"], row["value"]) for row in Told(posted).entered()] == [
        ("Words", ["a", "b"]), ("Kind", ["First"]), ("Several", ["One", "gone"]), ("Sure", ["Yes"]),
        ("At", ["1/1/2569 10:00"]),
    ]  # fmt: skip
