from django.urls import path

from saferplan.web.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("", views.people, name="people"),
    path("people.<slug:kind>", views.people_table, name="people_table"),
    path("invite/", views.invite, name="invite"),
    path("<int:membership_id>/", views.person, name="person"),
    path("<int:membership_id>/role/", views.change_role, name="change_role"),
    path(
        "<int:membership_id>/second-step/",
        views.reset_second_step,
        name="reset_second_step",
    ),
    path("<int:membership_id>/remove/", views.remove, name="remove"),
]
