from django.db import migrations

from saferplan.web.plans.triggers import guard_versions, stop_guarding


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(guard_versions, stop_guarding)]
