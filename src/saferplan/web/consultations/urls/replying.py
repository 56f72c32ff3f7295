"""Answering what people said, and telling them."""

from django.urls import path

from saferplan.web.consultations.views import (
    deciding,
    exporting,
    fairness,
    replying,
    reporting,
)

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
    path("<int:pk>/report/", reporting.prepare, name="prepare"),
    path("<int:pk>/feedback/", reporting.feedback, name="feedback"),
    path("<int:pk>/feedback/<int:number>/", reporting.earlier, name="feedback_earlier"),
    path(
        "<int:pk>/feedback/<int:number>/table.<slug:kind>",
        reporting.table,
        name="feedback_table",
    ),
    path(
        "<int:pk>/feedback/<int:number>/figures.<slug:kind>",
        reporting.figures,
        name="feedback_figures",
    ),
    path("<int:pk>/gunning/", fairness.gunning, name="gunning"),
    path("<int:pk>/gunning.zip", fairness.bundle, name="bundle"),
    path("<int:pk>/export.<slug:kind>", exporting.export, name="export"),
    path("<int:pk>/replies/", replying.replies, name="replies"),
    path("<int:pk>/replies/template/", replying.template, name="reply_template"),
    path("<int:pk>/replies/example.docx", replying.example, name="reply_example"),
    path("<int:pk>/replies/send/", replying.send_all, name="replies_send"),
    path("<int:pk>/replies/<int:reply_id>/again/", replying.again, name="reply_again"),
]
