"""The pages of consultations, one file of addresses per kind of work."""

from saferplan.web.consultations.urls import answering, asking, replying

app_name = "consultations"
urlpatterns = [*asking.urlpatterns, *answering.urlpatterns, *replying.urlpatterns]
