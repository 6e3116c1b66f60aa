"""The addresses of figures."""

app_name = "impact"
urlpatterns: list = []
