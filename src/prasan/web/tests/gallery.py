"""Pages that use every component once, looked at by people and by the tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.translation import gettext_lazy as _

from prasan.plain.problem import Problem
from prasan.web import charts, forms

PAGE = Path(__file__).parent / "gallery.html"
NAV = [
    {"text": "My day · งานวันนี้", "href": "/", "current": True},
    {"text": "Cases · คดี", "href": "/list/"},
    {"text": "Leads · เบาะแส", "href": "/empty/"},
    {"text": "Calendar · ปฏิทิน", "href": "/detail/"},
    {"text": "Figures · ตัวเลข", "href": "/form/"},
]
CHOICES = [
    ("debt", "Debt bondage · แรงงานขัดหนี้"),
    ("sex", "Sexual exploitation"),
    ("fishing", "Work at sea · ประมง"),
]
TIERS = [
    (2001, "2"),
    (2002, "2"),
    (2003, "2"),
    (2004, "2WL"),
    (2005, "2"),
    (2006, "2"),
    (2007, "2"),
    (2008, None),
    (2009, "2"),
    (2010, "2WL"),
    (2011, "2WL"),
    (2012, "2WL"),
    (2013, "2WL"),
    (2014, "3"),
    (2015, "3"),
    (2016, "2WL"),
    (2017, "2WL"),
    (2018, "2"),
    (2019, "2"),
    (2020, "2"),
    (2021, "2WL"),
    (2022, "2"),
    (2023, "2"),
    (2024, "2"),
    (2025, "2"),
]


class Everything(forms.Form):
    """One field of each kind."""

    place = forms.CharField(label=_("Place"), help_text="ตำบล อำเภอ จังหวัด / subdistrict, district, province")
    on = forms.DayField(label=_("Day of the offence"))
    at = forms.InstantField(label=_("Arrest"), required=False)
    born = forms.PartialDateField(label=_("Born"), required=False)
    amount = forms.MoneyField(label=_("Amount claimed"))
    form = forms.SelectField(label=_("Form of exploitation"), choices=CHOICES)
    kind = forms.RadioField(
        label=_("Main form"), choices=CHOICES, choice_hints={"debt": "Palermo, art. 3 (a)"}
    )
    signs = forms.TicksField(label=_("Signs seen"), choices=CHOICES, required=False)
    safe = forms.YesNoField(label=_("Is the person safe now?"), not_known=True)
    willing = forms.YesNoField(label=_("Wants to speak with a lawyer"))
    agreed = forms.BooleanField(
        label=_("The person has agreed, in their own language"), help_text="ลายมือชื่อหรือคำพูด"
    )
    story = forms.LongTextField(label=_("What was told"), required=False)
    paper = forms.FileField(label=_("Signed paper"), required=False)
    count = forms.IntegerField(label=_("How many people"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t", required=False)


def everything(request: HttpRequest) -> HttpResponse:
    """Draw messages, figures and the small components."""
    messages.success(request, "Saved. บันทึกแล้ว")
    stages = [
        charts.Stage("ระบุตัวผู้เสียหาย / Identified", 78),
        charts.Stage("Filed · ฟ้อง", 40, 12),
        charts.Stage("Paid · ได้รับเงิน", 3, 21),
    ]
    bars = [
        charts.Bar("2561", 40),
        charts.Bar("2562", None),
        charts.Bar("2563", 78),
        charts.Bar("2564", 19, provisional=True),
    ]
    found = {
        "title": "Component gallery · ส่วนประกอบ",
        "nav": NAV,
        "tier_chart": charts.steps("Tier by year", "From 3 back to 2", TIERS, ident="tiers", tier_word=""),
        "bar_chart": charts.bars('People <b>&"', "Fewest in 2564", bars, ident="people"),
        "funnel_chart": charts.funnel("Cohort", "3 of 78 paid, 21 pending", stages, ident="cohort"),
        "head": ["Year", "People"],
        "numbers": [[bar.label, bar.value] for bar in bars],
    }
    page = engines["django"].from_string(PAGE.read_text("utf-8"))
    return HttpResponse(page.render(found, request))


def form_page(request: HttpRequest) -> HttpResponse:
    """Draw the form: empty, or with what is wrong."""
    form = Everything(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        form.add_problems(
            [
                Problem("The day lies after %(today)s.", "on", {"today": "today"}),
                Problem("The case is closed."),
            ]
        )
    found = {
        "title": "Record what happened · บันทึกเหตุการณ์",
        "form": form,
        "nav": NAV,
        "lead": "Ask once; nobody tells it twice.",
        "submit_text": "Save and go on",
        "save_later_text": "Save for later",
        "cancel_href": "/",
        "back_href": "/",
        "version": 3,
        "draft_url": "/draft/",
        "draft": {
            "saved_at": datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
            "restore_href": "?draft=1",
            "discard_href": "/draft/",
        },
    }
    return render(request, "web/form.html", found)


def list_page(request: HttpRequest) -> HttpResponse:
    """Draw a list with a filter, actions and pages."""
    rows = [
        {
            "href": "/detail/",
            "code": f"C-7K3M{n:02}",
            "stage": {"tag": "In court · ชั้นศาล", "colour": "teal"},
            "opened": date(2024, 2, 15),
            "claimed": {"amount": Decimal("200000"), "currency": "THB"},
            "people": 1200 + n,
            "lead": None,
        }
        for n in range(60)
    ]
    page = Paginator(rows, 8).get_page(request.GET.get("page"))
    head = [
        {"key": "code", "text": "Code · รหัส"},
        {"key": "stage", "text": "Stage"},
        {"key": "opened", "text": "Opened"},
        {"key": "lead", "text": "Lead"},
        {"key": "people", "text": "People", "numeric": True},
        {"key": "claimed", "text": "Claimed", "numeric": True},
    ]
    actions = [
        {"text": "Open a case", "href": "/form/"},
        {
            "text": "Close",
            "refused": "Two people of different disciplines must agree first. ต้องมีผู้เห็นชอบสองคนต่างสาขา",
        },
    ]
    return render(
        request,
        "web/list.html",
        {
            "title": "Cases · คดี",
            "nav": NAV,
            "head": head,
            "rows": page.object_list,
            "page": page,
            "actions": actions,
            "filter_form": Filter(request.GET or None),
            "table_caption": "Your cases",
            "count_text": "60",
        },
    )


class Filter(forms.Form):
    """A filter of two fields."""

    mark_optional = False

    q = forms.CharField(label=_("Code"), required=False)
    stage = forms.SelectField(label=_("Stage"), choices=CHOICES, blank=_("All"), required=False)


def empty_page(request: HttpRequest) -> HttpResponse:
    """Draw a list that holds nothing."""
    empty = {
        "title": "No lead waits · ไม่มีเบาะแสที่รอ",
        "text": "What reaches the desk appears here first.",
        "href": "/form/",
        "action": "Record a lead",
    }
    return render(
        request, "web/list.html", {"title": "Leads · เบาะแส", "nav": NAV, "rows": [], "empty": empty}
    )


def detail_page(request: HttpRequest) -> HttpResponse:
    """Draw one record."""
    sections = [
        {
            "title": "Wishes and safety · ความประสงค์และความปลอดภัย",
            "rows": [
                {
                    "label": "Wishes",
                    "value": "To go home before the rains · อยากกลับบ้านก่อนฝน",
                    "href": "/form/",
                },
                {"label": "Safe now", "value": True},
                {"label": "Born", "value": date(2007, 6, 1)},
                {"label": "Interpreter", "value": None},
                {
                    "label": "Claimed",
                    "value": {"amount": Decimal("200000.50"), "currency": "THB"},
                    "href": "/form/",
                },
            ],
        },
        {
            "title": "What happened · ลำดับเหตุการณ์",
            "timeline": [
                {
                    "title": "Compensation ordered",
                    "at": datetime(2025, 5, 1, 3, 0, tzinfo=UTC),
                    "by": "Preecha",
                    "text": "200,000 THB",
                },
                {"title": "Identified · ระบุตัวเป็นผู้เสียหาย", "on": date(2024, 2, 15), "by": "Mali"},
            ],
        },
    ]
    tabs = [
        {"text": "Overview · ภาพรวม", "href": "#", "current": True},
        {"text": "People", "href": "#"},
        {"text": "Evidence", "href": "#"},
        {"text": "Court", "href": "#"},
    ]
    identity = {
        "title": "C-7K3M9Q",
        "note": "opened 2024",
        "tags": [{"text": "Child", "colour": "red"}, {"text": "In court"}],
    }
    return render(
        request,
        "web/detail.html",
        {
            "title": "Case C-7K3M9Q",
            "caption": "Case",
            "nav": NAV,
            "identity": identity,
            "tabs": tabs,
            "sections": sections,
            "actions": [{"text": "Write a note", "href": "/form/"}],
        },
    )


def card_page(request: HttpRequest) -> HttpResponse:
    """Draw the card that stops a reader before a locked part."""
    return render(
        request,
        "web/interruption.html",
        {
            "title": "You are about to open an identity",
            "lead": "The opening is written down. การเปิดดูจะถูกบันทึก",
            "submit_text": "Open it",
            "cancel_href": "/",
            "form": Filter(),
            "nav": NAV,
        },
    )


def conflict_page(request: HttpRequest) -> HttpResponse:
    """Draw the page for a record that was changed meanwhile."""
    found = {
        "yours": [{"label": "Place", "value": "Ranong"}],
        "reload_href": "/form/",
        "nav": NAV,
    }
    return render(request, "409.html", found, status=409)


def refused_page(request: HttpRequest) -> HttpResponse:
    """Draw the page of a denial."""
    return render(
        request,
        "403.html",
        {"reason": "You are not in the team of this case. ท่านไม่ได้อยู่ในทีมคดีนี้", "nav": NAV},
        status=403,
    )
