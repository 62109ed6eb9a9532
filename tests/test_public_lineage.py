"""What became of a council, and where it came from, in sentences."""

from datetime import date

import pytest

from councils.models import Council, Succession
from public.lineage import goes_on_with, under_former_names, what_became_of, where_it_came_from
from tests import factories

pytestmark = pytest.mark.django_db

LAST, FIRST = date(2021, 3, 31), date(2021, 4, 1)
MERGED, SPLIT, RENAMED = Succession.How


def succeed(old, new, how=MERGED, day=FIRST):
    Succession.objects.create(
        predecessor=factories.council(old, last_day=LAST), successor=factories.council(new), day=day, how=how
    )


def said(sentences):
    return ["".join(str(part) for part in sentence) for sentence in sentences]


def became(name, today=FIRST):
    return said(what_became_of(Council.objects.with_lineage().get(name=name), today))


def came_from(name, today=FIRST):
    return said(where_it_came_from(Council.objects.with_lineage().get(name=name), today))


def test_one_that_goes_on():
    factories.council("New Council")
    assert (became("New Council"), came_from("New Council")) == ([], [])


def test_one_without_a_known_successor():
    factories.council("Old Council", last_day=LAST)
    assert became("Old Council") == ["Old Council was abolished on 31 March 2021."]


def test_several_merged_into_one():
    for old in ("Alpha Council", "Beta Council", "Gamma Council"):
        succeed(old, "New Council")
    assert became("Beta Council") == ["Beta Council was abolished on 31 March 2021. New Council took over."]
    assert came_from("New Council") == [
        "New Council took over from Alpha Council, Beta Council and Gamma Council on 1 April 2021."
    ]


def test_one_split_among_several():
    succeed("Old Council", "East Council", SPLIT)
    succeed("Old Council", "West Council", SPLIT)
    assert became("Old Council") == [
        "Old Council was abolished on 31 March 2021. East Council and West Council took over."
    ]
    assert came_from("West Council") == ["West Council took over from Old Council on 1 April 2021."]


def test_one_that_took_over_twice():
    succeed("Old Council", "New Council")
    succeed("Older Council", "New Council", day=date(2023, 4, 1))
    assert came_from("New Council", date(2024, 1, 1)) == [
        "New Council took over from Old Council on 1 April 2021.",
        "New Council took over from Older Council on 1 April 2023.",
    ]


def test_one_that_went_on_under_another_name():
    succeed("Old Council", "New Council", RENAMED)
    assert became("Old Council") == ["Old Council went on as New Council after 31 March 2021."]
    assert came_from("New Council") == ["Old Council went on as New Council on 1 April 2021."]


def test_what_is_still_to_come():
    succeed("Old Council", "New Council")
    assert became("Old Council", LAST) == [
        "Old Council will be abolished on 31 March 2021. New Council will take over."
    ]
    assert came_from("New Council", LAST) == ["New Council will take over from Old Council on 1 April 2021."]


def test_a_successor_that_is_not_in_the_register():
    old = factories.council("Old Council", last_day=LAST)
    Succession.objects.create(
        predecessor=old, successor_gss="E47000014", successor_name="Far Authority", day=FIRST, how=MERGED
    )
    assert became("Old Council") == ["Old Council was abolished on 31 March 2021. Far Authority took over."]


def test_where_its_figures_go_on():
    succeed("Old Council", "East Council", SPLIT)
    succeed("Old Council", "West Council", SPLIT)
    old = Council.objects.with_lineage().get(name="Old Council")
    (sentence,) = said([goes_on_with(old, FIRST)])
    assert (
        sentence
        == "For the time after it, see the figures of East Council and West Council, from 1 April 2021."
    )


@pytest.mark.parametrize(
    "successor", [None, {"successor_gss": "E47000014", "successor_name": "Far Authority"}]
)
def test_its_figures_go_on_nowhere_here(successor):
    old = factories.council("Old Council", last_day=LAST)
    if successor:
        Succession.objects.create(predecessor=old, day=FIRST, how=MERGED, **successor)
    assert goes_on_with(Council.objects.with_lineage().get(name="Old Council"), FIRST) == []


@pytest.mark.parametrize("last_day", [None, LAST])
def test_until_it_has_ended_its_figures_go_on_with_itself(last_day):
    succeed("Old Council", "East Council", MERGED)
    Council.objects.filter(name="Old Council").update(last_day=last_day)
    assert goes_on_with(Council.objects.with_lineage().get(name="Old Council"), LAST) == []


def test_in_which_years_it_had_another_name():
    old, older = factories.council("Old Council"), factories.council("Older Council")
    assert said(under_former_names({2020: old, 2018: older, 2019: old})) == [
        "2018–19 and 2019–20: under its former name, Old Council.",
        "2017–18: under its former name, Older Council.",
    ]
    assert under_former_names({}) == []


def test_a_succession_knows_of_the_others_of_its_predecessor():
    succeed("Old Council", "East Council", SPLIT)
    succeed("Old Council", "West Council", SPLIT)
    succeed("Whole Council", "West Council")
    succeed("Older Council", "Old Council", day=date(2019, 4, 1))
    west = Council.objects.with_lineage().get(name="West Council")
    assert {
        each.predecessor.name: (each.was_divided, each.had_taken_over) for each in west.predecessions.all()
    } == {"Old Council": (True, True), "Whole Council": (False, False)}
