"""Pages of plans."""

from django.urls import path

from saferplan.web.plans.views import (
    actions,
    checks,
    commitments,
    documents,
    duties,
    equality,
    levels,
    one_page,
    outlines,
    packs,
    plans,
    priorities,
    reports,
)

app_name = "plans"

urlpatterns = [
    path("", plans.everything, name="all"),
    path("make/", plans.make, name="make"),
    path("read/", documents.read, name="read"),
    path("documents/<int:document_id>/", documents.show, name="document"),
    path("documents/<int:document_id>/settle/", documents.answer, name="settle"),
    path("documents/<int:document_id>/make/", documents.make, name="make_of"),
    path("duties/", duties.register, name="duties"),
    path("duties/<slug:name>/", duties.show, name="duty"),
    path("duties.<slug:kind>", duties.table, name="duties_table"),
    path("level/", levels.advisor, name="advisor"),
    path("level/reasons.<slug:kind>", levels.table, name="level_table"),
    path("priorities/", priorities.everything, name="priorities"),
    path("priorities/compare/", priorities.compare, name="compare"),
    path(
        "priorities/compare.<slug:kind>",
        priorities.compare_table,
        name="compare_table",
    ),
    path("priorities/draw/", priorities.draw, name="draw"),
    path("priorities/weights/", priorities.weights, name="weights"),
    path("priorities/choose/", priorities.choose, name="choose"),
    path("priorities/candidates/add/", priorities.add, name="add_problem"),
    path("priorities/candidates/<int:problem_id>/", priorities.problem, name="problem"),
    path(
        "priorities/candidates/<int:problem_id>/aside/",
        priorities.aside,
        name="aside",
    ),
    path("priorities/<int:era_id>/", priorities.era, name="era"),
    path(
        "priorities/<int:era_id>/table.<slug:kind>",
        priorities.era_table,
        name="era_table",
    ),
    path("<int:pk>/", plans.show, name="show"),
    path("<int:pk>/versions/<int:number>/", plans.version, name="version"),
    path("<int:pk>/versions/<int:number>/review/", plans.review, name="review"),
    path("<int:pk>/plan.<slug:kind>", plans.table, name="table"),
    path("<int:pk>/actions.<slug:kind>", plans.standing, name="standing"),
    path("<int:pk>/outline/", outlines.show, name="outline"),
    path("<int:pk>/outline/<int:number>/", outlines.go_back, name="outline_back"),
    path("<int:pk>/change/", outlines.change, name="change"),
    path("<int:pk>/strand/", outlines.add, {"kind": "strands"}, name="strand"),
    path("<int:pk>/theme/", outlines.add, {"kind": "themes"}, name="theme"),
    path(
        "<int:pk>/strands/<int:part_id>/",
        outlines.part,
        {"kind": "strands"},
        name="change_strand",
    ),
    path(
        "<int:pk>/themes/<int:part_id>/",
        outlines.part,
        {"kind": "themes"},
        name="change_theme",
    ),
    path(
        "<int:pk>/outline/<slug:kind>/<int:part_id>/move/",
        outlines.move,
        name="move_part",
    ),
    path(
        "<int:pk>/outline/<slug:kind>/<int:part_id>/take-out/",
        outlines.take_out,
        name="take_out_part",
    ),
    path("<int:pk>/put-forward/", plans.forward, name="forward"),
    path("<int:pk>/equality/", equality.show, name="equality"),
    path("<int:pk>/equality.<slug:kind>", equality.table, name="equality_table"),
    path("<int:pk>/equality/begin/", equality.begin, name="equality_begin"),
    path("<int:pk>/equality/change/", equality.change, name="equality_change"),
    path("<int:pk>/equality/sign-off/", equality.sign, name="equality_sign"),
    path("<int:pk>/equality/<int:number>/", equality.earlier, name="equality_earlier"),
    path(
        "<int:pk>/equality/groups/<slug:name>/", equality.group, name="equality_group"
    ),
    path(
        "<int:pk>/equality/measures/add/",
        equality.add_measure,
        name="equality_measure",
    ),
    path(
        "<int:pk>/equality/measures/<int:measure_id>/into-plan/",
        equality.into_plan,
        name="equality_into_plan",
    ),
    path(
        "<int:pk>/equality/measures/<int:measure_id>/take-out/",
        equality.remove_measure,
        name="equality_remove",
    ),
    path("<int:pk>/one-page/", one_page.one_page, name="one_page"),
    path("<int:pk>/packs/", packs.packs, name="packs"),
    path("<int:pk>/packs/<int:pack_id>/", packs.pack, name="pack"),
    path(
        "<int:pk>/packs/<int:pack_id>/pack.<slug:kind>",
        packs.document,
        name="pack_document",
    ),
    path("<int:pk>/reminders/", reports.reminders, name="reminders"),
    path("report/<str:word>/", reports.report_link, name="report_link"),
    path("report/<str:word>/another/", reports.another, name="another_link"),
    path("<int:pk>/checks/", checks.show, name="checks"),
    path("<int:pk>/checks/answer/", checks.answer, name="answer"),
    path("<int:pk>/alignment/", checks.alignment, name="alignment"),
    path(
        "<int:pk>/alignment/commitments/<int:commitment_id>/", checks.say, name="align"
    ),
    path(
        "<int:pk>/alignment.<slug:kind>", checks.alignment_table, name="alignment_table"
    ),
    path("<int:pk>/commitments/add/", commitments.add, name="add_commitment"),
    path(
        "<int:pk>/commitments/<int:commitment_id>/",
        commitments.show,
        name="commitment",
    ),
    path(
        "<int:pk>/commitments/<int:commitment_id>/change/",
        commitments.edit,
        name="change_commitment",
    ),
    path(
        "<int:pk>/commitments/<int:commitment_id>/take-out/",
        commitments.remove,
        name="remove_commitment",
    ),
    path(
        "<int:pk>/commitments/<int:commitment_id>/put-back/",
        commitments.put_back,
        name="put_back_commitment",
    ),
    path(
        "<int:pk>/commitments/<int:commitment_id>/editions/<int:number>/",
        commitments.go_back,
        name="commitment_back",
    ),
    path("<int:pk>/actions/add/", actions.add, name="add"),
    path("<int:pk>/actions/<int:action_id>/", actions.show, name="action"),
    path("<int:pk>/actions/<int:action_id>/change/", actions.edit, name="edit"),
    path("<int:pk>/actions/<int:action_id>/move/", actions.move, name="move"),
    path("<int:pk>/actions/<int:action_id>/level/", levels.level, name="level"),
    path("<int:pk>/actions/<int:action_id>/report/", actions.report, name="report"),
    path("<int:pk>/actions/<int:action_id>/steps/", actions.add_task, name="add_task"),
    path(
        "<int:pk>/actions/<int:action_id>/steps/<int:task_id>/",
        actions.tick,
        name="tick",
    ),
    path("<int:pk>/actions/<int:action_id>/take-out/", actions.remove, name="remove"),
    path(
        "<int:pk>/actions/<int:action_id>/put-back/", actions.put_back, name="put_back"
    ),
    path(
        "<int:pk>/actions/<int:action_id>/editions/<int:number>/",
        actions.go_back,
        name="go_back",
    ),
]
