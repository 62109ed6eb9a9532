"""What stands on the public pages."""

import re
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Succession
from letters import workflow
from letters.extraction.types import Source
from letters.models import Statistic
from tests import factories, postcode_files

LONDON = ZoneInfo("Europe/London")
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
AT = "/your-councils-performance"
BOX = (0.1, 0.2, 0.5, 0.25)
NONE_DUE = "No recommendations were due for compliance in this period"


@pytest.fixture(autouse=True)
def today(db):
    """The day after the publication of 2020."""
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def publish(staff, council, year=2020, **values):
    """A letter published at half past nine on 29 July of its year."""
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour - timedelta(days=2), tick=False):
        letter = factories.approved_letter(factories.edition(year), staff, council, **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, hour, staff, acknowledged=True)
    return letter


def text(client, address):
    """The page's main part as a reader sees it."""
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def panel(client, address, measure):
    """The section of one headline figure, as a reader sees it."""
    html = client.get(address).content.decode()
    section = html.split(f'id="{measure}"')[1].split("</section>")[0].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", section)).split())


def wellingborough(staff):
    council = factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    figures = [
        factories.figure(
            "upheld",
            sources=(
                Source("percent", 4, BOX, "100% of complaints we investigated were upheld."),
                Source("numerator", 4, BOX, "2 upheld decisions"),
                Source("average", 4, BOX, "This compares to an average of 45% in similar authorities."),
            ),
        ),
        factories.figure(
            "compliance", numerator=None, denominator=1, average=Decimal(99), base_label="compliance outcome"
        ),
        factories.figure("satisfactory-remedies", percent=Decimal(0), numerator=0, average=Decimal(20)),
    ]
    publish(staff, council, figures=figures)
    return f"{AT}/wellingborough-borough-council/statistics"


@pytest.mark.parametrize(
    ("measure", "stands"),
    [
        (
            "upheld",
            [
                "2 of 2 investigations upheld",
                "Rate 100%",
                "Average in similar authorities (district councils) 45%",
                "Based on 2 detailed investigations",
                "Period 1 April 2019 to 31 March 2020",
                "Too few to compare (2 investigations)",
                "investigated 2 complaints about Wellingborough Borough Council in detail and upheld both.",
                "(Our summary)",
                "“100% of complaints we investigated were upheld.” Page 4 of the letter",
                "“2 upheld decisions” Page 4 of the letter",
            ],
        ),
        (
            "compliance",
            [
                "1 compliance outcome",
                "Rate 100%",
                "(district councils) 99%",
                "Based on 1 compliance outcome",
                "Too few to compare (1 compliance outcome)",
            ],
        ),
        (
            "satisfactory-remedies",
            [
                "0 of 2 upheld complaints",
                "Rate 0%",
                "(district councils) 20%",
                "Based on 2 detailed investigations",
                "Too few to compare (2 upheld complaints)",
            ],
        ),
    ],
)
def test_the_three_figures_count_first(client, staff, measure, stands):
    seen = panel(client, wellingborough(staff), measure)
    for words in stands:
        assert words in seen
    assert "higher" not in seen
    assert "lower" not in seen


def test_what_the_letter_does_not_state_is_said_in_words(client, staff):
    publish(staff, factories.council("Stockton-on-Tees Borough Council", kind="unitary"), figures=[])
    address = f"{AT}/stockton-on-tees-borough-council/statistics"
    assert "This letter states no figures." in text(client, address)
    for measure in ("upheld", "compliance", "satisfactory-remedies"):
        assert panel(client, address, measure).endswith("Not stated in the letter")
    assert "0%" not in text(client, address)


def test_that_no_recommendations_were_due_is_quoted(client, staff):
    figure = factories.figure(
        "compliance",
        percent=None,
        numerator=None,
        denominator=None,
        average=None,
        base_label="",
        sources=(Source("percent", 3, BOX, NONE_DUE),),
    )
    publish(staff, factories.council("Sometown Council"), figures=[figure])
    seen = panel(client, f"{AT}/sometown-council/statistics", "compliance")
    assert f"“{NONE_DUE}” The Ombudsman, page 3 of the letter" in seen
    assert "0" not in seen
    assert "Rate" not in seen


def test_a_body_compared_with_nobody(client, staff):
    park = factories.council("Sometown National Park Authority", kind="national-park")
    publish(staff, park, figures=[factories.figure(average=None, numerator=6, denominator=6)])
    seen = panel(client, f"{AT}/{park.slug}/statistics", "upheld")
    assert "Average Not stated in the letter" in seen
    assert "similar authorities" not in seen


def test_figures_entered_by_staff_are_marked(client, staff):
    letter = publish(staff, factories.council("Sometown Council"))
    Statistic.objects.filter(letter=letter).update(origin="entered", sources=[])
    assert "Entered by staff" in panel(client, f"{AT}/sometown-council/statistics", "upheld")


def test_the_other_figures_stand_below(client, staff):
    numbers = {"percent": None, "numerator": None, "denominator": None, "base_label": ""}
    figures = [
        factories.figure(
            "upheld-per-100000", 2025, value=Decimal("5.5"), **numbers | {"average": Decimal("4.6")}
        ),
        factories.figure("dealt-with", 2025, value=Decimal(1084), **numbers | {"average": None}),
    ]
    with time_machine.travel(HOUR.replace(year=2026), tick=False):
        publish(staff, factories.council("Sometown Council"), 2025, figures=figures)
        seen = text(client, f"{AT}/sometown-council/statistics")
    assert "per 100,000 residents 5.5 (average in similar authorities: 4.6)" in seen
    assert "Complaints dealt with 1,084" in seen


def test_a_letter_cannot_write_markup_into_the_page(client, staff):
    """T63: whatever a letter or a name holds stays words."""
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    council = factories.council(f"Evil {evil} Council", slug="evil-council")
    figure = factories.figure(base_label=evil, sources=(Source("percent", 1, BOX, evil),))
    publish(staff, council, figures=[figure], replacement_reason=evil)
    for address in (f"{AT}/evil-council/statistics", f"{AT}/evil-council/annualletters", "/councils"):
        html = client.get(address).content.decode()
        assert "<script>" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_years_are_plain_links_to_public_letters_only(client, staff):
    council = factories.council("Sometown Council")
    publish(staff, council, 2019)
    publish(staff, council, 2020)
    factories.public_letter(factories.edition(2021), staff, council)
    html = client.get(f"{AT}/sometown-council/statistics").content.decode()
    assert '<b aria-current="page">2019–20</b>' in html
    assert f'<a href="{AT}/sometown-council/statistics?year=2019">2018–19</a>' in html
    assert "2021" not in html
    assert "2020–21" not in html
    older = client.get(f"{AT}/sometown-council/statistics?year=2019").content.decode()
    assert '<b aria-current="page">2018–19</b>' in older


def test_a_council_without_a_letter_says_so(client, staff):
    factories.council("Sometown Council")
    publish(staff, factories.council("Othertown Council"))
    assert "No annual letter of the Ombudsman to Sometown Council" in text(
        client, f"{AT}/sometown-council/statistics"
    )
    assert "2019–20 No letter. None is published here." in text(
        client, f"{AT}/sometown-council/annualletters"
    )


@pytest.mark.parametrize(
    ("first_day", "last_day", "listed"),
    [
        (None, None, True),
        (date(2020, 3, 31), None, True),
        (date(2020, 4, 1), None, False),
        (None, date(2019, 4, 1), True),
        (None, date(2019, 3, 31), False),
    ],
)
def test_years_in_which_it_did_not_exist_are_not_missed(client, staff, first_day, last_day, listed):
    factories.council("Sometown Council", first_day=first_day, last_day=last_day)
    publish(staff, factories.council("Othertown Council"))
    seen = text(client, f"{AT}/sometown-council/annualletters")
    assert ("2019–20 No letter." in seen) is listed


def test_the_annual_letters_list(client, staff):
    council = factories.council("Sometown Council")
    first = publish(staff, council)
    second = factories.approved_letter(first.review, staff, council, replacement_reason="A figure was wrong.")
    workflow.publish_now(second, staff)
    gone = publish(staff, council, 2019)
    workflow.withdraw(gone, staff, "It was sent to the wrong council.")
    seen = text(client, f"{AT}/sometown-council/annualletters")
    assert (
        "2019–20 Letter of 22 July 2020 for 2019–20 ( PDF, 1 KB, 3 pages : letter for 2019–20 )"
        " published on 30 July 2020"
    ) in seen
    assert "A letter published on 29 July 2020 was replaced on 30 July 2020 and stays on record." in seen
    assert "The reason: A figure was wrong." in seen
    assert (
        "published on 29 July 2019 was withdrawn on 30 July 2020. It was sent to the wrong council." in seen
    )
    statistics = text(client, f"{AT}/sometown-council/statistics")
    assert "This letter replaces one published on 29 July 2020. The reason: A figure was wrong." in statistics


def test_abolished_councils_and_their_successors_point_at_each_other(client):
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    for name in ("Wellingborough Borough Council", "Corby Borough Council"):
        old = factories.council(name, last_day=date(2021, 3, 31))
        Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        for page in ("statistics", "annualletters"):
            html = client.get(f"{AT}/wellingborough-borough-council/{page}").content.decode()
            assert (
                f'<a href="{AT}/north-northamptonshire-council/statistics">North Northamptonshire Council</a>'
                in html
            )
            assert (
                "Wellingborough Borough Council was abolished on 31 March 2021. "
                "North Northamptonshire Council took over."
            ) in text(client, f"{AT}/wellingborough-borough-council/{page}")
            assert (
                "North Northamptonshire Council took over from Corby Borough Council and "
                "Wellingborough Borough Council on 1 April 2021."
            ) in text(client, f"{AT}/north-northamptonshire-council/{page}")


def test_home_says_where_the_year_stands(client, staff):
    assert "The year" not in text(client, "/")
    publish(staff, factories.council("Sometown Council"))
    publish(staff, factories.council("Othertown Council"), figures=[])
    assert (
        "The year 2019–20 2 authorities have a published letter for 2019–20. According to 1 of these "
        "letters, the Ombudsman investigated 2 complaints in detail and upheld 2 of them (100%). (Our summary)"
    ) in text(client, "/")


def test_councils_stand_by_kind_and_former_ones_apart(client):
    factories.council("Beta District Council")
    factories.council("Alpha District Council")
    factories.council("Gamma County Council", kind="county")
    factories.council("Omega District Council", last_day=date(2019, 3, 31))
    seen = text(client, "/councils")
    order = [
        "County councils Gamma County Council",
        "District councils Alpha District Council Beta District Council",
        "Former councils Omega District Council until 31 March 2019",
    ]
    assert [seen.index(words) for words in order] == sorted(seen.index(words) for words in order)


def test_search_finds_names_aliases_and_former_councils(client):
    factories.council("City of York Council", aliases=["York"], kind="unitary")
    factories.council("North Yorkshire County Council", kind="county", last_day=date(2019, 3, 31))
    seen = text(client, "/councils?q=york")
    assert "City of York Council Unitary council" in seen
    assert "North Yorkshire County Council County council, abolished 2019" in seen
    assert seen.index("City of York Council") < seen.index("North Yorkshire")
    assert (
        client.get("/councils?q=North+Yorkshire")["Location"]
        == f"{AT}/north-yorkshire-county-council/statistics"
    )


def test_search_without_a_hit_says_what_to_do(client):
    factories.council("Sometown Council")
    seen = text(client, "/councils?q=Nowhere")
    assert "No council is called “Nowhere”" in seen
    assert "Check the spelling" in seen


def test_search_says_when_there_may_be_more(client):
    for number in range(21):
        factories.council(f"Town {number} Council")
    assert "There may be more." in text(client, "/councils?q=town")


@pytest.mark.parametrize(("address", "most"), [("", 9), ("councils", 5), ("councils?q=town", 5)])
@pytest.mark.parametrize("letters", [1, 4])
def test_queries_do_not_grow_with_the_letters(
    client, staff, django_assert_max_num_queries, address, most, letters
):
    for number in range(letters):
        publish(staff, factories.council(f"Town {number} Council"))
    with django_assert_max_num_queries(most):
        client.get(f"/{address}")


@pytest.mark.parametrize("page", ["statistics", "annualletters"])
@pytest.mark.parametrize("years", [1, 4])
def test_queries_do_not_grow_with_the_years(client, staff, django_assert_max_num_queries, page, years):
    council = factories.council("Sometown Council")
    for year in range(2021 - years, 2021):
        publish(staff, council, year)
    with django_assert_max_num_queries(12):
        client.get(f"{AT}/sometown-council/{page}")


def test_a_wrong_figure_can_be_reported_with_the_page_address(client, staff, settings):
    settings.CONTACT_EMAIL = "figures@example.org"
    settings.SITE_ADDRESS = "https://performance.example.org"
    publish(staff, factories.council("Sometown Council"))
    html = client.get(f"{AT}/sometown-council/statistics").content.decode()
    assert (
        'href="mailto:figures@example.org?subject=A%20wrong%20figure%20on%20Your%20council%E2%80%99s%20performance'
        "&amp;body=https%3A%2F%2Fperformance.example.org%2Fyour-councils-performance%2Fsometown-council%2Fstatistics"
        '%3Fyear%3D2020"'
    ) in html
    assert "figures@example.org" in text(client, "/report-a-wrong-figure")


def test_without_an_address_for_reports_the_telephone_is_given(client, settings):
    settings.CONTACT_EMAIL = ""
    seen = text(client, "/report-a-wrong-figure")
    assert "0300 061 0614" in seen
    assert "mailto" not in client.get("/report-a-wrong-figure").content.decode()


def test_how_to_complain(client):
    seen = text(client, "/how-to-complain")
    assert seen.index("Complain to the council") < seen.index("Complain to the Ombudsman")
    for words in ("12 weeks", "free", "independent", "www.lgo.org.uk", "0300 061 0614"):
        assert words in seen


def credit_lines(settings):
    """Every credit line of docs/data-sources.md: of its tables, and what a file of postcodes asks for."""
    told = (settings.BASE_DIR / "docs" / "data-sources.md").read_text(encoding="utf-8")
    cells = [line.split("|")[-2].strip() for line in told.splitlines() if line.startswith("| ")]
    postcodes = told.split("the site then shows:\n")[1].splitlines()[0].rstrip(".")
    return {each for each in cells if each not in {"", "credit line", "the same"}} | {postcodes}


def test_every_credit_line_of_the_docs_stands_on_the_page_of_sources(client, settings, tmp_path):
    factories.council("Sometown Council", gss="E07000900")
    postcode_files.load(postcode_files.write(tmp_path / "ONSPD.csv", [("AA1 1AA", "E07000900")]))
    seen = text(client, "/data-sources").replace(" .", ".")
    lines = credit_lines(settings)
    assert len(lines) >= 5
    assert [line for line in lines if line not in seen] == []
