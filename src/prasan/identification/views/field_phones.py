"""The desk's phones: registered with a code that is shown once, listed, revoked."""

import qrcode
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from prasan.access.allow import allow
from prasan.access.pages import act_page, version_of
from prasan.plain.problem import Refused
from prasan.web import qr
from prasan.web.clock import now

from .. import queries_of_field as queries
from ..actions import field as actions
from ..forms import field as forms
from ..models import FieldDevice
from ..queries_of_intake import my_desks


@allow("identification.manage_device")
def devices(request: HttpRequest) -> HttpResponse:
    """The phones of the viewer's desks."""
    rows = [
        {
            "label": row.label, "staff": row.staff.shown_name(), "desk": row.desk.name, "status": _status_of(row),
            "seen": row.seen_at or _("Never"),
            "act": "" if row.revoked_at else {"text": _("Revoke"), "href": reverse(
                "identification:field-revoke", kwargs={"device": row.pk})},
        }
        for row in queries.devices(request.user)
    ]  # fmt: skip
    head = [{"key": "label", "text": _("Phone")}, {"key": "staff", "text": _("Who carries it")},
            {"key": "desk", "text": _("Desk")}, {"key": "status", "text": _("Status")},
            {"key": "seen", "text": _("Last sent")}, {"key": "act", "text": _("What to do")}]  # fmt: skip
    return render(request, "web/list.html", {
        "title": _("Field phones"), "head": head, "rows": rows, "page": None,
        "back_href": reverse("identification:field-arrived"),
        "lead": _("A phone may send finished forms to a desk, and read nothing. Revoke it as soon as it is lost."),
        "actions": [{"text": _("Register a phone"), "href": reverse("identification:field-register")}],
        "empty": {"title": _("No phones yet"), "text": _("Register a phone, then scan the square with it.")},
    })  # fmt: skip


def _status_of(device: FieldDevice) -> dict[str, str]:
    if device.revoked_at:
        return {"tag": _("Revoked"), "colour": "red"}
    if device.paired_at:
        return {"tag": _("In use"), "colour": "green"}
    return {"tag": _("Not connected yet"), "colour": "yellow"}


@allow("identification.manage_device")
def register_device(request: HttpRequest) -> HttpResponse:
    """Register one's own phone; the square and the code are shown this once, on the page that answers."""
    options = {"desks": my_desks(request.user)}
    context = {"title": _("Register a phone"), "back_href": reverse("identification:field-devices"),
               "submit_text": _("Register"),
               "lead": _("The phone is yours: what it sends is recorded as sent by you."),
               "act": "identification.manage_device"}  # fmt: skip
    if request.method != "POST":
        form = forms.DeviceForm(**options)
        return render(request, "web/form.html", {**context, "form": form})
    form = forms.DeviceForm(request.POST, **options)
    if form.is_valid():
        try:
            device, code = actions.register_device(by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_problems(refused.problems)
        else:
            return _paired_page(request, device, code)
    return render(request, "web/form.html", {**context, "form": form}, status=422)


def _paired_page(request: HttpRequest, device: FieldDevice, code: str) -> HttpResponse:
    page = request.build_absolute_uri(reverse("identification:field-app"))
    drawn = qrcode.make(f"{page}#{code}", image_factory=SvgPathImage).to_string(encoding="unicode")
    return render(request, "identification/field_code.html", {
        "title": _("Connect “%(label)s”") % {"label": device.label}, "page": page,
        "square": qr.inline(drawn, label=_("Square to scan with the phone")),
        "code": "-".join(code[n : n + 4] for n in range(0, len(code), 4)),
        "back_href": reverse("identification:field-devices"),
    })  # fmt: skip


@allow("identification.manage_device", device="identification.FieldDevice")
def revoke_device(request: HttpRequest, *, device: FieldDevice) -> HttpResponse:
    """From now on the phone may not send."""
    return act_page(
        request, forms.RevokeForm,
        lambda _v: actions.revoke_device(by=request.user, device=device, version=version_of(request, device), at=now()),
        act="identification.manage_device", title=_("Revoke “%(label)s”") % {"label": device.label},
        lead=_("It may send nothing more. When it next has a network it deletes its unfinished forms; what is "
               "finished stays sealed on it. What came before stays here."),
        done=reverse("identification:field-devices"), back_href=reverse("identification:field-devices"),
        submit_text=_("Revoke"), danger=True, version=device.version, draft_url="",
    )  # fmt: skip
