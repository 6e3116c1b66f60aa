"""The addresses of policy."""

from django.urls import path

from .views import published, recommendations

app_name = "policy"
ONE = "policy/recommendations/<str:code>/"
urlpatterns = [
    path("policy/", recommendations.list_recommendations, name="list"),
    path("policy/tiers/", published.show_tiers, name="tiers"),
    path("policy/official-figures/", published.list_official, name="official-figures"),
    path("policy/recommendations/new/", recommendations.record_recommendation, name="record-recommendation"),
    path(ONE, recommendations.show_recommendation, name="recommendation"),
    path(f"{ONE}correct/", recommendations.correct_recommendation, name="correct-recommendation"),
    path(f"{ONE}error/", recommendations.recommendation_in_error, name="recommendation-in-error"),
    path(f"{ONE}measures/new/", recommendations.record_measure, name="record-measure"),
    path(f"{ONE}measures/<uuid:measure_id>/error/", recommendations.measure_in_error, name="measure-in-error"),
]
