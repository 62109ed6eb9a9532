from django.db import migrations

from cases import words
from cases.importing.writing import AT_ONCE, entry


def index_anew(apps, schema_editor):
    """On PostgreSQL, where marks were words among words."""
    if schema_editor.connection.vendor != "postgresql":
        return
    told = apps.get_model("cases", "Decision").objects.filter(withheld=False).order_by("place")
    last = -1
    while some := list(told.filter(place__gt=last).prefetch_related("parties")[:AT_ONCE]):
        words.put([entry(each, [party.council_id for party in each.parties.all()]) for each in some])
        last = some[-1].place


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_changes_are_read_from_the_index_alone")]

    operations = [migrations.RunPython(index_anew, migrations.RunPython.noop)]
