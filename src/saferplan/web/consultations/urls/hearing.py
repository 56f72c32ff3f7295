"""Who was heard, and what was done to hear others."""

from django.urls import path

from saferplan.web.consultations.views import asking_wards, hearing

OF = "<int:pk>/questions/<int:question_id>/"

urlpatterns = [
    path("<int:pk>/heard/", hearing.heard, name="heard"),
    path("<int:pk>/heard.<slug:kind>", hearing.heard_table, name="heard_table"),
    path("<int:pk>/questions/ward/", asking_wards.ask_ward, name="ask_ward"),
    path(f"{OF}residents/", hearing.population, name="population"),
    path(f"{OF}outreach/", hearing.outreach, name="outreach"),
    path(f"{OF}weights/", hearing.weights, name="weights"),
    path(f"{OF}weights.<slug:kind>", hearing.weights_table, name="weights_table"),
]
