"""Where the pages of sealed attachments lie."""

from django.urls import path

from . import views

app_name = "evidence"
urlpatterns = [
    path("cases/<str:case>/evidence/", views.items, name="items"),
    path("cases/<str:case>/evidence/new/", views.seal_item, name="seal-item"),
    path("cases/<str:case>/evidence/suspected-abuse/", views.record_suspicion, name="record-suspicion"),
    path("cases/<str:case>/evidence/suspected-abuse/<uuid:record>/", views.abuse_record, name="abuse-record"),
    path("cases/<str:case>/evidence/suspected-abuse/<uuid:record>/report/", views.record_report,
         name="record-report"),
    path("cases/<str:case>/evidence/<uuid:item>/", views.item, name="item"),
    path("cases/<str:case>/evidence/<uuid:item>/receipt/", views.receipt, name="receipt"),
    path("cases/<str:case>/evidence/<uuid:item>/open/", views.open_item, name="open-item"),
    path("cases/<str:case>/evidence/<uuid:item>/suspected-abuse/", views.mark_abuse, name="mark-abuse"),
    path("cases/<str:case>/evidence/<uuid:item>/correct/", views.correct_item, name="correct-item"),
]  # fmt: skip
