"""The search by postcode: what is answered, in two tiers and in one, and what when there is no answer."""

from datetime import date
from datetime import datetime as DateTime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.html import strip_tags

from councils.models import PostcodeList, Succession
from tests import factories, postcode_files

NOW = DateTime(2026, 4, 1, 12, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance"


@pytest.fixture(autouse=True)
def register(db):
    """A county with three districts, of which one will go to two new councils; one that became part of a unitary."""
    county = factories.council("Oldshire County Council", kind="county")
    for number, name in enumerate(("Alpha", "Beta", "Gamma")):
        factories.council(f"{name} District Council", gss=f"E0700090{number}", county=county)
    new = factories.council("Newshire Council", kind="unitary", first_day=date(2021, 4, 1), gss="E06000901")
    gone = factories.council(
        "Delta District Council", gss="E07000903", county=county, last_day=date(2021, 3, 31)
    )
    Succession.objects.create(predecessor=gone, successor=new, day=date(2021, 4, 1), how="merged")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def postcodes(tmp_path):
    lines = [
        ("ZZ1 1AA", "E06000901"),
        ("ZZ2 1AA", "E07000900"),
        ("ZZ3 1AA", "E07000900"),
        ("ZZ3 1AA", "E07000901"),
        ("ZZ4 1AA", "E07000903"),
        ("ZZ5 1AA", "E07000900", "201203"),
        ("ZZ0 1AA", "E06000901"),
        ("SY1 1AA", "E06000901"),
    ]
    postcode_files.load(postcode_files.write(tmp_path / "ONSPD.csv", lines))


def seen(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def in_order(text, *words):
    places = [text.index(each) for each in words]
    return places == sorted(places)


@pytest.mark.parametrize("typed", ["ZZ1 1AA", "zz11aa", "  zz1   1aa ", "ZZ1-1AA"])
def test_one_council(client, postcodes, typed):
    page = seen(client, f"/councils?q={typed}")
    assert in_order(page, "Council for ZZ1 1AA", "Newshire Council Unitary council: council services")
    assert "Two councils share" not in page
    assert f'<a href="{AT}/newshire-council/statistics">' in client.get("/councils?q=ZZ11AA").content.decode()


def test_two_tiers_with_who_does_what(client, postcodes):
    page = seen(client, "/councils?q=ZZ2+1AA")
    assert in_order(
        page,
        "Councils for ZZ2 1AA",
        "Two councils share the work",
        "Alpha District Council District council: bins and recycling, council tax",
        "Oldshire County Council County council: adult social care",
    )


def test_a_split_postcode_gives_both(client, postcodes):
    page = seen(client, "/councils?q=ZZ3+1AA")
    assert in_order(page, "several councils", "Alpha District", "Beta District", "Oldshire County Council")
    assert "Gamma" not in page


def test_the_council_of_an_abolished_one_is_its_successor(client, postcodes):
    page = seen(client, "/councils?q=ZZ4+1AA")
    assert "Council for ZZ4 1AA" in page
    assert "Newshire Council Unitary council" in page
    assert "Delta" not in page
    assert "Oldshire" not in page


def test_a_council_that_will_be_split_is_followed_from_that_day(client, postcodes):
    alpha = factories.council("Alpha District Council")
    alpha.last_day = date(2027, 3, 31)
    alpha.save()
    for name in ("Westshire Council", "Eastshire Council"):
        new = factories.council(name, kind="unitary", first_day=date(2027, 4, 1))
        Succession.objects.create(predecessor=alpha, successor=new, day=date(2027, 4, 1), how="split")
    with time_machine.travel(DateTime(2027, 3, 31, 23, 59, tzinfo=NOW.tzinfo), tick=False):
        assert "Alpha District Council" in seen(client, "/councils?q=ZZ2+1AA")
    with time_machine.travel(DateTime(2027, 4, 1, 0, 0, tzinfo=NOW.tzinfo), tick=False):
        page = seen(client, "/councils?q=ZZ2+1AA")
        assert in_order(page, "several councils", "Eastshire Council", "Westshire Council")
        assert "Oldshire" not in page


def test_one_that_is_no_longer_used(client, postcodes):
    page = seen(client, "/councils?q=ZZ5+1AA")
    assert in_order(page, "ZZ5 1AA is no longer used: Royal Mail withdrew it in March 2012", "Alpha District")


def test_a_nought_written_as_a_letter(client, postcodes):
    assert "Council for ZZ0 1AA" in seen(client, "/councils?q=ZZO+1AA")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ZZ9 9ZZ", "not among England’s postcodes here. Check it"),
        ("EH1 1AA", "This is a postcode of Scotland."),
        ("CF10 1AA", "Public Services Ombudsman for Wales"),
        ("BT1 1AA", "Northern Ireland Public Services Ombudsman"),
        ("SY23 1AA", "it may lie in Wales, or be very new"),
        ("TD1 1AA", "it may lie in Scotland, or be very new"),
    ],
)
def test_one_that_is_not_in_the_list(client, postcodes, typed, words):
    page = seen(client, f"/councils?q={typed}")
    assert f"No council found for {typed}" in page
    assert words in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [("ZZ1", "Enter the whole postcode"), ("ZZ1 1A", "whole postcode"), ("ZZ1 1AAA", "not how a postcode")],
)
def test_what_is_no_whole_postcode_is_said_at_the_field(client, postcodes, typed, words):
    page = seen(client, f"/councils?q={typed}", status=400)
    assert in_order(page, "Error:", "Find a council", words)
    assert f'value="{typed}"' in client.get(f"/councils?q={typed}").content.decode()


@pytest.mark.parametrize("typed", ["ZZ1 1AA", "ZZ1", "ZZ1 1AAA"])
def test_without_a_file_postcodes_are_not_promised(client, typed):
    page = seen(client, f"/councils?q={typed}")
    assert "Postcodes are not loaded on this site" in page
    assert "or your postcode" not in page
    for address in ("/", "/councils"):
        assert "postcode" not in seen(client, address)
    assert "Royal Mail" not in seen(client, "/data-sources")
    assert "Postcodes are not loaded" in seen(client, f"/compare?q={typed}")


def test_with_a_file_they_are_promised_and_credited(client, postcodes):
    for address in ("/", "/councils", "/councils?q=nowhere"):
        assert "Find a council or other authority by its name or your postcode" in seen(client, address)
    page = seen(client, "/data-sources")
    assert "loaded on 1 April 2026" in page
    assert "Contains Royal Mail data © Royal Mail copyright and database right" in page


def test_a_comparison_takes_a_postcode_too(client, postcodes):
    page = seen(client, "/compare?q=ZZ2+1AA")
    assert in_order(page, "Alpha District Council", "Oldshire County Council")
    assert "ZZ9 9ZZ is not among England’s postcodes" in seen(client, "/compare?q=ZZ9+9ZZ")
    assert "Enter the whole postcode" in seen(client, "/compare?q=ZZ9", status=400)


@pytest.mark.parametrize("address", ["/councils", "/compare"])
@pytest.mark.parametrize("typed", ["ZZ1 1AA", "ZZ9 9ZZ", "ZZ1", "ZZ1 1AAA"])
def test_nothing_keeps_the_answer_to_a_postcode(client, postcodes, caplog, address, typed):
    response = client.get(address, {"q": typed})
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "ZZ" not in caplog.text


def test_postcodes_are_not_suggested(client, postcodes):
    assert client.get("/councils/suggest?q=ZZ1+1AA").json() == {"suggestions": []}


@pytest.mark.parametrize("typed", ["ZZ1 1AA", "ZZ2 1AA", "ZZ4 1AA", "ZZ9 9ZZ", "ZZ1"])
def test_queries_are_few(client, postcodes, django_assert_max_num_queries, typed):
    with django_assert_max_num_queries(6):
        client.get("/councils", {"q": typed})


def test_the_demonstration_has_postcodes_of_its_own(client):
    from councils.loading import load_register
    from demonstration import postcodes

    load_register()
    for _ in range(2):
        postcodes.load_unless_loaded()
    assert PostcodeList.objects.get().file_name == postcodes.FILE_NAME
    assert "ZZ3 1AA (split)" in postcodes.hint()
    assert "Cambridgeshire County Council" in seen(client, "/councils?q=ZZ2+1AA")
    assert "several councils" in seen(client, "/councils?q=ZZ3+1AA")
    assert "North Northamptonshire Council" in seen(client, "/councils?q=ZZ4+1AA")
