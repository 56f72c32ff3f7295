"""What somebody answered for is never changed; another analysis comes after it."""

from django.db import migrations

from saferplan.web.plans.triggers import guard, stop_guarding

TABLE = "plans_equalityanalysis"
COLUMNS = (
    "plan_id, number, service, aims, affected, screened_out, intersectional, "
    "eliminate, advance, foster, alternatives, mitigation, outcome, outcome_why, "
    "monitoring, review_on, signed_at, signed_by_id, signed_note, digest"
)
REFUSAL = "An analysis that was signed off is never changed"


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_equality_analyses")]

    operations = [
        migrations.RunPython(
            guard(TABLE, COLUMNS, REFUSAL, when="OLD.signed_at IS NOT NULL"),
            stop_guarding(TABLE),
        )
    ]
