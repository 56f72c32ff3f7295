"""Pages of performance: indicators, and what is made of them."""

from django.urls import path

from saferplan.web.performance.views import (
    comparing,
    footprints,
    indicators,
    journeys,
    keeping,
    questions,
    returning,
    standards,
    targets,
)

app_name = "performance"

INDICATORS = [
    path("", indicators.everything, name="all"),
    path("indicators.<slug:kind>", indicators.table, name="table"),
    path("make/", keeping.make, name="make"),
    path("<int:pk>/", indicators.show, name="show"),
    path("<int:pk>/figures.<slug:kind>", indicators.figures, name="figures"),
    path("<int:pk>/quarters.<slug:kind>", indicators.quarters, name="quarters"),
    path("<int:pk>/groups.<slug:kind>", indicators.groups, name="groups"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/retire/", keeping.retire, name="retire"),
    path("<int:pk>/bring-back/", keeping.bring_back, name="bring_back"),
    path("<int:pk>/draw/", keeping.draw, name="draw"),
]

RETURNS = [
    path("returns/", returning.quarter, name="quarter"),
    path("<int:pk>/return/<str:period>/", returning.groups, name="return_groups"),
    path("waiting/", returning.waiting, name="waiting"),
    path("waiting/<int:return_id>/send-back/", returning.send_back, name="send_back"),
]

TARGETS = [
    path("targets/", targets.everything, name="targets"),
    path("targets/targets.<slug:kind>", targets.table, name="targets_table"),
    path("targets/add/", targets.add, name="target_add"),
    path("targets/<int:pk>/", targets.show, name="target"),
    path("targets/<int:pk>/change/", targets.change, name="target_change"),
    path("targets/<int:pk>/verdict/", targets.keep, name="target_verdict"),
    path(
        "targets/<int:pk>/<slug:what>.<slug:kind>",
        targets.figures,
        name="target_figures",
    ),
]

JOURNEYS = [
    path("journeys/", journeys.everything, name="journeys"),
    path("journeys/begin/<slug:path>/", journeys.begin, name="begin_journey"),
    path("journeys/<int:pk>/", journeys.show, name="journey"),
    path("journeys/<int:pk>/steps.<slug:kind>", journeys.table, name="journey_table"),
    path(
        "journeys/<int:pk>/questions.<slug:kind>",
        questions.questions,
        name="journey_questions",
    ),
    path("journeys/<int:pk>/how-many.<slug:kind>", questions.flow, name="journey_flow"),
    path(
        "journeys/<int:pk>/questions/<slug:name>/",
        questions.question,
        name="journey_question",
    ),
    path(
        "journeys/<int:pk>/questions/<slug:name>/open/",
        questions.open_again,
        name="journey_question_open",
    ),
    path("journeys/<int:pk>/publish/", journeys.publish, name="publish_journey"),
    path("journeys/<int:pk>/add/", journeys.add_step, name="add_journey_step"),
    path("journeys/<int:pk>/<int:step_id>/", journeys.step, name="journey_step"),
    path(
        "journeys/<int:pk>/<int:step_id>/remove/",
        journeys.remove_step,
        name="remove_journey_step",
    ),
    path(
        "journeys/<int:pk>/<int:step_id>/counted/",
        journeys.add_indicator,
        name="add_step_indicator",
    ),
    path(
        "journeys/<int:pk>/<int:step_id>/counted/<int:counted_id>/remove/",
        journeys.remove_indicator,
        name="remove_step_indicator",
    ),
]

STANDARDS = [
    path("standards/", standards.everything, name="standards"),
    path("standards/enter/", standards.enter, name="standard_enter"),
    path("standards/table/", standards.sheet, name="standard_sheet"),
    path("standards/seen.<slug:kind>", standards.observations, name="observations"),
    path("standards/<int:partnership_id>/", standards.show, name="standards_of"),
    path(
        "standards/<int:partnership_id>/standards.<slug:kind>",
        standards.table,
        name="standards_table",
    ),
    path(
        "standards/<int:partnership_id>/<slug:code>/",
        standards.ward,
        name="standard_ward",
    ),
]

COMPARISONS = [
    path("standards/boroughs/", comparing.borough, name="compare"),
    path("<int:pk>/boroughs/", comparing.indicator, name="compare_indicator"),
    path(
        "<int:pk>/boroughs.<slug:kind>",
        comparing.indicator_table,
        name="compared_indicator",
    ),
    path(
        "standards/<int:partnership_id>/exposure.<slug:kind>",
        comparing.exposure_table,
        name="compared_exposure",
    ),
    path(
        "standards/<int:partnership_id>/service.<slug:kind>",
        comparing.service_table,
        name="compared_service",
    ),
]

FOOTPRINTS = [
    path("footprints/", footprints.show, name="footprints"),
    path(
        "footprints/<slug:what>.<slug:kind>", footprints.table, name="footprints_table"
    ),
]

urlpatterns = [
    *(*INDICATORS, *RETURNS, *TARGETS, *JOURNEYS, *COMPARISONS, *STANDARDS),
    *FOOTPRINTS,
]
