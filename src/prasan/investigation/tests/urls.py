"""The room under its own addresses, with the two pages of the desk that it points to."""

from django.http import HttpResponse
from django.urls import include, path

desk = (
    [
        path("cases/<str:case>/", lambda request, case: HttpResponse(case), name="case"),
        path("cases/<str:case>/people/<str:person>/", lambda request, case, person: HttpResponse(), name="person"),
    ],
    "desk",
)
urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("prasan.investigation.urls")),
    path("", include(desk)),
]
