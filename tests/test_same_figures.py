"""The same question asked of a page, the API, its CSV and a release has the same answer, for demonstration letters."""

import csv
import json
import re
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Council
from demonstration import plan
from letters import workflow
from letters.measures import HEADLINE, family_of
from public.figures import NOT_STATED, count_of, number, percent, whole
from public.tidy.spreadsheets import harmless
from tests import factories
from tests.releases import content, make_release

pytestmark = pytest.mark.django_db

HOUR = DateTime(2026, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
# All their letters of all years: tables, rates alone, nothing due, few cases, and who is compared with nobody.
SLUGS = {
    *plan.WITH_EARLIER_LETTERS,
    *plan.WITH_EVERY_YEAR[::7],
    "city-of-london-corporation",
    "peak-district-national-park-authority",
}
DATES = ("period_start", "period_end")


def figure(stated):
    """A figure of a demonstration letter, as a faultless reader finds it."""
    values = {name: value for name, value in stated.items() if name != "measure"}
    exact = {
        name: Decimal(str(values[name]))
        for name in ("percent", "value", "average")
        if values[name] is not None
    }
    days = {name: values[name] and date.fromisoformat(values[name]) for name in DATES}
    words = {"base_label": values["base_label"] or ""}
    return factories.figure(stated["measure"], **(values | exact | days | words))


@pytest.fixture(scope="module")
def letters(register):
    """The facts of each letter, by council and year; all are public."""
    staff, named = factories.staff(), {each.name: each for each in Council.objects.filter(slug__in=SLUGS)}
    found = {}
    for year in plan.YEARS:
        facts = [each.facts for each in plan.letters_of(year) if each.sound and each.facts.council in named]
        with time_machine.travel(HOUR, tick=False):
            for each in facts:
                council, review = named[each.council], factories.edition(year)
                stated = each.expected()["statistics"]
                factories.public_letter(review, staff, council, figures=map(figure, stated))
                found[council.slug, year] = {one["measure"]: one for one in stated}
            if facts:
                workflow.schedule(review, HOUR, staff, acknowledged=True)
    make_release(HOUR + timedelta(hours=1))
    return found


@pytest.fixture(autouse=True)
def later(letters):
    with time_machine.travel(HOUR + timedelta(hours=2), tick=False):
        yield


def exact(value):
    """As a page has it: of JSON's binary numbers the digits that were written."""
    return None if value is None else Decimal(str(value))


def keyed(rows):
    return {(row["council"], int(row["year_ending"]), row["measure"]): row for row in rows}


@pytest.fixture
def from_api(client):
    """Every row that the API gives, page by page."""
    rows, address = [], "/api/v1/statistics?limit=100"
    while address:
        answer = client.get(address).json()
        rows += answer["results"]
        address = answer["next"] and re.sub("^https?://[^/]*", "", answer["next"])
    assert len(rows) == len(keyed(rows))
    return keyed(rows)


def test_the_api_the_release_and_what_was_printed_agree(letters, from_api):
    released = keyed(json.loads(content(1, "figures.json")))
    assert from_api == released
    printed = {
        (*letter, measure): each for letter, stated in letters.items() for measure, each in stated.items()
    }
    assert len(printed) > 200
    assert from_api.keys() == printed.keys()
    same = {"percent": "rate_printed", "value": "number_printed", "average": "average_printed"}
    same |= {name: name for name in ("numerator", "denominator", *DATES)}
    for key, row in from_api.items():
        assert [row[name] for name in same.values()] == [printed[key][name] for name in same]


def test_the_csv_of_both_has_the_same_cells(client, from_api):
    answer = client.get("/api/v1/statistics.csv")
    body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    rows = keyed(csv.DictReader(StringIO(body)))
    assert rows == keyed(csv.DictReader(StringIO(content(1, "figures.csv").decode())))
    assert rows.keys() == from_api.keys()
    for key, row in from_api.items():
        cells = {name: "" if each is None else harmless(str(each)) for name, each in row.items()}
        assert rows[key] == cells


def test_each_page_shows_what_the_api_says(client, letters, from_api):
    for slug, year in letters:
        page = unescape(
            client.get(f"/your-councils-performance/{slug}/statistics?year={year}").content.decode()
        )
        for measure in letters[slug, year]:
            row = from_api[slug, year, measure]
            if measure in HEADLINE:
                headline_is_shown(page, row)
            else:
                assert number_on(page, measure) == number(exact(row["number_printed"])), (slug, year, measure)


def headline_is_shown(page, row):
    measure = row["measure"]
    panel = re.search(rf'<section class="figure" id="{measure}".*?</section>', page, re.DOTALL)[0]
    if row["why_not_computed"] == "no recommendations due":
        assert "No recommendations were due" in panel or "<blockquote" in panel
        return
    count = row["numerator"] if row["numerator_computed"] is None else row["numerator_computed"]
    counted = count_of(count, row["denominator"])
    rate = percent(exact(row["rate_printed"]))
    assert re.search("<strong>(.*?)</strong>", panel)[1] == (rate if counted == NOT_STATED else counted)
    facts = dict(re.findall(r"<dt>(\w+).*?</dt>\s*<dd[^>]*>(.*?)</dd>", panel, re.DOTALL))
    assert facts["Rate"] == rate
    assert facts["Average"] == percent(exact(row["average_printed"]))
    assert facts["Based"].partition(" ")[0] == (
        number(row["denominator"]) if row["denominator"] is not None else "Not"
    )
    if row["interval_low"] is not None:
        low, high = (percent(whole(row[name])) for name in ("interval_low", "interval_high"))
        assert f"between {low} and {high}." in panel
    else:
        assert "Our calculation" not in panel


def number_on(page, measure):
    """What the page has for a figure that is no headline: in a table, or in a list."""
    kind = ("tr", "td") if family_of(measure) else ("div", "dd")
    return re.search(rf'<{kind[0]} id="{measure}".*?<{kind[1]}>\s*([\d.,]+)', page, re.DOTALL)[1]
