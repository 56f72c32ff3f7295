"""The pages of consultations, one file of addresses per kind of work."""

from saferplan.web.consultations.urls import answering, asking, replying, setting_up

app_name = "consultations"
urlpatterns = [
    *asking.urlpatterns,
    *setting_up.urlpatterns,
    *answering.urlpatterns,
    *replying.urlpatterns,
]
