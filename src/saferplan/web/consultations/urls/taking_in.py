"""Documents, organisations and networks, and what is kept off the public pages."""

from django.urls import path

from saferplan.web.consultations.views import (
    joining,
    joint_answering,
    members_saying,
    private_words,
    redacting,
    speaking,
    splitting,
    taking_in,
)

urlpatterns = [
    path("<int:pk>/responses/", taking_in.responses, name="responses"),
    path("<int:pk>/responses.<slug:kind>", taking_in.table, name="responses_table"),
    path("<int:pk>/responses/<int:response_id>/", taking_in.response, name="response"),
    path("<int:pk>/take-in/", taking_in.take_in, name="take_in"),
    path("<int:pk>/responses/<int:response_id>/voice/", taking_in.voice, name="voice"),
    path("<int:pk>/responses/<int:response_id>/split/", splitting.show, name="split"),
    path(
        "<int:pk>/responses/<int:response_id>/split/change/",
        splitting.change,
        name="split_change",
    ),
    path(
        "<int:pk>/responses/<int:response_id>/points/<int:point_id>/",
        splitting.point,
        name="split_point",
    ),
    path("<int:pk>/joint/", joining.joints, name="joints"),
    path("<int:pk>/joint/<int:joint_id>/", joining.joint, name="joint"),
    path("<int:pk>/joint/<int:joint_id>/change/", joining.change, name="joint_change"),
    path(
        "<int:pk>/joint/<int:joint_id>/answers/<slug:key>/",
        joint_answering.answer,
        name="joint_answer",
    ),
    path("<int:pk>/joint/<int:joint_id>/say/", members_saying.say, name="joint_say"),
    path(
        "<int:pk>/joint/<int:joint_id>/weigh/",
        joint_answering.weigh,
        name="joint_weigh",
    ),
    path("<int:pk>/joint/<int:joint_id>/link/", members_saying.link, name="joint_link"),
    path("<int:pk>/joint/<int:joint_id>/send/", joining.send, name="joint_send"),
    path(
        "<int:pk>/joint/<int:joint_id>/response.<slug:kind>",
        joining.document,
        name="joint_document",
    ),
    path("answer/<str:word>/for-whom/", speaking.for_whom, name="answer_for_whom"),
    path("member/<str:word>/", members_saying.member_says, name="member_says"),
    path(
        "<int:pk>/responses/<int:response_id>/redact/",
        redacting.redact,
        name="redact",
    ),
    path(
        "<int:pk>/responses/<int:response_id>/hide/<int:answer_id>/",
        private_words.hide,
        name="hide",
    ),
    path(
        "<int:pk>/responses/<int:response_id>/erase/",
        private_words.erase_response,
        name="erase",
    ),
    path("<int:pk>/moderation/", private_words.log, name="moderation"),
    path(
        "<int:pk>/moderation.<slug:kind>",
        private_words.log_table,
        name="moderation_table",
    ),
]
