"""Who is compared with whom."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from letters import workflow
from tests import factories
from tests.comparing.world import address, publish, seen, table


def test_all_similar_authorities(client, districts):
    where = address(districts["Alpha"])
    assert table(client, where) == {
        "Alpha District Council": ["6 of 8", "75%", "66%"],
        "Beta District Council": ["1 of 3 too few to compare", "33%", "66%"],
        "Delta District Council": ["9 of 9", "100%", "66%"],
        "Epsilon District Council": ["0 of 5", "0%", "66%"],
        "Eta District Council": ["No letter published"],
        "Gamma District Council": ["4 of 10", "40%", "66%"],
        "Zeta District Council": ["2 of 6", "33%", "66%"],
    }
    words = seen(client, where)
    assert "Complaints upheld, 2019–20, beside all district councils" in words
    assert "investigated 8 complaints about Alpha District Council in detail and upheld 6 of them." in words
    assert "Average printed in the letter 66% The Ombudsman’s own average" in words
    assert (
        "Our average 22 of 41, 54% Our calculation: the counts of 6 letters added up, over their bases added up, "
        "Alpha District Council included. Who is in this group (7)"
    ) in words
    for verdict in ("better", "worse", "best", "rank"):
        assert verdict not in words.lower()


def test_its_region_of_all_kinds(client, districts):
    where = address(districts["Alpha"], "region")
    assert list(table(client, where)) == [
        "Alpha District Council District council",
        "Epsilon District Council District council",
        "Gamma District Council District council",
        "Theta Council Unitary council",
    ]
    # Each letter prints the average of its own kind; the drawing has the one of the council in view.
    assert table(client, where)["Theta Council Unitary council"] == ["8 of 10", "80%", "80%"]
    assert 'plot__printed" x1="66.00%"' in client.get(where).content.decode()
    words = seen(client, where)
    assert "How much may be chance" not in words
    assert "Alpha District Council included. They are of different kinds, which are responsible for" in words


def test_its_five_nearest_of_the_same_kind(client, districts):
    assert list(table(client, address(districts["Alpha"], "nearest"))) == [
        f"{name} District Council" for name in ("Alpha", "Beta", "Delta", "Epsilon", "Gamma", "Zeta")
    ]
    assert list(table(client, address(districts["Eta"], "nearest"))) == [
        f"{name} District Council" for name in ("Beta", "Delta", "Epsilon", "Eta", "Gamma", "Zeta")
    ]


def test_a_list_of_ones_own(client, districts):
    where = address(districts["Alpha"], "list", rest="&councils=theta-council,eta-district-council")
    assert table(client, where) == {
        "Alpha District Council District council": ["6 of 8", "75%", "66%"],
        "Eta District Council District council": ["No letter published"],
        "Theta Council Unitary council": ["8 of 10", "80%", "80%"],
    }
    html = client.get(where).content.decode()
    without = address(districts["Alpha"], "list", rest="&amp;councils=eta-district-council").replace(
        "&", "&amp;", 3
    )
    assert f'<a href="{without}">Remove<span class="govuk-visually-hidden"> Theta Council</span></a>' in html


def test_councils_are_found_and_added(client, districts):
    start = address(districts["Alpha"], "list", rest="&councils=theta-council")
    html = client.get(f"{start}&q=district").content.decode()
    assert "Alpha District Council <span" in " ".join(html.split())
    added = f"{start},beta-district-council".replace("&", "&amp;")
    assert f'<a href="{added}">Add<span' in html
    assert len(table(client, unescape(added))) == 3
    assert "has a name like “nowhere”" in seen(client, f"{start}&q=nowhere")
    assert "Enter the name of a council" in seen(client, f"{start}&q=", status=400)


def test_a_full_list_takes_no_more(client, staff):
    for number in range(11):
        publish(staff, factories.council(f"Town {number} Council"), 1, 2)
    ten = ",".join(f"town-{number}-council" for number in range(1, 11))
    where = f"/compare?council=town-0-council&year=2020&figure=upheld&with=list&councils={ten}"
    assert len(table(client, where)) == 11
    assert "Ten are as many as fit." in seen(client, where)
    assert "At most 10 fit into one comparison." in seen(client, f"{where},one-more", status=400)


@pytest.mark.parametrize(
    ("first_day", "last_day", "letter", "listed"),
    [
        (None, date(2019, 3, 31), False, False),
        (None, date(2019, 3, 31), True, True),
        (None, date(2020, 3, 31), False, False),
        (None, date(2020, 3, 31), True, True),
        (None, date(2020, 4, 1), False, True),
        (date(2020, 3, 31), None, False, True),
        (date(2020, 4, 1), None, False, False),
    ],
)
def test_who_belongs_to_the_group_of_a_year(client, staff, districts, first_day, last_day, letter, listed):
    """A council closed in a year belongs to that year's group when it has a letter for it."""
    council = factories.council("Omega District Council", first_day=first_day, last_day=last_day)
    if letter:
        publish(staff, council, 1, 2)
    assert ("Omega District Council" in table(client, address(districts["Alpha"]))) is listed


def test_a_council_that_did_not_exist_is_in_no_average(client, districts):
    council = factories.council("Omega District Council", last_day=date(2015, 3, 31))
    words = seen(client, address(council))
    assert "Omega District Council, 2019–20: did not exist in 2019–20." in words
    assert "Our average 22 of 41, 54%" in words
    assert "Omega District Council included" not in words
    assert table(client, address(council, "list"))["Omega District Council"] == ["Did not exist in 2019–20"]


def test_a_body_that_the_ombudsman_compares_with_nobody(client, staff, districts):
    park = factories.council(
        "Somewhere National Park Authority", kind="national-park", latitude=51.0, longitude=-1.0
    )
    other = factories.council(
        "Other National Park Authority", kind="national-park", latitude=52.0, longitude=-1.0
    )
    publish(staff, park, 1, 6, average=None)
    publish(staff, other, 2, 6, average=None)
    first = client.get(f"/compare?council={park.slug}")
    assert first["Location"] == address(park, "nearest")
    words = seen(client, first["Location"])
    assert "beside the five nearest national park authorities" in words
    assert "Average printed in the letter Not stated in the letter" in words
    assert "Our average 3 of 12, 25%" in words


def test_nothing_of_a_letter_under_embargo_shows_among_published_ones(client, staff, districts):
    """T52: neither in the table nor in a drawing, an average or the membership of a group."""
    closed = factories.council("Omega District Council", region="South East", last_day=date(2020, 3, 31))
    late = factories.public_letter(
        factories.edition(2020),
        staff,
        closed,
        figures=[factories.figure(percent=Decimal(50), numerator=4711, denominator=9422)],
    )
    factories.public_letter(factories.edition(2021), staff, districts["Alpha"])
    pages = [
        address(districts["Alpha"]),
        address(districts["Alpha"], "region"),
        address(districts["Alpha"], "nearest"),
        address(districts["Alpha"], "list", rest="&councils=omega-district-council"),
        address(closed),
        address(districts["Alpha"], year=2021),
    ]
    before = [(response.status_code, response.content) for response in map(client.get, pages)]
    assert all(b"4711" not in body and b"4,711" not in body for _, body in before)
    factories.forget([late])
    assert [(response.status_code, response.content) for response in map(client.get, pages)] == before


def test_a_late_letter_belongs_to_the_group_once_it_is_published(client, staff, districts):
    closed = factories.council("Omega District Council", last_day=date(2020, 3, 31))
    late = factories.public_letter(factories.edition(2020), staff, closed)
    workflow.publish_now(late, staff)
    assert table(client, address(districts["Alpha"]))["Omega District Council"][0].startswith("2 of 2")
