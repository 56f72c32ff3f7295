"""Answers given in another system, and questions sent out to be read and back."""

from django.urls import path

from saferplan.web.consultations.views import bringing_back, bringing_in

urlpatterns = [
    path("<int:pk>/out-and-back/", bringing_back.out_and_back, name="out_and_back"),
    path(
        "<int:pk>/questions/<int:question_id>/reading/themes/take/",
        bringing_back.take,
        name="theme_take",
    ),
    path("<int:pk>/bring-in/", bringing_in.send, name="bring_in"),
    path("<int:pk>/bring-in/<int:file_id>/", bringing_in.look, name="survey_file"),
    path(
        "<int:pk>/bring-in/<int:file_id>/not-taken-in.<slug:kind>",
        bringing_in.quarantined,
        name="quarantined",
    ),
    path(
        "<int:pk>/bring-in/<int:file_id>/put-away/",
        bringing_in.put_away,
        name="survey_file_away",
    ),
]
