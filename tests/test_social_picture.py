"""The picture that other sites show beside a link to a letter's figures."""

import html
import re
from datetime import UTC, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from councils.models import Council
from letters import workflow
from letters.models import AnnualReview, Letter, Statistic
from public.panels import headline
from public.social.picture import picture
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 8, 30, tzinfo=UTC)
AT = "/your-councils-performance/sometown-council"
ADDRESS = f"{AT}/social-picture/2020.png"


@pytest.fixture(scope="module")
def kept_letter(kept_rows):
    staff = factories.staff()
    with time_machine.travel(HOUR - timedelta(days=1), tick=False):
        figures = [factories.figure(), factories.figure("compliance")]
        review, council = factories.edition(2020), factories.council("Sometown Council")
        factories.public_letter(review, staff, council, figures=figures)
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)
    return staff


@pytest.fixture(autouse=True)
def site(kept_letter, db):
    with time_machine.travel(HOUR, tick=False):
        yield


def named(client, page, name):
    """What a page's head says under this name."""
    found = re.search(f'<meta property="{name}" content="(.*?)">', client.get(page).content.decode())
    return html.unescape(found[1])


@pytest.mark.parametrize("page", [f"{AT}/statistics", f"{AT}/annualletters/2020"])
def test_pages_name_the_picture_and_say_it_in_words(client, page):
    assert named(client, page, "og:image") == f"http://localhost:8000{ADDRESS}"
    words = named(client, page, "og:image:alt")
    assert words.startswith(
        "Sometown Council, The Ombudsman’s annual letter for 2019–20: 2 of 2 investigations upheld"
    )
    assert named(client, page, "og:url").startswith(f"http://localhost:8000{AT}")


def described(client, page):
    """What a page's head says for a search engine, or beneath the title of a link."""
    found = re.search(
        '<meta name="description" content="(.*?)">', client.get(page, follow=True).content.decode()
    )
    return html.unescape(found[1])


@pytest.mark.parametrize("page", [f"{AT}/statistics", f"{AT}/annualletters/2020"])
def test_the_words_beneath_a_link_begin_with_the_figures(client, page):
    words = described(client, page)
    assert words == named(client, page, "og:description")
    assert words.startswith("2 of 2 investigations upheld; 2 of 2 compliance outcomes satisfactory")
    assert words.endswith(". Source: Local Government and Social Care Ombudsman.")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (
            "/",
            "What the Local Government and Social Care Ombudsman writes to each council in England every year",
        ),
        ("/national-picture", "has a published letter for 2019–20."),
        (
            "/compare?council=sometown-council",
            "investigated 2 complaints about Sometown Council in detail and",
        ),
    ],
)
def test_other_pages_say_in_a_line_what_they_show(client, settings, page, says):
    assert says in described(client, page)
    settings.DEMONSTRATION = True
    assert page == "/" or described(client, page).endswith(
        "(Our summary) From a demonstration: most of its figures are made up. Do not rely on them."
    )


def test_it_has_the_size_that_the_pages_say_and_is_drawn_once(client, monkeypatch):
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    drawn = Image.open(BytesIO(response.content))
    size = tuple(int(named(client, f"{AT}/statistics", f"og:image:{side}")) for side in ("width", "height"))
    assert drawn.size == size == (1200, 630)
    assert len(drawn.getcolors(maxcolors=1 << 20)) > 10
    monkeypatch.setattr("public.pack.printing.as_png", None)
    assert client.get(ADDRESS).content == response.content
    assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_before_its_hour_there_is_none_and_after_a_withdrawal_it_is_said(client, kept_letter):
    with time_machine.travel(HOUR - timedelta(seconds=1), tick=False):
        hidden, never = client.get(ADDRESS), client.get(f"{AT}/social-picture/2019.png")
        assert (hidden.status_code, hidden.content) == (404, never.content)
    workflow.withdraw(factories.edition(2020).letters.get(), kept_letter, "By mistake.")
    assert client.get(ADDRESS).status_code == 410


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (
            {"numerator": None, "denominator": 150, "percent": Decimal(99)},
            "99% Complaints upheld, based on 150 detailed",
        ),
        ({"numerator": None, "denominator": 28}, "28 of 28 investigations upheld (our count)"),
        ({"numerator": None, "denominator": None, "base_label": ""}, "100% Complaints upheld"),
    ],
    ids=str,
)
def test_it_says_of_what_a_rate_is_and_which_count_is_ours(stated, said):
    figure = factories.figure(**stated)
    values = {name: getattr(figure, name) for name in ("percent", "numerator", "denominator", "base_label")}
    stated = {"upheld": Statistic(measure="upheld", sources=[], **values)}
    letter = Letter(review=AnnualReview(year_ending=2020), council=Council(name="A"))
    assert f": {said}" in picture(letter, headline(letter.council, 2020, stated)).in_words
