"""Which body a printed name means, and which are found for what a visitor types."""

from dataclasses import replace
from datetime import date

import pytest

from councils.models import Council
from letters.matching import match
from tests import factories
from tests.factories import council

pytestmark = pytest.mark.django_db

# What a letter on the year to 31 March 2020 may print, and the body it means.
YEAR_2020 = {
    # As the Ombudsman writes them.
    "Wellingborough Borough Council": "Wellingborough Borough Council",
    "Stockton-on-Tees Borough Council": "Stockton-on-Tees Borough Council",
    "City of York Council": "City of York Council",
    "London Borough of Croydon": "London Borough of Croydon",
    "Middlesbrough Borough Council": "Middlesbrough Borough Council",
    "Borough Council of King's Lynn and West Norfolk": "Borough Council of Kings Lynn and West Norfolk",
    "Borough Council of King\u2019s Lynn & West Norfolk": "Borough Council of Kings Lynn and West Norfolk",
    "Royal Borough of Kensington and Chelsea": "Royal Borough of Kensington and Chelsea",
    "The Royal Borough of Kensington & Chelsea": "Royal Borough of Kensington and Chelsea",
    "City of Westminster": "City of Westminster",
    "Westminster City Council": "City of Westminster",
    "City of London Corporation": "City of London Corporation",
    "City of London": "City of London Corporation",
    "Corporation of London": "City of London Corporation",
    "Newcastle upon Tyne City Council": "Newcastle City Council",
    "Newcastle-under-Lyme Borough Council": "Newcastle-under-Lyme Borough Council",
    "Isle of Wight County Council": "Isle of Wight Council",
    "Kingston upon Hull City Council": "Hull City Council",
    "Wirral Metropolitan Borough Council": "Wirral Borough Council",
    "Bradford Metropolitan District Council": "City of Bradford Metropolitan District Council",
    "Lake District National Park Authority": "Lake District National Park Authority",
    # Written otherwise.
    "WELLINGBOROUGH  borough\ncouncil": "Wellingborough Borough Council",
    "Borough Council of Wellingborough": "Wellingborough Borough Council",
    "Wellingborough": "Wellingborough Borough Council",
    "Wel\u00adlingborough Council": "Wellingborough Borough Council",
    "Stockton on Tees Council": "Stockton-on-Tees Borough Council",
    "Croydon Council": "London Borough of Croydon",
    "York": "City of York Council",
    "Hammersmith and Fulham Council": "London Borough of Hammersmith & Fulham",
    "Telford and Wrekin Council": "Telford & Wrekin Council",
    "Telford & the Wrekin": "Telford & Wrekin Council",
    "St. Helens Council": "St Helens Council",
    "Saint Helens": "St Helens Council",
    "St Albans District Council": "St Albans City and District Council",
    "Bournemouth, Christchurch & Poole": "Bournemouth, Christchurch and Poole Council",
    "BCP Council": "Bournemouth, Christchurch and Poole Council",
    "Shef\ufb01eld City Council": "Sheffield City Council",
    # Cities since 2022, in letters written after it.
    "Colchester City Council": "Colchester Borough Council",
    "Southend-on-Sea City Council": "Southend-on-Sea Borough Council",
    "Milton Keynes City Council": "Milton Keynes Council",
    # A county and its city, told apart.
    "Lincoln": "City of Lincoln Council",
    "Lincolnshire": "Lincolnshire County Council",
    "Nottingham City Council": "Nottingham City Council",
    "Nottinghamshire": "Nottinghamshire County Council",
    "Derby": "Derby City Council",
    "Leicester City": "Leicester City Council",
    "Leicestershire County Council": "Leicestershire County Council",
    "Cambridge City": "Cambridge City Council",
    "Rutland Council": "Rutland County Council",
    "Durham": "Durham County Council",
    "County Durham": "Durham County Council",
    "Isle of Wight": "Isle of Wight Council",
    # Another sort of body has the same name, but is not a council.
    "Northumberland Council": "Northumberland County Council",
    "New Forest Council": "New Forest District Council",
    "Newcastle upon Tyne Council": "Newcastle City Council",
    "City of Sheffield": "Sheffield City Council",
    "Liverpool City": "Liverpool City Council",
    # The exact official name goes before all else, whenever the body existed.
    "Durham City Council": "Durham City Council",
    "Cheshire County Council": "Cheshire County Council",
    "Somerset Council": "Somerset Council",
    "City of Newcastle": "Newcastle City Council",
    "Newcastle Borough Council": "Newcastle-under-Lyme Borough Council",
}

NOBODY_IN_2020 = [
    "",
    " \n",
    "%",
    "_",
    "\0",
    "\ud800",
    "&",
    "and",
    "Council",
    "The Council",
    "County Council",
    "London Borough of",
    "City and County Council",
    "Corporation",
    # Several bodies.
    "Newcastle",
    "Newcastle Council",
    "Newcastle upon Tyne",
    "Northumberland",
    "New Forest",
    # Not the body that the rest of the name suggests.
    "Derby County Council",
    "Cambridge County Council",
    "Lincoln County Council",
    "Durham City",
    "Kent Borough Council",
    "Northumberland Borough Council",
    # Parts of names, misspellings, and nobody at all.
    "Kingston",
    "Richmond",
    "Adur and Worthing",
    "East Riding",
    "Wellinborough Borough Council",
    "Zyxwold Borough Council",
    "Wellingborough Borough Council and others",
    "x" * 10_000,
    # Closed before the year, or not begun within it.
    "Penwith",
    "Bournemouth",
    "Cumberland",
    "North Northamptonshire",
]

# The same name in different years (by the year in which they end).
BY_YEAR = [
    ("Somerset", 2023, "Somerset County Council"),
    ("Somerset", 2024, "Somerset Council"),
    ("North Yorkshire", 2023, "North Yorkshire County Council"),
    ("North Yorkshire", 2024, "North Yorkshire Council"),
    ("Dorset", 2019, "Dorset County Council"),
    ("Dorset", 2020, "Dorset Council"),
    ("Buckinghamshire", 2020, "Buckinghamshire County Council"),
    ("Buckinghamshire", 2021, "Buckinghamshire Council"),
    ("Northumberland", 2024, None),
    ("Newcastle upon Tyne", 2018, "Newcastle City Council"),
    ("Newcastle upon Tyne", 2025, None),
    ("Newcastle upon Tyne", 2026, "Newcastle City Council"),
    ("Durham", 2009, None),
    ("Durham City", 2009, "Durham City Council"),
    ("Durham County", 2009, "Durham County Council"),
    ("Durham", 2010, "Durham County Council"),
    ("Cornwall", 2009, "Cornwall County Council"),
    ("Cornwall", 2010, "Cornwall Council"),
    ("Bedford", 2008, "Bedford Borough Council"),
    ("Wellingborough", 2021, "Wellingborough Borough Council"),
    ("Wellingborough", 2022, None),
    ("Wellingborough Borough Council", 2025, "Wellingborough Borough Council"),
    ("Shropshire Council", 2008, "Shropshire Council"),
]


def _named(text: str, year_ending: int) -> str | None:
    body = Council.objects.named(text, date(year_ending, 3, 31))
    return body and body.name


def test_printed_names(register):
    assert {text: _named(text, 2020) for text in YEAR_2020} == YEAR_2020


def test_names_that_are_nobodys(register):
    assert {text: _named(text, 2020) for text in NOBODY_IN_2020} == dict.fromkeys(NOBODY_IN_2020)


def test_the_year_tells_names_apart(register):
    assert [(text, year, _named(text, year)) for text, year, _ in BY_YEAR] == BY_YEAR


def test_any_day_of_the_reporting_year_will_do(register):
    for day in (date(2022, 4, 1), date(2022, 12, 31), date(2023, 3, 31)):
        assert Council.objects.named("Somerset", day).name == "Somerset County Council"
    assert Council.objects.named("Somerset", date(2023, 4, 1)).name == "Somerset Council"


def test_every_official_name_means_its_own_body_however_it_is_written(register):
    day = date(2015, 3, 31)
    for body in Council.objects.open_on(day):
        for text in (body.name, body.name.upper(), body.name.replace(" and ", " & ").replace("-", " ")):
            assert Council.objects.named(text, day) == body


def test_no_name_in_the_register_means_another_body(register):
    """Another name of one body finds that body or nobody."""
    for year in (2009, 2023):
        for body in Council.objects.open_on(date(year, 3, 31)).prefetch_related("aliases"):
            for alias in body.aliases.all():
                assert _named(alias.text, year) in {body.name, None}, (alias, year)


def test_naming_takes_few_queries(register, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        Council.objects.named("Newcastle upon Tyne City Council", date(2020, 3, 31))


def test_an_alias_that_staff_add_is_known_from_then_on():
    body = council("Zyxwold Borough Council")
    assert _named("Wold Valley", 2020) is None
    body.aliases.create(text="Wold Valley")
    assert _named("Wold Valley Council", 2020) == body.name


def test_a_name_used_again_means_the_body_of_that_year():
    old = council("Zyxwold Council", slug="old", last_day=date(2019, 3, 31))
    new = Council.objects.create(
        name="Zyxwold Council", short_name="Zyxwold", slug="new", kind="unitary", first_day=date(2019, 4, 1)
    )
    assert Council.objects.named("Zyxwold Council", date(2019, 3, 31)) == old
    assert Council.objects.named("Zyxwold Council", date(2020, 3, 31)) == new


def test_the_same_words_go_before_the_same_place():
    borough = council("Zyxwold Borough Council")
    council("London Borough of Zyxwold", aliases=["Zyxwold"])
    assert _named("ZYXWOLD BOROUGH COUNCIL", 2020) == borough.name
    assert _named("Borough of Zyxwold", 2020) is None


def test_an_official_name_goes_before_the_same_other_name():
    body = council("Zyxwold Council")
    council("Greater Zyxwold Council", aliases=["zyxwold council"])
    assert _named("ZYXWOLD COUNCIL", 2020) == body.name
    assert _named("Zyxwold", 2020) is None


def test_a_name_without_a_word_is_nobodys():
    council("Zyxwold Council", aliases=["\u2014"])
    assert _named("-", 2020) is None


SEARCHES = [
    # Typed, the first bodies found.
    ("Wellingborough", ["Wellingborough Borough Council"]),
    ("wellingborough council", ["Wellingborough Borough Council"]),
    ("WELLING", ["Wellingborough Borough Council"]),
    ("kings lynn", ["Borough Council of Kings Lynn and West Norfolk"]),
    ("king\u2019s lynn & west norfolk", ["Borough Council of Kings Lynn and West Norfolk"]),
    ("stockton-on-tees", ["Stockton-on-Tees Borough Council"]),
    ("tees stockton", ["Stockton-on-Tees Borough Council"]),
    ("york", ["City of York Council", "York and North Yorkshire Mayoral Combined Authority"]),
    ("somerset", ["Somerset Council", "Somerset County Council"]),
    ("shepway", ["Folkestone and Hythe District Council"]),
    ("bcp", ["Bournemouth, Christchurch and Poole Council"]),
    ("saint helens", ["St Helens Council"]),
    ("city of london", ["City of London Corporation"]),
    ("aylesbury", ["Aylesbury Vale District Council"]),
    ("penwith", ["Penwith District Council"]),
    ("cambridge", ["Cambridge City Council", "Cambridgeshire County Council"]),
    ("durham", ["Durham County Council", "Durham City Council"]),
    ("herts", ["Hertfordshire County Council", "East Hertfordshire District Council"]),
    ("northants", ["Northamptonshire County Council"]),
    ("south bucks", ["South Bucks District Council"]),
    ("E08000016", ["Barnsley Metropolitan Borough Council"]),
    (" e0800 0038 ", ["Barnsley Metropolitan Borough Council"]),
    ("E08000039", ["Sheffield City Council"]),
    ("E07000097", ["East Hertfordshire District Council"]),
    ("E0700015", ["Corby Borough Council"]),
    ("newcastle", ["Newcastle City Council", "Newcastle-under-Lyme Borough Council"]),
]


FINDS_NOBODY = [
    "",
    " ",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "--",
    "\0",
    "\ud800",
    "\u202e",
    "%%%%",
    "| ! :*",
    "zyxwold",
    "E99999999",
    "E070001560",
    "S12000036",
]


def test_searches(register):
    day = date(2025, 6, 30)
    found = {typed: [body.name for body in Council.objects.search(typed, day)] for typed, _ in SEARCHES}
    assert {typed: found[typed][: len(first)] for typed, first in SEARCHES} == dict(SEARCHES)


def test_searches_that_find_nobody(register):
    found = {typed: list(Council.objects.search(typed)) for typed in [*FINDS_NOBODY, "x" * 1_000_000]}
    assert [typed[:20] for typed, bodies in found.items() if bodies] == []


def test_signs_do_not_hide_the_words_beside_them(register):
    assert [body.name for body in Council.objects.search("%wellingborough_")] == [
        "Wellingborough Borough Council"
    ]


def test_a_search_is_bounded_and_one_query(register, django_assert_num_queries):
    for typed in ("council", "o", "borough council of the district and county " * 50):
        with django_assert_num_queries(1):
            assert len(Council.objects.search(typed)) <= 20


def test_the_closed_come_after_the_open_by_the_day_asked_about(register):
    before, after = date(2023, 3, 31), date(2023, 4, 1)
    assert Council.objects.search("somerset", after)[0].name == "Somerset Council"
    assert {body.name for body in Council.objects.search("somerset", before)[:2]} == {
        "Somerset Council",
        "Somerset County Council",
    }


@pytest.mark.parametrize(
    ("authority", "written", "edition", "meant"),
    [
        ("Dorset", date(2019, 7, 24), None, "Dorset County Council"),
        ("Dorset", date(2020, 7, 22), None, "Dorset Council"),
        ("Buckinghamshire", date(2020, 7, 22), None, "Buckinghamshire County Council"),
        ("Borough Council of Wellingborough", date(2021, 7, 21), None, "Wellingborough Borough Council"),
        ("Dorset", None, 2019, "Dorset County Council"),
        ("Dorset", None, 2020, "Dorset Council"),
    ],
)
def test_a_letter_that_does_not_say_its_year_is_about_the_one_before_it_was_written(
    register, authority, written, edition, meant
):
    """Or about that of the edition to which it was uploaded."""
    of_no_year = {"year_ending": None, "authority": authority, "letter_date": written}
    reading = replace(factories.reading(figures=[]), **of_no_year)
    council, problems = match(reading, edition)
    assert (council.name, [each.code for each in problems]) == (meant, [])
