"""What was agreed of priorities is never changed; only what replaced it is added."""

from django.db import migrations

from saferplan.web.plans.triggers import guard, stop_guarding

GUARDED = {
    "plans_era": "begins, ends, rationale, agreed, review_on, matrix",
    "plans_priority": "number, title, why, measure, target, finding, evidence_gap, "
    '"view", view_source',
    "plans_notchosen": "title, why, finding",
}


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_priorities")]

    operations = [
        migrations.RunPython(
            guard(table, columns, "Priorities that were agreed are never changed"),
            stop_guarding(table),
        )
        for table, columns in GUARDED.items()
    ]
