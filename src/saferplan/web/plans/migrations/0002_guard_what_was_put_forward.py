"""What was put before people, and what was agreed, is never changed."""

from django.db import migrations

from saferplan.web.core.triggers import guard, stop_guarding

AGREED = "Priorities that were agreed are never changed"
GUARDS = {
    "plans_version": guard(
        "plans_version",
        "What a version of a plan said cannot be changed",
        columns='plan_id, number, body, digest, "on", at',
    ),
    "plans_boardpack": guard(
        "plans_boardpack",
        "What a board had before it cannot be changed",
        columns="plan_id, begins, ends, body, digest, at",
    ),
    "plans_era": guard(
        "plans_era", AGREED, columns="begins, ends, rationale, agreed, review_on, matrix"
    ),
    "plans_priority": guard(
        "plans_priority",
        AGREED,
        columns="number, title, why, measure, target, finding, evidence_gap, "
        '"view", view_source',
    ),
    "plans_notchosen": guard("plans_notchosen", AGREED, columns="title, why, finding"),
    "plans_equalityanalysis": guard(
        "plans_equalityanalysis",
        "An analysis that was signed off is never changed",
        columns="plan_id, number, service, aims, affected, screened_out, "
        "intersectional, eliminate, advance, foster, alternatives, mitigation, "
        "outcome, outcome_why, monitoring, review_on, signed_at, signed_by_id, "
        "signed_note, digest",
        when="OLD.signed_at IS NOT NULL",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.RunPython(step, stop_guarding(table))
        for table, step in GUARDS.items()
    ]
