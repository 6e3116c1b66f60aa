"""Addresses of the pages that everyone may open."""

from django.urls import path

from prasan.web import views

app_name = "web"
urlpatterns = [
    path("language/<str:code>/", views.language, name="language"),
    path("leave/", views.leave, name="leave"),
    path("health/", views.health, name="health"),
]
