"""Where each room's pages are mounted. There is no administration site: nobody has a side door to a case."""

from django.urls import include, path

ROOMS = ("cases", "desk", "leads", "identification", "care", "investigation", "justice", "evidence", "training",
         "policy", "impact", "exchange")  # fmt: skip

urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    *(path("", include(f"prasan.{room}.urls")) for room in ROOMS),
]
