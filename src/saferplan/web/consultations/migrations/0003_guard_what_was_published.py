"""What was put before people, decided on and published is never changed."""

from django.db import migrations

from saferplan.web.core.triggers import guard, stop_guarding

GUARDS = {
    "consultations_draft": guard(
        "consultations_draft",
        "What a draft said cannot be changed",
        columns="consultation_id, number, kind, language, version_id, text, digest",
    ),
    "consultations_passage": guard(
        "consultations_passage",
        "What a draft said cannot be changed",
        columns='draft_id, key, kind, level, label, text, start, "end", page',
    ),
    "consultations_decision": guard(
        "consultations_decision",
        "A decision is never changed: another takes its place",
    ),
    "consultations_report": guard(
        "consultations_report", "What was published cannot be changed"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_deciding")]
    operations = [
        migrations.RunPython(step, stop_guarding(table))
        for table, step in GUARDS.items()
    ]
