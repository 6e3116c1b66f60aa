"""Addresses of the acts on a case: codes and ids only."""

from django.urls import path

from . import views, views_of_asking

app_name = "cases"
urlpatterns = [
    path("cases/new/", views.open_case, name="open"),
    path("cases/<str:case>/change/", views.change_case, name="change"),
    path("cases/<str:case>/status/", views.move_case, name="move"),
    path("cases/<str:case>/team/new/", views.add_member, name="add-member"),
    path("cases/<str:case>/team/<uuid:member>/remove/", views.remove_member, name="remove-member"),
    path("cases/<str:case>/tasks/new/", views.add_task, name="add-task"),
    path("cases/<str:case>/tasks/<uuid:task>/done/", views.finish_task, name="finish-task"),
    path("cases/<str:case>/notes/new/", views.add_note, name="add-note"),
    path("cases/<str:case>/notes/<uuid:note>/share/", views.share_note, name="share-note"),
    path("cases/<str:case>/appointments/new/", views.add_appointment, name="add-appointment"),
    path("cases/<str:case>/attach-requests/new/", views_of_asking.ask_attach, name="ask-attach"),
    path("cases/<str:case>/people/<str:person>/attach-requests/<uuid:ask>/", views_of_asking.answer_attach,
         name="answer-attach"),
    path("cases/<str:case>/people/<str:person>/part/", views.change_part, name="change-part"),
    path("cases/<str:case>/custody/<uuid:part>/", views.record_custody, name="record-custody"),
    path("cases/<str:case>/people/<str:person>/refer/", views.refer_person, name="refer"),
    path("cases/<str:case>/referrals/<uuid:referral>/answer/", views.answer_referral, name="answer-referral"),
]  # fmt: skip
