"""The comparison's pages: who is compared with whom, what is said of it, and what is refused."""

import re
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from tests import factories

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOW = HOUR + timedelta(days=1)


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(NOW, tick=False):
        yield


def publish(staff, council, count, base, average=66, measure="upheld", **values):
    """A letter that states one rate, published with the edition of 2020."""
    percent = None if base is None else Decimal((200 * (count or 0) + base) // (2 * base)) if base else None
    figure = factories.figure(measure, percent=percent, numerator=count, denominator=base, average=average)
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        letter = factories.public_letter(factories.edition(2020), staff, council, figures=[figure], **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, HOUR, staff, acknowledged=True)
    return letter


@pytest.fixture
def districts(staff):
    """Six districts, each a little further from Alpha, and bodies of other kinds and regions nearby."""
    made = {}
    for step, (name, count, base) in enumerate(
        [
            ("Alpha", 6, 8),
            ("Beta", 1, 3),
            ("Gamma", 4, 10),
            ("Delta", 9, 9),
            ("Epsilon", 0, 5),
            ("Zeta", 2, 6),
        ]
    ):
        region = "South West" if step % 2 else "South East"
        made[name] = factories.council(
            f"{name} District Council", region=region, latitude=50 + step / 10, longitude=-1.0
        )
        publish(staff, made[name], count, base)
    made["Eta"] = factories.council("Eta District Council", latitude=54.0, longitude=-1.0)
    unitary = factories.council(
        "Theta Council", kind="unitary", region="South East", latitude=50.01, longitude=-1.0
    )
    publish(staff, unitary, 8, 10, average=80)
    made["Theta"] = unitary
    return made


def address(council, group="similar", figure="upheld", year=2020, rest=""):
    return f"/compare?council={council.slug}&year={year}&figure={figure}&with={group}{rest}"


def text(html):
    main = html.split("<main")[1].split("</main>")[0].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def seen(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, response.headers.get("Location")
    return text(response.content.decode())


def table(client, where):
    """The table as rows of words, by the council's name."""
    html = client.get(where).content.decode().split('id="councils"')[1].split("</table>")[0]
    rows = [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)
        ]
        for row in html.split("<tbody")[1].split("<tr ")[1:]
    ]
    return {name: cells for name, *cells in rows}


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
    assert "How much may be chance" not in seen(client, where)


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


def test_one_that_ended_with_the_year_without_a_letter_is_not_said_never_to_have_been(client, districts):
    council = factories.council("Omega District Council", last_day=date(2020, 3, 31))
    assert "Omega District Council, 2019–20: no letter published." in seen(client, address(council))


def test_an_average_that_the_councils_own_letter_does_not_print_is_not_said_to_stand_in_it(
    client, staff, districts
):
    publish(staff, districts["Eta"], 3, 6, average=None)
    words = seen(client, address(districts["Eta"]))
    assert "Average printed in the letter Not stated in the letter" in words


def test_whoever_is_not_in_our_average_is_named_whether_drawn_or_not(client, staff, districts):
    for name, percent, base in (("Iota", 99, 150), ("Kappa", 50, 3)):
        figure = factories.figure("compliance", percent=Decimal(percent), numerator=None, denominator=base)
        council = factories.council(f"{name} District Council")
        with time_machine.travel(HOUR - timedelta(days=2), tick=False):
            factories.public_letter(factories.edition(2020), staff, council, figures=[figure])
    words = seen(client, address(districts["Alpha"], figure="compliance"))
    assert "printed as the rate that the letter states: Iota District Council." in words
    assert "or does not fit together: Kappa District Council." in words


def test_a_council_without_a_letter_sees_the_others(client, districts):
    words = seen(client, address(districts["Eta"]))
    assert "Eta District Council, 2019–20: no letter published." in words
    assert "Average printed in the letters 66%" in words


def test_counts_that_the_letters_do_not_state_are_marked_as_ours(client, staff, districts):
    publish(staff, districts["Eta"], None, 28, average=99, measure="compliance")
    where = address(districts["Eta"], figure="compliance")
    assert table(client, where)["Eta District Council"] == ["0 of 28 *", "0%", "99%"]
    assert table(client, where)["Beta District Council"] == ["Not stated in the letter"]
    assert "* Our count: the letter states the rate and the base" in seen(client, where)


def test_what_contradicts_itself_is_neither_drawn_nor_counted(client, staff, districts):
    letter = publish(staff, districts["Eta"], 2, 4)
    letter.statistics.update(percent=Decimal(100))
    words = seen(client, address(districts["Eta"]))
    assert "Our average 22 of 41, 54%" in words
    assert "Not drawn and not in our average, because what the letter states is not enough for it" in words
    assert "fit together: Eta District Council." in words


@pytest.mark.parametrize("base", [None, 0])
@pytest.mark.parametrize("percent", [None, 0, 100])
@pytest.mark.parametrize("measure", ["upheld", "compliance"])
def test_letters_that_state_too_little_break_nothing(client, staff, districts, measure, percent, base):
    """T31: a rate of nothing, or of what is not said."""
    letter = publish(staff, districts["Eta"], 1, 2, measure=measure)
    letter.statistics.update(percent=percent, numerator=None, denominator=base)
    for group in ("similar", "nearest"):
        assert len(table(client, address(districts["Eta"], group, measure))) >= 6


def test_no_recommendations_were_due(client, staff, districts):
    letter = publish(staff, districts["Eta"], None, 2, measure="compliance")
    letter.statistics.update(percent=None, denominator=None, average=None)
    where = address(districts["Eta"], figure="compliance")
    assert table(client, where)["Eta District Council"] == ["No recommendations were due"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("rate", ["Epsilon", "Zeta", "Gamma", "Alpha", "Delta", "Beta", "Eta"]),
        ("-rate", ["Delta", "Alpha", "Gamma", "Zeta", "Epsilon", "Beta", "Eta"]),
        ("base", ["Beta", "Epsilon", "Zeta", "Alpha", "Delta", "Gamma", "Eta"]),
        ("-base", ["Gamma", "Delta", "Alpha", "Zeta", "Epsilon", "Beta", "Eta"]),
    ],
)
def test_the_table_is_sorted_by_links_and_never_numbered(client, districts, sort, names):
    where = address(districts["Alpha"], rest=f"&sort={sort}")
    assert list(table(client, where)) == [f"{name} District Council" for name in names]
    html = client.get(where).content.decode()
    assert html.count("aria-sort=") == 1
    assert "<ol" not in html
    for other in re.findall(r'<th role="columnheader"[^>]*>\s*<a href="([^"]+)#councils"', html):
        assert client.get(unescape(other)).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "council=alpha-district-council",
        "council=alpha-district-council&year=&figure=&with=&sort=",
        "with=similar&figure=upheld&year=2020&council=Alpha-District-Council",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&sort=name",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&councils=",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&q=york",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&utm_source=x",
    ],
)
def test_other_spellings_lead_to_the_one_address(client, districts, asked):
    response = client.get(f"/compare?{asked}")
    assert (response.status_code, response["Location"]) == (302, address(districts["Alpha"]))


def test_the_switches_keep_the_list_and_the_order(client, districts):
    where = address(districts["Alpha"], "list", rest="&councils=theta-council&sort=-rate")
    html = client.get(where).content.decode()
    switches = html.split('class="switches"')[1].split("</form>")[0]
    for name, value in (
        ("council", "alpha-district-council"),
        ("councils", "theta-council"),
        ("sort", "-rate"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in switches
    assert re.findall(r'<option value="([a-z0-9-]+)" selected>', switches) == ["upheld", "2020", "list"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("council=nowhere", 404, "No council has this address: “nowhere”."),
        ("council=alpha-district-council&councils=no-a,no-b", 404, "address: “no-a”; “no-b”."),
        ("council=alpha-district-council&year=2019", 404, "No letters are published for the year"),
        ("council=alpha-district-council&year=٢٠٢٠", 404, "No letters are published for the year"),
        ("council=alpha-district-council&figure=dealt-with", 404, "a figure that there is not"),
        ("council=alpha-district-council&with=all", 404, "a group of councils that there is not"),
        ("council=eta-district-council&with=region", 404, "no such group to be compared with"),
        ("council=%00", 404, "No council has this address"),
        ("council=%FF", 404, "No council has this address"),
        ("council=%3Cscript%3E", 404, "“<script>”"),
        ("q=", 400, "Enter the name of a council"),
        (f"council={'a' * 1_000_000}", 404, "No council has this address"),
        (f"council=alpha-district-council&councils={'a,' * 500_000}", 404, "address: “a”."),
        (f"council=alpha-district-council&with=list&q={'a' * 1_000_000}", 400, "Enter a shorter name"),
    ],
)
def test_odd_addresses_get_a_plain_page(client, districts, query, status, said):
    response = client.get(f"/compare?{query}", follow=True)
    assert response.status_code == status
    assert said in text(response.content.decode())
    assert b"<script>" not in response.content
    assert response["Cache-Control"] == "no-cache"


def test_without_any_published_letter_there_is_nothing_to_compare(client):
    factories.council("Alpha District Council")
    assert "No letters are published" in seen(client, "/compare?council=alpha-district-council", status=404)
    assert "Which council" in seen(client, "/compare")


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


def test_the_drawings_say_what_the_table_says(client, districts):
    html = client.get(address(districts["Alpha"])).content.decode()
    stated = {
        name: f"{count.replace(' too few to compare', '')}, {rate}"
        for name, (count, rate, _) in (
            (name, cells)
            for name, cells in table(client, address(districts["Alpha"])).items()
            if len(cells) == 3
        )
    }
    dots, funnel = re.findall(
        r'<svg class="plot.*?</svg>\s*</figure>|<svg class="plot.*?<figcaption', html, re.S
    )
    for drawing in (dots, funnel):
        said = dict(re.findall(r"<title>(.*?): (.*?%)", drawing))
        assert said == stated


@pytest.mark.parametrize("group", ["similar", "region", "nearest", "list"])
def test_queries_do_not_grow(client, staff, districts, django_assert_max_num_queries, group):
    for number in range(8):
        publish(staff, factories.council(f"Town {number} Council", region="South East"), 1, 2)
    with django_assert_max_num_queries(7):
        client.get(
            address(
                districts["Alpha"], group, rest="&councils=town-1-council&q=town" if group == "list" else ""
            )
        )


def test_the_council_page_leads_to_the_comparison(client, districts):
    html = client.get("/your-councils-performance/alpha-district-council/statistics").content.decode()
    [link] = re.findall(r'<a href="(/compare[^"]*)">Compare with similar authorities</a>', html)
    assert client.get(unescape(link))["Location"] == address(districts["Alpha"])


def test_choosing_a_council(client, districts):
    assert "Which council or other authority do you want to compare?" in seen(client, "/compare")
    html = client.get("/compare?q=theta").content.decode()
    assert '<a href="/compare?council=theta-council">Theta Council</a>' in html
    assert "has a name like “nowhere”" in seen(client, "/compare?q=nowhere")
