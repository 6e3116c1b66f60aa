"""Addresses of the gallery that shows every component, and of the sign-in pages."""

from django.http import HttpResponse
from django.urls import include, path

from prasan.web.tests import gallery

urlpatterns = [
    path("", gallery.everything),
    path("form/", gallery.form_page),
    path("list/", gallery.list_page),
    path("empty/", gallery.empty_page),
    path("detail/", gallery.detail_page),
    path("card/", gallery.card_page),
    path("conflict/", gallery.conflict_page),
    path("refused/", gallery.refused_page),
    path("draft/", lambda request: HttpResponse(status=204)),
    path("", include("prasan.web.urls")),
    path("accounts/", include("allauth.urls")),
]
