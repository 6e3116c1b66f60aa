"""The addresses of figures."""

from django.urls import path

from .views import pages

app_name = "impact"
urlpatterns = [
    path("figures/", pages.show_figures, name="figures"),
    path("figures/export.<str:form>", pages.export, name="export"),
    path("figures/indicators/<str:code>/", pages.show_indicator, name="indicator"),
]
