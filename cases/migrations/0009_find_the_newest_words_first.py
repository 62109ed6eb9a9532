from django.db import migrations

from cases import words


def newest_first(apps, schema_editor):
    """On SQLite, give each decision's words its place below nought for a key."""
    _with_keys(schema_editor, "-abs(rowid)")


def oldest_first(apps, schema_editor):
    _with_keys(schema_editor, "abs(rowid)")


def _with_keys(schema_editor, key):
    if schema_editor.connection.vendor == "postgresql":
        return
    before = f"{words.TABLE}_before"
    schema_editor.execute(f"ALTER TABLE {words.TABLE} RENAME TO {before}")
    words.create(schema_editor)
    schema_editor.execute(
        f"INSERT INTO {words.TABLE} (rowid, marks, words) SELECT {key}, marks, words FROM {before} ORDER BY 1"
    )
    schema_editor.execute(f"DROP TABLE {before}")
    words.tidy()


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_what_was_uploaded_of_reports")]

    operations = [migrations.RunPython(newest_first, oldest_first)]
