"""Other languages, where to write to, and the day on which a paper came in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_guard_what_was_published")]
    operations = [
        migrations.AddField(
            "consultation", "write_to", models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            "question", "words", models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField("response", "received_on", models.DateField(null=True)),
    ]
