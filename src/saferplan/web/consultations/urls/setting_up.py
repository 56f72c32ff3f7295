"""Setting a consultation up, and typing in what came on paper."""

from django.urls import path

from saferplan.web.consultations.views import entering, questions, setting_up

urlpatterns = [
    path("make/", setting_up.make, name="make"),
    path("<int:pk>/change/", setting_up.change, name="change"),
    path("<int:pk>/drafts/", setting_up.drafts, name="drafts"),
    path(
        "<int:pk>/drafts/<int:draft_id>/take-out/",
        setting_up.take_draft_out,
        name="take_draft_out",
    ),
    path("<int:pk>/launch/", setting_up.ready, name="launch"),
    path("<int:pk>/more-time/", setting_up.more_time, name="more_time"),
    path("<int:pk>/questions/", questions.everything, name="questions"),
    path("<int:pk>/questions/add/", questions.add, name="add_question"),
    path(
        "<int:pk>/questions/about-people/",
        questions.add_about_people,
        name="add_about_people",
    ),
    path("<int:pk>/questions/translate/", questions.into_language, name="translate"),
    path(
        "<int:pk>/questions/<int:question_id>/",
        questions.change,
        name="change_question",
    ),
    path(
        "<int:pk>/questions/<int:question_id>/move/",
        questions.move,
        name="move_question",
    ),
    path(
        "<int:pk>/questions/<int:question_id>/take-out/",
        questions.remove,
        name="remove_question",
    ),
    path("<int:pk>/type-in/", entering.type_in, name="enter"),
    path("<int:pk>/late/", entering.late, name="late"),
    path(
        "<int:pk>/responses/<int:response_id>/accept/",
        entering.accept,
        name="accept_late",
    ),
]
