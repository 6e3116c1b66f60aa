"""The pages of this room with stand-ins for the pages of the case, so that the room is tested by itself."""

from django.http import HttpResponse
from django.urls import include, path


def _page(request: object, **kwargs: str) -> HttpResponse:
    return HttpResponse("case page")


desk = ([
    path("cases/", _page, name="cases"),
    path("cases/<str:case>/", _page, name="case"),
    path("cases/<str:case>/people/<str:person>/", _page, name="person"),
], "desk")  # fmt: skip
urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("prasan.justice.urls")),
    path("", include(desk)),
]
