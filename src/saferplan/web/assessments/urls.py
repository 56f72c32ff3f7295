"""Pages of evidence and assessments."""

from django.urls import path

from saferplan.web.assessments.views import assessments, evidence, findings, uploads

app_name = "assessments"

urlpatterns = [
    path("evidence/", evidence.catalogue, name="evidence"),
    path("evidence/releases/<slug:release_id>/", evidence.release, name="release"),
    path(
        "evidence/releases/<slug:release_id>/quarantine.<slug:kind>",
        evidence.quarantine,
        name="quarantine",
    ),
    path("evidence/load/", uploads.load, name="load"),
    path("evidence/load/<int:upload_id>/", uploads.show, name="upload"),
    path("evidence/load/<int:upload_id>/answer/", uploads.answer, name="answer"),
    path("assessments/", assessments.everything, name="all"),
    path("assessments/make/", assessments.make, name="make"),
    path("assessments/<int:pk>/", assessments.show, name="show"),
    path("assessments/<int:pk>/publish/", assessments.publish, name="publish"),
    path(
        "assessments/<int:pk>/assessment.<slug:kind>",
        assessments.document,
        name="document",
    ),
    path("assessments/<int:pk>/<slug:finding_id>/", findings.show, name="finding"),
    path(
        "assessments/<int:pk>/<slug:finding_id>/decide/",
        findings.decide,
        name="decide",
    ),
    path(
        "assessments/<int:pk>/<slug:finding_id>/table.<slug:kind>",
        findings.table,
        name="table",
    ),
    path(
        "assessments/<int:pk>/<slug:finding_id>/<int:number>.svg",
        findings.picture,
        name="picture",
    ),
    path(
        "assessments/<int:pk>/<slug:finding_id>/areas.geojson",
        findings.areas,
        name="areas",
    ),
]
