"""Reading what people answered: themes, a coded sample, campaigns."""

from django.urls import path

from saferplan.web.consultations.views import reading

OF = "<int:pk>/questions/<int:question_id>/reading/"

urlpatterns = [
    path("<int:pk>/reading/", reading.everything, name="readings"),
    path("<int:pk>/must-be-read/", reading.vital, name="vital"),
    path(OF, reading.show, name="reading"),
    path(f"{OF}run/", reading.run, name="reading_run"),
    path(f"{OF}counts.<slug:kind>", reading.table, name="reading_table"),
    path(f"{OF}themes/", reading.themes, name="themes"),
    path(f"{OF}themes/<int:theme_id>/", reading.theme, name="theme"),
    path(f"{OF}themes/<int:theme_id>/drop/", reading.drop, name="theme_drop"),
    path(f"{OF}sample/", reading.sample, name="sample"),
    path(f"{OF}code/", reading.code_next, name="code"),
    path(f"{OF}code/<int:answer_id>/", reading.code_one, name="code_one"),
    path(f"{OF}campaigns/", reading.campaigns, name="campaigns"),
]
