"""The card for other sites' frames, and oEmbed: who may frame what, and what is answered to whom."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Council
from letters import workflow
from public import embedding
from tests import factories
from tests.visitors import words_of

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
SITE = "http://localhost:8000"
AT = "/your-councils-performance/sometown-council"
PAGE = f"{SITE}{AT}/statistics"
NONE_DUE = dict.fromkeys(("percent", "value", "numerator", "denominator", "average"))


@pytest.fixture(autouse=True)
def site(db):
    """A council with letters of two years, and one without any."""
    staff = factories.staff()
    council = factories.council("Sometown Council")
    factories.council("Othertown Council")
    for year in (2019, 2020):
        hour = HOUR.replace(year=year)
        figures = [
            factories.figure("upheld", year),
            factories.figure("compliance", year, numerator=None, denominator=12, percent=Decimal(92)),
            factories.figure("satisfactory-remedies", year, average=None),
        ]
        with time_machine.travel(hour, tick=False):
            factories.public_letter(factories.edition(year), staff, council, figures=figures)
            workflow.schedule(factories.edition(year), hour, staff, acknowledged=True)
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def seen(response):
    html = response.content.decode().split("<main>")[1]
    return words_of(html)


def test_the_card_shows_counts_first_then_rate_average_and_source(client):
    words = seen(client.get(f"{AT}/card?year=2020"))
    assert words.startswith(
        "Sometown Council 2019–20 Complaints upheld 2 of 2 investigations upheld Rate 100%; average of similar "
        "authorities 45% Too few to compare (2 investigations) Compliance with Ombudsman recommendations 11 of 12 "
        "compliance outcomes satisfactory (our count, from the rate) Rate 92%; average"
    )
    assert "before it had to step in Rate 100% Too few" in words
    assert "Source: Local Government and Social Care Ombudsman, annual letter of 22 July 2020." in words
    assert f'href="{PAGE}?year=2020"' in client.get(f"{AT}/card").content.decode()


def test_the_card_without_a_year_is_that_of_the_latest_letter(client):
    assert seen(client.get(f"{AT}/card")) == seen(client.get(f"{AT}/card?year=2020"))
    assert "2018–19" in seen(client.get(f"{AT}/card?year=2019"))


def test_the_card_of_a_council_without_letters_says_so(client):
    words = seen(client.get("/your-councils-performance/othertown-council/card"))
    assert "No annual letter of the Ombudsman to Othertown Council is published." in words


def test_only_the_card_may_be_framed(client):
    card = client.get(f"{AT}/card")
    assert not card.has_header("X-Frame-Options")
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'none'" in card["Content-Security-Policy"]
    assert "unsafe" not in card["Content-Security-Policy"]
    assert card["Cache-Control"] == "no-cache"
    assert not card.cookies
    for address in (
        f"{AT}/statistics",
        f"{AT}/take-along",
        f"{AT}/committee-pack",
        f"{AT}/card?year=1999",
        "/",
    ):
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_the_card_is_light_and_has_no_script(client, settings):
    html = client.get(f"{AT}/card").content
    assert b"<script" not in html
    assert b"style=" not in html
    style = (settings.BASE_DIR / "static" / "build" / "card.css").read_bytes()
    assert len(html) + len(style) < 5_000


def test_a_demonstrations_card_says_so(client, settings):
    settings.DEMONSTRATION = True
    assert seen(client.get(f"{AT}/card")).startswith("From a demonstration: most of its figures are made up.")


def oembed(client, url=PAGE, **parameters):
    return client.get(f"/oembed?{urlencode({'url': url} | parameters)}")


@pytest.mark.parametrize(
    ("page", "card"),
    [
        (f"{AT}", f"{AT}/card"),
        (f"{AT}/statistics", f"{AT}/card"),
        (f"{AT}/statistics?year=2019", f"{AT}/card?year=2019"),
        (f"{AT}/statistics?year=2020#upheld", f"{AT}/card?year=2020"),
        (f"{AT}/take-along?year=2020", f"{AT}/card?year=2020"),
        (f"{AT}/committee-pack?year=2020", f"{AT}/card?year=2020"),
        (f"{AT}/card?year=2020&x=1", f"{AT}/card?year=2020"),
    ],
)
def test_oembed_answers_for_a_councils_pages(client, page, card):
    response = oembed(client, SITE + page)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    said = response.json()
    year = ", 2018–19" if "2019" in page else ", 2019–20" if "2020" in page else ""
    title = f"Sometown Council{year}: what the Ombudsman’s annual letter says"
    assert said | {"html": ""} == {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Your council’s performance",
        "provider_url": SITE,
        "html": "",
        "width": 600,
        "height": said["height"],
    }
    frame = ElementTree.fromstring(said["html"].replace("loading=", "load="))
    assert frame.attrib["src"] == SITE + card
    assert frame.attrib["title"] == title
    assert (frame.attrib["width"], frame.attrib["height"]) == ("600", str(said["height"]))
    assert client.get(card).status_code == 200


def test_oembed_as_xml_says_the_same(client):
    response = oembed(client, format="xml")
    assert response["Content-Type"].startswith("text/xml")
    said = {each.tag: each.text for each in ElementTree.fromstring(response.content)}
    assert said == {name: str(value) for name, value in oembed(client).json().items()}
    assert response.content.startswith(b'<?xml version="1.0" encoding="utf-8"')
    # What word processors put for the end of a line within a paragraph: XML cannot hold it.
    Council.objects.filter(name="Sometown Council").update(name="Sometown\x0bCouncil")
    words = ElementTree.fromstring(oembed(client, format="xml").content).findtext("title")
    assert "Sometown�Council" in words


@pytest.mark.parametrize(
    ("wide", "high", "expected"),
    [
        (None, None, (600, 560)),
        (2000, 2000, (600, 560)),
        (560, None, (560, 560)),
        (400, None, (400, 800)),
        (280, None, (280, 940)),
        (280, 300, (280, 300)),
        (1, 1, (1, 1)),
    ],
)
def test_a_frame_is_never_larger_than_asked(wide, high, expected):
    assert embedding.size(wide, high) == expected


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"format": "yaml"}, 501),
        ({"format": ""}, 501),
        ({"format": "JSON"}, 501),
        ({"url": ""}, 400),
        ({"maxwidth": "0"}, 400),
        ({"maxwidth": "-1"}, 400),
        ({"maxwidth": "1e3"}, 400),
        ({"maxwidth": "٣٠٠"}, 400),
        ({"maxheight": "\x00"}, 400),
        ({"maxheight": "9" * 10_000}, 400),
        ({"url": f"{PAGE}?year=1999"}, 404),
        ({"url": f"{PAGE}?year=٢٠٢٠"}, 404),
        ({"url": f"{PAGE}?year=%00"}, 404),
        ({"url": f"{PAGE}?" + "&".join(f"year={each}" for each in range(100))}, 404),
        ({"url": f"{SITE}/"}, 404),
        ({"url": f"{SITE}/compare?council=sometown-council"}, 404),
        ({"url": f"{SITE}/admin/"}, 404),
        ({"url": f"{SITE}{AT}/annualletters/2020.pdf"}, 404),
        ({"url": f"{SITE}{AT}/STATISTICS"}, 404),
        ({"url": f"{SITE}/your-councils-performance/othertown-council/statistics"}, 404),
        ({"url": f"{SITE}/your-councils-performance/nowhere/statistics"}, 404),
        ({"url": f"{SITE}.example.org{AT}/statistics"}, 404),
        ({"url": f"http://localhost:8000@example.org{AT}/statistics"}, 404),
        ({"url": f"https://example.org{AT}/statistics"}, 404),
        ({"url": f"ftp://localhost:8000{AT}/statistics"}, 404),
        ({"url": f"javascript://localhost:8000{AT}/statistics"}, 404),
        ({"url": f"//localhost:8000{AT}/statistics"}, 404),
        ({"url": f"{AT}/statistics"}, 404),
        ({"url": "http://[::1"}, 404),
        ({"url": "\x00"}, 404),
        ({"url": "a" * 1_000_000}, 404),
    ],
)
def test_oembed_refuses_what_it_cannot_answer(client, parameters, status):
    response = oembed(client, **parameters)
    assert response.status_code == status
    if status == 404:
        assert response.content == client.get("/never-was").content
    assert response["Cache-Control"] == "no-cache"


def test_oembed_without_a_url_is_a_bad_request(client):
    assert client.get("/oembed").status_code == 400


@pytest.mark.parametrize("page", ["statistics", "take-along"])
def test_pages_say_where_their_oembed_is(client, page):
    html = client.get(f"{AT}/{page}?year=2020").content.decode()
    for kind, written in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        address = unescape(re.search(f'type="{re.escape(kind)}" href="([^"]+)"', html)[1])
        response = client.get(address)
        assert response.status_code == 200
        assert "card?year=2020" in response.content.decode()
        assert written in response["Content-Type"]
