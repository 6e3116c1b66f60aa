"""Where each room's pages are mounted."""

from django.urls import include, path

urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
