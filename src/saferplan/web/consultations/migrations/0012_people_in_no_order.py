import random

from django.db import migrations, models

from saferplan.web.consultations.models.response import drawn_key


def draw_keys(apps, schema_editor):
    """Give those that are there already keys, and an order, that say nothing either."""
    about = apps.get_model("consultations", "AboutPerson")
    people = list(about.objects.all())
    about.objects.all().delete()
    random.shuffle(people)
    for each in people:
        each.pk = drawn_key()
    about.objects.bulk_create(people)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0011_taken_back")]

    operations = [
        migrations.AlterField(
            model_name="aboutperson",
            name="id",
            field=models.BigIntegerField(
                default=drawn_key, editable=False, primary_key=True, serialize=False
            ),
        ),
        migrations.RunPython(draw_keys, migrations.RunPython.noop),
    ]
