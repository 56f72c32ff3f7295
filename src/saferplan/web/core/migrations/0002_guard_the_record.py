from django.db import migrations

from saferplan.web.core.triggers import guard, stop_guarding

TABLE = "core_event"
REFUSAL = "The record of events cannot be changed"


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(guard(TABLE, REFUSAL, deleting=True), stop_guarding(TABLE))
    ]
