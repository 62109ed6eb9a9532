"""The lists of decisions, reports and improvements: what they count, find, and go on to."""

import re

import pytest
from django.db import connection

from cases.models import Decision
from councils.models import Council
from public.decisions.asked import Asked
from public.decisions.listing import listing
from tests import cases
from tests.cases import imported, table
from tests.decision_pages.world import AT, NOW, OTHER, references, text

pytestmark = pytest.mark.django_db


def test_a_list_counts_beside_each_choice_what_there_would_be(client):
    page = text(client, "/decisions")
    assert "43 decisions, the newest first. 1 of them is counted and not shown" in page
    assert "All categories (43) Housing (42) Planning (1)" in page
    assert "All outcomes (43) Upheld (23) Not upheld (20)" in page
    assert "All years (43) 2025–26 (3)" in page
    assert "Zyxwold" not in page
    page = text(client, "/decisions?outcome=not-upheld&year=2024")
    assert "All categories (7) Housing (7)" in page
    assert "All outcomes (15) Upheld (8) Not upheld (7)" in page
    assert "All years (20)" in page
    assert "Sub-category" not in page
    assert "All of them (42) Allocations (42)" in text(client, "/decisions?category=housing")


MORE = [
    {"category": "Planning", "sub-category": "Trees", "outcome": "not upheld", "decided on": "2024-03-01"},
    {"category": "Planning", "sub-category": "Enforcement", "decided on": "2024-05-01"},
    {"sub-category": "Repairs", "outcome": "closed after initial enquiries", "decided on": "2023-05-01"},
    {"sub-category": "Repairs", "decided on": "2024-05-02", "text": "A zebra."},
]


CHOSEN = [
    {},
    {"category": "housing"},
    {"category": "housing", "part": "repairs"},
    {"category": "planning", "outcome": "upheld"},
    {"category": "housing", "part": "allocations", "year": 2024, "outcome": "not-upheld"},
    {"outcome": "upheld", "year": 2025},
]


@pytest.mark.parametrize(("council", "q"), [(None, ""), (None, "example"), ("sometown-borough-council", "")])
def test_each_choice_leads_to_as_many_decisions_as_stand_beside_it(council, q):
    rows = [each | {"reference": f"24 000 {number:03}"} for number, each in enumerate(MORE)]
    imported(table(*cases.decisions(*rows)))
    of = Council.objects.get(slug=council) if council else None
    for chosen in CHOSEN:
        asked = Asked(**chosen, q=q)
        for facet in listing(asked, NOW, of).facets:
            told = {"": facet.total} | {each.value: each.number for each in facet.choices}
            assert told == {value: number_with(asked, facet.name, value, of) for value in told}, facet.name


def number_with(asked, name, value, council):
    """How many there are with another choice of one kind; a part goes with its category."""
    changed = {name: (int(value) if value else None) if name == "year" else value}
    changed |= {"part": ""} if name == "category" else {}
    return listing(asked.but(**changed), NOW, council).counted.number


def test_two_categories_with_one_short_name_are_told_apart_where_both_can_be_chosen(client):
    """The Ombudsman wrote "Planning and development" before, which we call planning too."""
    imported(table(*cases.decisions({"reference": "24 000 001", "category": "Planning and development"})))
    assert "Housing (42) Planning (1) Planning and development (1)" in text(client, "/decisions")


@pytest.mark.parametrize(("address", "number"), [("/decisions", 42), (f"{AT}/decisions", 41)])
def test_a_list_goes_on_from_page_to_page_without_a_gap(client, address, number):
    """Also of one council, with a decision on two."""
    first = client.get(address)
    older = re.search(rf'href="({address}\?before=\d+)" rel="next"', first.content.decode())[1]
    both = references(client, address) + references(client, older)
    assert len(both) == len(set(both)) == number
    days = [Decision.objects.get(reference=each).decided_on for each in both]
    assert days == sorted(days, reverse=True)
    assert 'rel="next"' not in client.get(older).content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/decisions?q=zebra", ["25 000 001"]),
        ("/decisions?q=ZEBRAS+example", ["25 000 001"]),
        ("/decisions?q=zebra&outcome=not-upheld", []),
        ("/decisions?q=25+000+001", ["25 000 001"]),
        ("/decisions?q=25-000-001+zebra", ["25 000 001"]),
        ("/decisions?q=case+25000001", []),
        ("/decisions?q=25+000+001&outcome=not-upheld", []),
        ("/decisions?category=planning", ["25 000 003"]),
        ("/decisions?category=planning&part=allocations", ["25 000 003"]),
        (f"{OTHER}/decisions", ["25 000 003", "25 000 005"]),
        (f"{AT}/decisions?q=zebra", ["25 000 001"]),
        (f"{OTHER}/decisions?q=zebra", []),
    ],
)
def test_decisions_are_found_by_words_and_choices(client, address, found):
    assert references(client, address) == found


def test_what_a_text_says_is_never_taken_for_a_choice(client):
    """Classes of use in planning, such as B8, look as choices do in the index."""
    other = Council.objects.get(name="Othertown District Council")
    housing = Decision.objects.get(reference="25 000 001").category
    says = f"Warehouses of class B{other.pk} and C{housing.pk}, by policy Y2026."
    one = {"reference": "24 000 001", "category": "Planning", "sub-category": "Trees", "text": says}
    imported(table(*cases.decisions(one)))
    found = {
        "/decisions?q=warehouse": ["24 000 001"],
        f"/decisions?q=b{other.pk}": ["24 000 001"],
        f"/decisions?q=warehouse+c{housing.pk}": ["24 000 001"],
        f"{OTHER}/decisions?q=warehouse": [],
        "/decisions?q=warehouse&category=housing": [],
    }
    assert {address: references(client, address) for address in found} == found


@pytest.mark.parametrize("most_found", [0, 250])
def test_a_word_too_usual_to_be_kept_finds_no_more_with_a_choice_than_without(
    client, monkeypatch, most_found
):
    """On PostgreSQL; SQLite keeps all words."""
    monkeypatch.setattr("cases.published.MOST_FOUND", most_found)
    without = references(client, "/decisions?q=of")
    assert bool(without) == (connection.vendor == "sqlite")
    for address in (f"{OTHER}/decisions?q=of", "/decisions?q=of&outcome=upheld"):
        assert bool(references(client, address)) == bool(without)


def test_where_none_has_the_words_the_page_says_so(client):
    page = text(client, "/decisions?q=xyzzy")
    assert "No decision published here has all of these words. Check their spelling" in page
    assert "0 decisions" not in page


def test_where_too_many_have_the_words_they_are_not_counted(client, monkeypatch):
    monkeypatch.setattr("cases.published.MOST_FOUND", 10)
    page = text(client, "/decisions?q=example")
    assert "More than 10 decisions have these words" in page
    assert "All categories Housing Planning" in page
    monkeypatch.undo()


@pytest.mark.parametrize(
    "address",
    [
        "/decisions?category=nothing",
        "/decisions?category=zyxwold",
        "/decisions?category=zyxwold&q=zebra",
        "/decisions?outcome=perhaps",
        "/decisions?year=1999",
        "/decisions?year=٢٠٢٤",
        "/decisions?before=x",
        "/decisions?before=-1",
        f"{AT}/decisions?category=planning",
        f"{AT}/serviceimprovements?state=lost",
        "/service-improvements?subject=planning",
        "/service-improvements?category=" + "x" * 1000,
    ],
)
def test_a_list_that_there_is_not_leads_to_the_one_there_is(client, address):
    assert "There is no such list" in text(client, address, 404)
