"""Answering what people said, and telling them."""

from django.urls import path

from saferplan.web.consultations.views import deciding

urlpatterns = [
    path("<int:pk>/points/", deciding.points, name="points"),
    path("<int:pk>/points.<slug:kind>", deciding.points_table, name="points_table"),
    path("<int:pk>/points/decide/", deciding.decide_points, name="decide"),
    path("<int:pk>/decisions/", deciding.decisions, name="decisions"),
    path(
        "<int:pk>/decisions.<slug:kind>",
        deciding.decisions_table,
        name="decisions_table",
    ),
    path("<int:pk>/decisions/<int:decision_id>/", deciding.decision, name="decision"),
    path(
        "<int:pk>/decisions/<int:decision_id>/words/",
        deciding.words,
        name="decision_words",
    ),
    path(
        "<int:pk>/decisions/<int:decision_id>/take-back/",
        deciding.take_back,
        name="decision_back",
    ),
]
