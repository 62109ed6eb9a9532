"""Finding a council in the search fields: the pages, and the suggestions as one types."""

from datetime import date, timedelta
from datetime import datetime as DateTime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.html import strip_tags

from councils.models import Succession
from tests import factories

NOW = DateTime(2026, 4, 1, 12, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance"


@pytest.fixture(autouse=True)
def register(db):
    """Two councils that became one, one that was renamed, one that will end, and one that stays."""
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    for name in ("Wellingborough Borough Council", "Corby Borough Council"):
        old = factories.council(name, last_day=date(2021, 3, 31))
        Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    folkestone = factories.council("Folkestone and Hythe District Council")
    shepway = factories.council("Shepway District Council", last_day=date(2018, 3, 31))
    Succession.objects.create(predecessor=shepway, successor=folkestone, day=date(2018, 4, 1), how="renamed")
    factories.council("Runnymede Borough Council", last_day=date(2027, 3, 31), gss="E07000212")
    factories.council("Swale <b>Borough</b> Council", slug="swale-borough-council")
    with time_machine.travel(NOW, tick=False):
        yield


def seen(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def suggested(client, typed):
    response = client.get("/councils/suggest", {"q": typed})
    assert response.status_code == 200
    return [(each["name"], each["note"], each["near"]) for each in response.json()["suggestions"]]


def test_who_lives_outside_england_reads_why_nothing_was_found(client):
    page = seen(client, "/councils?q=Gwynedd")
    assert (
        "Councils in Wales, Scotland and Northern Ireland are not here: other ombudsmen deal with them."
        in page
    )


def test_a_misspelling_is_asked_about_and_never_redirected(client):
    for address in ("/councils", "/compare"):
        page = seen(client, f"{address}?q=wellinborough")
        assert "No council is called “wellinborough”" in page
        assert "Did you mean … Wellingborough Borough Council District council, abolished 2021" in page
        assert "see North Northamptonshire Council" in page
    html = client.get("/councils?q=wellinborough").content.decode()
    assert f'<a href="{AT}/wellingborough-borough-council/statistics">' in html
    assert f'<a href="{AT}/north-northamptonshire-council/statistics">' in html


@pytest.mark.parametrize("typed", ["wellingborough", "Wellingborough+District+Council", "e07000212"])
def test_a_single_council_that_is_called_so_is_gone_to(client, typed):
    assert client.get(f"/councils?q={typed}")["Location"].startswith(f"{AT}/")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("leigh", "Eastleigh Borough Council"),
        ("oak", "Sevenoaks District Council"),
        ("York County Council", "North Yorkshire County Council"),
    ],
)
def test_a_council_that_only_has_it_in_its_name_is_shown_and_not_gone_to(client, typed, shown):
    factories.council(shown)
    response = client.get("/councils", {"q": typed})
    assert response.status_code == 200
    assert shown in response.content.decode()


def test_a_council_that_is_to_come_says_from_when(client):
    factories.council("East Zyxwold Council", first_day=date(2027, 4, 1))
    assert suggested(client, "zyxwold")[0][1].endswith("council, from 1 April 2027")
    assert "from 1 April 2027" in client.get("/councils").content.decode()


def test_a_misspelling_may_be_added_to_a_comparison(client):
    from tests.comparing.world import publish

    publish(factories.staff(), factories.council("Corby Borough Council"), 1, 3)
    start = "/compare?council=corby-borough-council&year=2020&figure=upheld&with=list"
    assert "Did you mean … Runnymede Borough Council · Add Runnymede" in seen(client, f"{start}&q=runymede")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "welling",
            [
                (
                    "Wellingborough Borough Council",
                    "District council, abolished 2021, see North Northamptonshire Council",
                    False,
                )
            ],
        ),
        (
            "shepway",
            [
                (
                    "Shepway District Council",
                    "District council, renamed 2018, see Folkestone and Hythe District Council",
                    False,
                )
            ],
        ),
        ("runymede", [("Runnymede Borough Council", "District council, until 31 March 2027", True)]),
        ("E0700021", [("Runnymede Borough Council", "District council, until 31 March 2027", False)]),
        ("swale", [("Swale <b>Borough</b> Council", "District council", False)]),
        ("nowhere", []),
        ("%", []),
    ],
)
def test_suggestions(client, typed, expected):
    assert suggested(client, typed) == expected


def test_suggestions_are_the_same_for_everyone_and_asked_for_again(client):
    response = client.get("/councils/suggest?q=swale")
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    assert not response.has_header("Vary")


def test_suggestions_are_eight_at_most_and_say_where_they_lead(client):
    for number in range(12):
        factories.council(f"Town {number} Council")
    assert len(suggested(client, "town")) == 8
    [only] = client.get("/councils/suggest?q=shepway").json()["suggestions"]
    assert only["slug"] == "shepway-district-council"


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=" + "a" * 101, "q=" + "a" * 1_000_000])
def test_odd_questions_get_no_suggestions(client, query):
    response = client.get(f"/councils/suggest?{query}")
    assert response.json() == {"suggestions": []}
    assert response.status_code == (400 if query else 200)


def test_a_council_is_abolished_only_when_its_day_has_come(client):
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert suggested(client, "runnymede")[0][1] == "District council, abolished 2027"


@pytest.mark.parametrize("address", ["/councils", "/councils/suggest", "/compare"])
@pytest.mark.parametrize("typed", ["council", "wellinborough", "nowhere"])
def test_queries_are_few(client, django_assert_max_num_queries, address, typed):
    with django_assert_max_num_queries(6):
        client.get(address, {"q": typed})


def test_only_pages_with_a_search_field_load_its_script(client):
    for address in ("/", "/councils", "/councils?q=nowhere", "/compare", "/compare?q=nowhere"):
        assert b"find" in client.get(address).content.split(b"</head>")[0]
    for address in ("/privacy", "/nothing"):
        assert b"<script" not in client.get(address).content
