"""Whom a visitor means: rightly written, nearly, or nobody."""

import random
import string
from datetime import date

import pytest

from councils.finding import NEAR_RESULTS, find
from tests.factories import council

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)

# Typed, and the bodies whose names come near, the nearest first.
MISSPELT = {
    "wellinborough": ["Wellingborough Borough Council"],
    "wellinborough burough concil": ["Wellingborough Borough Council"],
    "WELLINGBURGH": ["Wellingborough Borough Council"],
    "mid sussix": ["Mid Sussex District Council"],
    "sussix": ["East Sussex County Council", "Mid Sussex District Council", "West Sussex County Council"],
    "midlesborough": ["Middlesbrough Borough Council"],
    "telfrod": ["Telford & Wrekin Council"],
    "leads": ["Leeds City Council"],
    "kant": ["Kent County Council"],
    "sheffeild": ["Sheffield City Council", "South Yorkshire Mayoral Combined Authority"],
    "notingham": ["Nottingham City Council", "Nottinghamshire County Council"],
    "stocktonontees": ["Stockton-on-Tees Borough Council"],
    "kinks lyn": ["Borough Council of Kings Lynn and West Norfolk"],
    "saint helans": ["St Helens Council"],
    "hammersmyth & fullham": ["London Borough of Hammersmith & Fulham"],
    # Still being typed.
    "wellinb": ["Wellingborough Borough Council"],
    "londn borogh of croyd": ["London Borough of Croydon"],
    # One word is not in the name.
    "Isle of Wite": ["Isle of Wight Council"],
    "leeds yorkshire": ["Leeds City Council"],
    "market harborough": ["Harborough District Council"],
    # Of the same place, but no council of that kind.
    "Bristol County Council": ["Bristol City Council"],
    "Kent Borough Council": ["Kent County Council"],
}

# Written otherwise, but with no letter wrong.
CALLED = {
    "Croydon Borough Council": ["London Borough of Croydon"],
    "Westminster City Council": ["City of Westminster"],
    "Borough Council of King\u2019s Lynn & West Norfolk": ["Borough Council of Kings Lynn and West Norfolk"],
    "Wellingborough District Council": ["Wellingborough Borough Council"],
    "Shéffield City Council": ["Sheffield City Council"],
}

NOBODY = [
    *(
        "asdfgh",
        "qwertyuiop",
        "banana",
        "complaint",
        "hospital",
        "nowhere",
        "somewhere",
        "adult care",
        "bins",
    ),
    *(
        "edinburgh",
        "cardiff",
        "swansea",
        "glasgow",
        "belfast",
        "paris",
        "council tax",
        "the the the",
        "gouncil",
    ),
    *("vale of nowhere", "west somewhere", "leeds nowhere somewhere", "north wales"),
    *("x" * 100, "wellinborough " * 7, "\ufdfa" * 100, "noth", "wset", "zz"),
]


def _called(typed):
    return [body.name for body in find(typed, DAY).called]


def _nearly(typed):
    return [body.name for body in find(typed, DAY).nearly]


def test_misspelt_names(register):
    assert {typed: _nearly(typed)[: len(first)] for typed, first in MISSPELT.items()} == MISSPELT
    assert [typed for typed in MISSPELT if find(typed, DAY).called] == []


def test_names_written_otherwise_are_called_so(register):
    assert {typed: _called(typed) for typed in CALLED} == CALLED
    assert [typed for typed in CALLED if find(typed, DAY).nearly] == []


def test_a_misspelling_may_mean_one_or_a_longer_name_and_the_closed_come_last(register):
    assert _nearly("northhampton") == [
        "Northampton Borough Council",
        "North Northamptonshire Council",
        "West Northamptonshire Council",
        "East Northamptonshire Council",
        "Northamptonshire County Council",
        "South Northamptonshire Council",
    ]
    assert len(_nearly("northhampton")) == NEAR_RESULTS


def test_nonsense_comes_near_to_nobody(register):
    assert [typed for typed in NOBODY if _nearly(typed) or _called(typed)] == []


def test_random_letters_hardly_ever_come_near(register):
    chance = random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(6, 14))) for _ in range(100)]
    assert [word for word in words if find(word, DAY).nearly] == []


def test_where_a_name_has_the_words_nothing_else_is_guessed(register):
    found = find("wells", DAY)
    assert found.called
    assert found.nearly == []


def test_a_name_that_staff_add_is_known_from_then_on():
    body = council("Zyxwold Borough Council")
    assert _nearly("wold valey") == []
    body.aliases.create(text="Wold Valley")
    assert _nearly("wold valey") == [body.name]


@pytest.mark.parametrize(
    ("typed", "queries"), [("york", 2), ("wellinborough", 5), ("nowhere", 2), ("x" * 100, 2)]
)
def test_queries_are_few(register, django_assert_max_num_queries, typed, queries):
    with django_assert_max_num_queries(queries):
        find(typed, DAY)
