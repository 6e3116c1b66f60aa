"""Addresses of the intake desk: codes and ids only."""

from django.urls import path

from .views import abuse, acts, pages

app_name = "leads"
urlpatterns = [
    path("leads/", pages.lead_list, name="list"),
    path("leads/new/", acts.record, name="record"),
    path("leads/abuse/", abuse.notices, name="abuse-notices"),
    path("leads/abuse/new/", abuse.note, name="note-abuse"),
    path("leads/abuse/<uuid:notice>/", abuse.notice_page, name="abuse-notice"),
    path("leads/abuse/<uuid:notice>/report/", abuse.report, name="report-abuse"),
    path("leads/<str:lead>/", pages.lead_page, name="lead"),
    path("leads/<str:lead>/source/", acts.open_source, name="open-source"),
    path("leads/<str:lead>/correct/", acts.correct, name="correct"),
    path("leads/<str:lead>/in-error/", acts.in_error, name="in-error"),
    path("leads/<str:lead>/triage/", acts.triage, name="triage"),
    path("leads/<str:lead>/accept/", acts.accept, name="accept"),
    path("leads/<str:lead>/merge/", acts.merge, name="merge"),
    path("leads/<str:lead>/refer/", acts.refer, name="refer"),
    path("leads/<str:lead>/close/", acts.close, name="close"),
    path("leads/<str:lead>/abuse/new/", abuse.note_of, name="note-abuse-of"),
]
