from django.urls import path

from saferplan.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("record/", views.record, name="record"),
    path("record/record.<slug:kind>", views.record_table, name="record_table"),
    path("record/check/", views.check, name="check_record"),
    path("work/<int:job_id>/", views.job, name="job"),
    path("work/<int:job_id>/progress/", views.job_progress, name="job_progress"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("duties/", views.duties, name="duties"),
    path("glossary/", views.glossary, name="glossary"),
    path("health/", views.health, name="health"),
    path(".well-known/security.txt", views.security, name="security"),
]
