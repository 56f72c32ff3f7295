from django.db import migrations

from saferplan.web.plans.triggers import guard, stop_guarding

REFUSAL = "What a board had before it cannot be changed"


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_board_packs")]

    operations = [
        migrations.RunPython(
            guard("plans_boardpack", "plan_id, begins, ends, body, digest, at", REFUSAL),
            stop_guarding("plans_boardpack"),
        )
    ]
