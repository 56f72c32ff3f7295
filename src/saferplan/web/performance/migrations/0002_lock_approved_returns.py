from django.db import migrations, models

from saferplan.web.performance.triggers import lock_approved, unlock


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]

    operations = [
        migrations.AddField(
            "indicator", "hides_small", models.BooleanField(default=False)
        ),
        migrations.AddField(
            "indicator", "due_after", models.PositiveSmallIntegerField(default=30)
        ),
        migrations.RunPython(lock_approved, unlock),
    ]
