"""The pages of consultations, one file of addresses per kind of work."""

from saferplan.web.consultations.urls import (
    answering,
    asking,
    hearing,
    reading,
    replying,
    setting_up,
    taking_in,
)

app_name = "consultations"
urlpatterns = [
    *asking.urlpatterns,
    *setting_up.urlpatterns,
    *answering.urlpatterns,
    *taking_in.urlpatterns,
    *hearing.urlpatterns,
    *reading.urlpatterns,
    *replying.urlpatterns,
]
