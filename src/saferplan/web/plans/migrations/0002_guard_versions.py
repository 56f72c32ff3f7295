from django.db import migrations

from saferplan.web.plans.triggers import guard, stop_guarding

REFUSAL = "What a version of a plan said cannot be changed"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.RunPython(
            guard("plans_version", 'plan_id, number, body, digest, "on", at', REFUSAL),
            stop_guarding("plans_version"),
        )
    ]
