from django.db import migrations

from history import guards


class Migration(migrations.Migration):
    dependencies = [("history", "0001_lines")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guards.install(schema_editor.connection),
            lambda apps, schema_editor: guards.remove(schema_editor.connection),
        )
    ]
