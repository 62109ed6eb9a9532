from django.db import migrations

from cases import words


def create(apps, schema_editor):
    words.create(schema_editor)


def drop(apps, schema_editor):
    words.drop(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_decisions_reports_improvements")]

    operations = [migrations.RunPython(create, drop)]
