"""Reading what people answered: themes, a coded sample, campaigns."""

from django.urls import path

from saferplan.web.consultations.views import (
    campaigns,
    coding,
    must_be_read,
    reading,
    themes,
)

OF = "<int:pk>/questions/<int:question_id>/reading/"

urlpatterns = [
    path("<int:pk>/reading/", reading.everything, name="readings"),
    path("<int:pk>/must-be-read/", must_be_read.vital, name="vital"),
    path(OF, reading.show, name="reading"),
    path(f"{OF}run/", reading.run, name="reading_run"),
    path(f"{OF}counts.<slug:kind>", reading.table, name="reading_table"),
    path(f"{OF}themes/", themes.themes, name="themes"),
    path(f"{OF}themes/<int:theme_id>/", themes.theme, name="theme"),
    path(f"{OF}themes/<int:theme_id>/drop/", themes.drop, name="theme_drop"),
    path(f"{OF}sample/", coding.sample, name="sample"),
    path(f"{OF}code/", coding.code_next, name="code"),
    path(f"{OF}code/<int:answer_id>/", coding.code_one, name="code_one"),
    path(f"{OF}campaigns/", campaigns.campaigns, name="campaigns"),
    path(f"{OF}campaigns.<slug:kind>", campaigns.table, name="campaigns_table"),
]
