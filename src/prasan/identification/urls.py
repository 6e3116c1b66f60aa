"""Addresses of screening and identification."""

from django.urls import path

from .views import stages as views

app_name = "identification"
urlpatterns = [
    path("cases/<str:case>/screenings/new/", views.record_screening, name="record-screening"),
    path("cases/<str:case>/screenings/<uuid:screening>/", views.screening, name="screening"),
    path("cases/<str:case>/decisions/new/", views.propose_decision, name="propose-decision"),
    path("cases/<str:case>/decisions/<uuid:decision>/", views.decision, name="decision"),
    path("cases/<str:case>/decisions/<uuid:decision>/concur/", views.concur, name="concur"),
    path("cases/<str:case>/decisions/<uuid:decision>/return/", views.return_decision, name="return-decision"),
]
