"""The house's addresses with this room's pages mounted, for its own tests."""

from django.urls import include, path

from prasan.conf.urls import urlpatterns as house

urlpatterns = [*house, path("", include("prasan.training.urls"))]
