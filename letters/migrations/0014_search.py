import django.db.models.deletion
from django.db import migrations, models

from letters.models import LetterWords
from letters.search import index
from letters.search.words import as_indexed


def set_up(apps, schema_editor):
    index.install(schema_editor.connection)


def take_down(apps, schema_editor):
    index.remove(schema_editor.connection)


def fill(apps, schema_editor):
    """Approved letters of before, in the order of their keys, which is the quickest for the index."""
    found = apps.get_model("letters", "Letter").objects.filter(state="approved")
    letters = {
        LetterWords.key(year, council, pk): pk
        for pk, council, year in found.values_list("pk", "council", "review__year_ending")
    }
    pages = apps.get_model("letters", "LetterPage").objects
    words = apps.get_model("letters", "LetterWords").objects
    for key, pk in sorted(letters.items()):
        said = as_indexed(pages.filter(letter=pk).values_list("number", "blocks"))
        words.create(id=key, letter_id=pk, words=said)


class Migration(migrations.Migration):
    dependencies = [("letters", "0013_clean_copies")]
    operations = [
        migrations.CreateModel(
            name="LetterWords",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="letters.letter",
                    ),
                ),
            ],
        ),
        migrations.RunPython(set_up, take_down),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
