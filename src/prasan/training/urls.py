"""The addresses of training."""

from django.urls import path

from . import views

app_name = "training"
urlpatterns = [
    path("training/", views.list_sessions, name="list"),
    path("training/sessions/new/", views.record_session, name="record-session"),
    path("training/sessions/<str:code>/", views.show_session, name="session"),
    path("training/sessions/<str:code>/correct/", views.correct_session, name="correct-session"),
    path("training/sessions/<str:code>/error/", views.session_in_error, name="session-in-error"),
]
