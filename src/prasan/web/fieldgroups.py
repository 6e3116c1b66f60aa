"""Draws one field as label, hint, error and control, tied together for those who listen to a page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prasan.web.components import component
from prasan.web.widgets import ClockInput, DayInput, InstantInput, PartialDateInput

PASSED_ON = ("spellcheck", "inputmode", "pattern", "autocapitalize")
TYPES = {"text", "email", "number", "search", "tel", "url", "password"}


def render(bound: BoundField) -> SafeString:
    """Draw a field by the kind of its control; what the kit does not know keeps its own control inside."""
    if bound.is_hidden:
        return SafeString(bound.as_hidden())
    widget = bound.field.widget
    for kind, draw in DRAWERS:
        if isinstance(widget, kind):
            return draw(bound)
    return _wrapped(bound)


def summary_lines(form: forms.BaseForm) -> list[dict[str, Any]]:
    """List the errors of a form, whole-form ones first, each pointing at the control to put right."""
    if not form.is_bound:
        return []
    lines: list[dict[str, Any]] = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        lines += [
            {"text": str(error)} if bound.is_hidden else {"text": str(error), "href": f"#{first_id(bound)}"}
            for error in bound.errors
        ]
    return lines


def first_id(bound: BoundField) -> str:
    """Give the id of the first control of a field, where the reader is sent from the summary."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    if isinstance(widget, forms.MultiWidget):
        return str(_parts(bound)[0]["id"])
    return bound.auto_id


def label_text(bound: BoundField) -> str:
    """Give the label, and say so when the answer may be left out."""
    label = str(bound.label)
    plain = bound.field.required or isinstance(bound.field.widget, forms.CheckboxInput)
    if plain or not getattr(bound.form, "mark_optional", True):
        return label
    return _("%(label)s (optional)") % {"label": label}


def _hint(bound: BoundField) -> dict[str, Any] | None:
    """Give the hint, and for a day what was understood, in both calendars."""
    said = getattr(bound.field, "reading", lambda bound: "")(bound)
    if not said:
        return {"text": str(bound.help_text)} if bound.help_text else None
    read = format_html('<span class="prasan-reading">{}</span>', _("Read as %(day)s") % {"day": said})
    return {"html": format_html("{}<br>{}", bound.help_text, read) if bound.help_text else read}


def _error(bound: BoundField) -> dict[str, Any] | None:
    """Give every sentence about this field."""
    if not bound.errors:
        return None
    return {"html": format_html_join(SafeString("<br>"), "{}", ([str(error)] for error in bound.errors))}


def _shared(bound: BoundField, **more: Any) -> dict[str, Any]:
    """Give what all controls have in common, leaving out what is absent."""
    given = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "hint": _hint(bound),
        "error_message": _error(bound),
    }
    return {key: value for key, value in {**given, **more}.items() if value is not None}


def _labelled(bound: BoundField, **more: Any) -> dict[str, Any]:
    """Add the label, in bold, as each is a question."""
    return _shared(bound, label={"text": label_text(bound), "classes": "govuk-label--s"}, **more)


def _legend(bound: BoundField) -> dict[str, Any]:
    """Give the question of a group of controls."""
    return {"legend": {"text": label_text(bound), "classes": "govuk-fieldset__legend--s"}}


def _extra(bound: BoundField) -> dict[str, Any]:
    """Pass on data attributes, lengths and the switch that says a field cannot be changed."""
    attrs = bound.field.widget.attrs
    kept = {
        key: value
        for key, value in attrs.items()
        if key.startswith(("data-", "hx-", "aria-")) or key in {"maxlength", "min", "max", "step", "readonly"}
    }
    return {key: ("" if value is True else value) for key, value in kept.items() if value is not False}


def _input(bound: BoundField) -> SafeString:
    """Draw one line of text."""
    widget = bound.field.widget
    attrs = widget.attrs
    kind = getattr(widget, "input_type", "text")
    value = widget.format_value(bound.value())
    given = _labelled(
        bound,
        value="" if value is None or kind == "password" else str(value),
        type=kind if kind in TYPES - {"number"} else "text",
        classes=attrs.get("class", ""),
        autocomplete=attrs.get("autocomplete", "off"),
        attributes=_extra(bound),
        disabled=bound.field.disabled or None,
        **{key: attrs[key] for key in PASSED_ON if key in attrs},
    )
    if kind == "number":
        given |= {"inputmode": "numeric", "classes": attrs.get("class", "govuk-input--width-5")}
    for side in ("prefix", "suffix"):
        if getattr(bound.field, side, None) and isinstance(getattr(bound.field, side), str):
            given[side] = {"text": getattr(bound.field, side)}
    if kind == "password":
        given.pop("type")
        return component("password-input", **given)
    return component("input", **given)


def _textarea(bound: BoundField) -> SafeString:
    """Draw a text of several lines."""
    attrs = bound.field.widget.attrs
    value = bound.value()
    return component(
        "textarea",
        **_labelled(
            bound,
            value="" if value is None else str(value),
            rows=attrs.get("rows", 5),
            autocomplete=attrs.get("autocomplete", "off"),
            attributes=_extra(bound),
            classes=attrs.get("class", ""),
        ),
    )


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    """Give the choices of radios or ticks, with the hint that a choice may carry."""
    hints = getattr(bound.field, "choice_hints", {})
    items = []
    for option in bound.subwidgets:
        data = option.data
        if data["value"] in ("", None) and bound.field.required:
            continue
        item = {
            "id": data["attrs"]["id"],
            "value": str(data["value"]),
            "text": str(data["label"]),
            "checked": bool(data["selected"]),
        }
        hint = hints.get(str(data["value"]))
        items.append({**item, "hint": {"text": str(hint)}} if hint else item)
    return items


def _radios(bound: BoundField) -> SafeString:
    """Draw a choice of one."""
    items = _choices(bound)
    inline = "govuk-radios--inline" if len(items) == 2 and not any("hint" in item for item in items) else ""
    given = _shared(bound, id_prefix=bound.auto_id, fieldset=_legend(bound), items=items, classes=inline)
    return component("radios", **given)


def _ticks(bound: BoundField) -> SafeString:
    """Draw a choice of several."""
    given = _shared(bound, id_prefix=bound.auto_id, fieldset=_legend(bound), items=_choices(bound))
    return component("checkboxes", **given)


def _tick(bound: BoundField) -> SafeString:
    """Draw one box to tick; its hint belongs to the box."""
    item = {
        "id": bound.auto_id,
        "value": "on",
        "text": label_text(bound),
        "checked": bool(bound.value()),
        "attributes": _extra(bound),
    }
    hint = _hint(bound)
    given = _shared(bound, id_prefix=bound.auto_id, items=[{**item, "hint": hint} if hint else item])
    given.pop("hint", None)
    return component("checkboxes", **given)


def _select(bound: BoundField) -> SafeString:
    """Draw a list to choose from; a list in groups or of several keeps its own control."""
    widget = bound.field.widget
    groups = list(widget.optgroups(bound.html_name, _as_list(widget.format_value(bound.value()))))
    if widget.allow_multiple_selected or any(name for name, _options, _index in groups):
        return _wrapped(bound)
    items = [
        {"value": str(option["value"] or ""), "text": str(option["label"]), "selected": option["selected"]}
        for _name, options, _index in groups
        for option in options
    ]
    return component("select", **_labelled(bound, items=items, attributes=_extra(bound)))


def _as_list(value: Any) -> list[str]:
    """Give chosen values as the widget compares them."""
    return value if isinstance(value, list) else [str(value)]


def _file(bound: BoundField) -> SafeString:
    """Draw the choice of a file."""
    attrs = {**_extra(bound), **{k: v for k, v in bound.field.widget.attrs.items() if k == "accept"}}
    return component("file-upload", **_labelled(bound, attributes=attrs))


def _parts(bound: BoundField) -> list[dict[str, Any]]:
    """Give the texts of a control made of several, with what was entered in each."""
    data = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})
    return [
        {
            "id": part["attrs"]["id"],
            "name": part["name"],
            "value": part["value"] or "",
            "checked": part["attrs"].get("checked", False),
        }
        for part in data["widget"]["subwidgets"]
    ]


def _pieces(bound: BoundField) -> SafeString:
    """Draw day and clock, or day, month, year and `about`, as one question."""
    widget = bound.field.widget
    items = []
    about = SafeString("")
    for part, look in zip(_parts(bound), widget.looks(), strict=True):
        if look.get("tick"):
            tick = {"id": part["id"], "value": "on", "text": str(look["label"]), "checked": part["checked"]}
            about = component(
                "checkboxes",
                name=part["name"],
                id_prefix=part["id"],
                items=[tick],
                classes="govuk-checkboxes--small",
            )
            continue
        wrong = " govuk-input--error" if bound.errors else ""
        items.append(
            {
                **part,
                "label": str(look["label"]),
                "classes": look["classes"] + wrong,
                "autocomplete": "off",
                "inputmode": look.get("inputmode", "numeric"),
            }
        )
    given = _shared(bound, fieldset=_legend(bound), items=items)
    given.pop("name")
    return component("date-input", **given, form_group={"afterInputs": {"html": about}})


def _wrapped(bound: BoundField) -> SafeString:
    """Draw a control that the kit does not know inside our label, hint and error."""
    attrs: dict[str, str | bool] = (
        {"class": "govuk-select prasan-select"} if isinstance(bound.field.widget, forms.Select) else {}
    )
    ids = [
        f"{bound.auto_id}-{part}"
        for part, shown in (("hint", _hint(bound)), ("error", bound.errors))
        if shown
    ]
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    given = {
        "bound": bound,
        "label": label_text(bound),
        "hint": _hint(bound),
        "control": bound.as_widget(attrs=attrs),
    }
    return SafeString(bound.form.renderer.render("web/forms/wrapped.html", given))


DRAWERS: list[tuple[type | tuple[type, ...], Callable[[BoundField], SafeString]]] = [
    ((InstantInput, PartialDateInput), _pieces),
    ((DayInput, ClockInput), _input),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _ticks),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.widgets.Input, _input),
]
