"""The addresses of imports. A coordinator has one workbook at a time, so no address names one."""

from django.urls import path

from . import views

app_name = "exchange"
urlpatterns = [
    path("import/", views.import_workbook, name="import"),
    path("import/template/", views.template, name="template"),
    path("import/report/", views.report, name="report"),
    path("import/write/", views.write, name="write"),
    path("import/write-good/", views.write_good, name="write-good"),
    path("import/discard/", views.discard, name="discard"),
]
