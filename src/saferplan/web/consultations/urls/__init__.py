"""The pages of consultations, one file of addresses per kind of work."""

from saferplan.web.consultations.urls import (
    answering,
    asking,
    bringing_in,
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
    *bringing_in.urlpatterns,
    *hearing.urlpatterns,
    *reading.urlpatterns,
    *replying.urlpatterns,
]
