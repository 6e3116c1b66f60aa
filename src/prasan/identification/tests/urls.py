"""The addresses of this room alone, with stand-ins for the pages of desk that it leads to."""

from django.http import HttpResponse
from django.urls import include, path

desk = [
    path("cases/<str:case>/", lambda request, case: HttpResponse(case), name="case"),
    path("cases/<str:case>/people/<str:person>/", lambda request, case, person: HttpResponse(person), name="person"),
    path("cases/<str:case>/correct/<slug:kind>/<uuid:row>/", lambda request, **_row: HttpResponse(), name="correct"),
]
urlpatterns = [
    path("", include("prasan.web.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("", include("prasan.identification.urls")),
    path("", include("prasan.cases.urls")),
    path("", include((desk, "desk"))),
]
