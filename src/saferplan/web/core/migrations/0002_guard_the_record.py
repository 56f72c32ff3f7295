from django.db import migrations

from saferplan.web.core.triggers import guard_the_record, stop_guarding


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(guard_the_record, stop_guarding)]
