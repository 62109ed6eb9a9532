"""What loading the register's files does to a database, and to what staff keep in it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from councils.loading import load_register
from councils.models import Alias, Council, Origin, Succession
from tests.factories import council

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db):
    return load_register()


def _load(**options) -> str:
    out = StringIO()
    call_command("load_councils", stdout=out, **options)
    return out.getvalue()


def test_loading_a_second_time_changes_nothing(loaded):
    before = [list(model.objects.order_by("pk").values()) for model in (Council, Alias, Succession)]
    changes = load_register()
    assert [list(model.objects.order_by("pk").values()) for model in (Council, Alias, Succession)] == before
    for tally in (changes.councils, changes.aliases, changes.successions):
        assert [*tally.added, *tally.changed, *tally.removed, *tally.kept, *tally.unlisted] == []
    assert changes.councils.unchanged == 431


def test_loading_costs_few_queries_once_loaded(loaded, django_assert_max_num_queries):
    # One of them is PostgreSQL's alone: it waits for the end of the history's chain.
    with django_assert_max_num_queries(16):
        load_register()


def test_loading_says_what_it_added():
    assert "Bodies: 431 added, 0 unchanged." in _load()
    assert "Bodies: 0 added, 431 unchanged." in _load()


def test_loading_names_each_row_when_asked():
    assert "  Wellingborough Borough Council\n" in _load(verbosity=2)


def test_loading_says_nothing_when_asked():
    assert _load(verbosity=0) == ""


def test_loading_restores_its_own_rows_field_by_field(loaded):
    Council.objects.filter(slug="wellingborough-borough-council").update(last_day=None, region="London")
    Alias.objects.get(text="Wellingborough").delete()
    Succession.objects.filter(predecessor__slug="corby-borough-council").update(day=date(2022, 4, 1))
    said = _load()
    assert "Wellingborough Borough Council: last day: empty → 31 March 2021\n" in said
    assert "Wellingborough Borough Council: region: London → East Midlands\n" in said
    assert "Other names: 1 added" in said
    assert ": from: 1 April 2022 → 1 April 2021\n" in said
    assert load_register().councils.changed == []


def test_loading_takes_back_what_its_files_no_longer_say(loaded):
    corby = Council.objects.get(slug="corby-borough-council")
    corby.aliases.create(text="Little Scotland", origin=Origin.REGISTER)
    other = Council.objects.get(slug="kettering-borough-council")
    corby.successions.create(successor=other, day=date(2021, 4, 1), how="merged", origin=Origin.REGISTER)
    said = _load()
    assert "  Little Scotland\n" in said
    assert "Corby Borough Council → Kettering Borough Council" in said
    assert not corby.aliases.filter(text="Little Scotland")
    assert corby.successions.count() == 1


def test_loading_never_deletes_a_body(loaded):
    council("Rutland Harbour Board", origin=Origin.REGISTER)
    assert "No longer in the files, and left as it is:\n  Rutland Harbour Board\n" in _load()
    assert Council.objects.filter(name="Rutland Harbour Board").exists()


def test_loading_leaves_what_staff_entered():
    council("Corby Town Council", slug="corby-borough-council", kind="other", aliases=["Corby"])
    council("Kettering Council", gss="E07000153", kind="district")
    said = _load()
    assert "Corby Town Council: official name: Corby Town Council → Corby Borough Council\n" in said
    assert Council.objects.get(slug="corby-borough-council").name == "Corby Town Council"
    assert Council.objects.get(gss="E07000153").name == "Kettering Council"
    assert Council.objects.count() == 431


def test_loading_leaves_what_staff_added_to_its_own_rows(loaded):
    corby = Council.objects.get(slug="corby-borough-council")
    corby.aliases.create(text="Corby Urban District")
    corby.successions.create(successor_gss="E06000099", day=date(2021, 4, 1), how="split")
    load_register()
    assert corby.aliases.filter(text="Corby Urban District").exists()
    assert corby.successions.count() == 2


def test_loading_leaves_the_names_and_successors_of_a_body_that_staff_keep(loaded):
    corby = Council.objects.get(slug="corby-borough-council")
    Council.objects.filter(pk=corby.pk).update(origin=Origin.STAFF)
    corby.aliases.all().delete()
    corby.aliases.create(text="Little Scotland", origin=Origin.REGISTER)
    corby.successions.update(how="renamed")
    changes = load_register()
    assert [alias.text for alias in corby.aliases.all()] == ["Little Scotland"]
    assert corby.successions.get().how == "renamed"
    assert len(changes.successions.kept) == 1


def test_loading_links_a_successor_that_staff_have_entered_since(loaded):
    successor = council("North East Mayoral Combined Authority", gss="E47000014", kind="combined-authority")
    load_register()
    assert {each.predecessor.name for each in successor.predecessions.all()} == {
        "North East Combined Authority",
        "North of Tyne Combined Authority",
    }
    assert Succession.objects.count() == 96
    assert load_register().successions.changed == []


def test_loading_brings_names_under_new_rules_up_to_date(loaded):
    Council.objects.filter(slug="corby-borough-council").update(plain="stale", distinctive="stale")
    Alias.objects.filter(text="Corby").update(distinctive="stale")
    load_register()
    assert Council.objects.get(slug="corby-borough-council").distinctive == "corby"
    assert Alias.objects.get(text="Corby").distinctive == "corby"


def test_loading_all_or_nothing():
    other = council("Barnsley Harbour Board", kind="other", newer_gss="E08000038")
    with pytest.raises(IntegrityError):
        load_register()
    assert list(Council.objects.all()) == [other]


def test_loading_reports_names_that_cannot_stand_for_one_body(loaded):
    said = _load()
    empty, _, rest = said.partition("Names that several bodies bear in the same year")
    at_once, _, by_year = rest.partition("Names that several bodies bear, told apart by the year")
    assert "  City of London (City of London Corporation)\n" in empty
    assert (
        "  newcastle upon tyne: North of Tyne Combined Authority (to 6 May 2024), Newcastle City Council"
        in at_once
    )
    assert "  somerset: Somerset County Council (to 31 March 2023), Somerset Council\n" in by_year
    assert "  north yorkshire: " in by_year
