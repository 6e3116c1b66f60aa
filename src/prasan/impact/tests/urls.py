"""The frame's addresses with this room's pages mounted, so that its tests need no other room."""

from django.urls import include, path

urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("prasan.impact.urls")),
]
