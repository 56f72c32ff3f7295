"""A figure that was approved, and a verdict that was kept, are never changed."""

from django.db import migrations

from saferplan.web.core.triggers import guard, stop_guarding

GUARDS = {
    "performance_return": guard(
        "performance_return",
        "An approved figure cannot be changed: return a correction",
        when="OLD.state = 'approved'",
        deleting=True,
    ),
    "performance_targetverdict": guard(
        "performance_targetverdict",
        "A verdict that was kept cannot be changed: keep another",
        columns="target_id, headline, colour, asked, facts, said, methods, at",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]

    operations = [
        migrations.RunPython(step, stop_guarding(table))
        for table, step in GUARDS.items()
    ]
