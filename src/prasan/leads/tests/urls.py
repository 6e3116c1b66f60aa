"""The frame's addresses with this room's pages mounted, so that its tests need no other room."""

from django.http import HttpResponse
from django.urls import include, path

desk = ([
    path("", lambda request: HttpResponse(), name="my-day"),
    path("cases/<str:case>/", lambda request, case: HttpResponse(case), name="case"),
], "desk")  # fmt: skip

urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include(desk)),
    path("", include("prasan.leads.urls")),
]
