"""Where the pages of the investigation lie."""

from django.urls import path

from . import views

app_name = "investigation"
urlpatterns = [
    path("cases/<str:case>/investigation/new/", views.open_investigation, name="open-investigation"),
    path("cases/<str:case>/investigation/<uuid:investigation>/close/", views.close_investigation,
         name="close-investigation"),
    path("cases/<str:case>/operations/new/", views.plan_operation, name="plan-operation"),
    path("cases/<str:case>/operations/<uuid:operation>/", views.operation, name="operation"),
    path("cases/<str:case>/operations/<uuid:operation>/result/", views.record_operation,
         name="record-operation"),
    path("cases/<str:case>/removals/new/", views.record_removal, name="record-removal"),
    path("cases/<str:case>/arrests/new/", views.record_arrest, name="record-arrest"),
]  # fmt: skip
