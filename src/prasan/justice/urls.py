"""Addresses of the court room: codes and ids only."""

from django.urls import path

from . import views

app_name = "justice"
urlpatterns = [
    path("cases/<str:case>/charges/find/", views.find_offence, name="find-offence"),
    path("cases/<str:case>/charges/new/", views.record_charge, name="record-charge"),
    path("cases/<str:case>/charges/<uuid:charge>/", views.charge, name="charge"),
    path("cases/<str:case>/charges/<uuid:charge>/status/", views.move_charge, name="move-charge"),
    path("cases/<str:case>/charges/<uuid:charge>/verdicts/new/", views.record_verdict, name="record-verdict"),
    path("cases/<str:case>/verdicts/<uuid:verdict>/sentences/new/", views.record_sentence, name="record-sentence"),
    path("cases/<str:case>/money/", views.money, name="money"),
    path("cases/<str:case>/money/orders/new/", views.record_order, name="record-order"),
    path("cases/<str:case>/money/payments/new/", views.record_payment, name="record-payment"),
]
