"""Addresses of care."""

from django.urls import path

from . import views

app_name = "care"
urlpatterns = [
    path("cases/<str:case>/services/new/", views.record_service, name="record-service"),
    path("cases/<str:case>/services/<uuid:service>/", views.service, name="service"),
    path("cases/<str:case>/stays/new/", views.record_stay, name="record-stay"),
    path("cases/<str:case>/stays/<uuid:stay>/", views.stay, name="stay"),
    path("cases/<str:case>/stays/<uuid:stay>/consent/", views.consent_to_stay, name="consent-to-stay"),
    path("cases/<str:case>/stays/<uuid:stay>/end/", views.end_stay, name="end-stay"),
    path("cases/<str:case>/stays/<uuid:stay>/place/", views.open_place, name="open-place"),
]
