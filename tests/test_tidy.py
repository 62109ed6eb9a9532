"""The table of figures for programs: what its rows say, in which order, and that they are what the pages say."""

import csv
import json
from datetime import UTC, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from councils import codes
from councils.models import Council
from letters import clock, published, workflow
from letters.models import Statistic
from public import similar
from public.tidy import as_csv, averages
from public.tidy.columns import COLUMNS, NAMES, Type
from public.tidy.rows import after, in_order, instant, key_of, rows
from public.tidy.spreadsheets import harmless
from tests import factories

HOUR = DateTime(2020, 7, 29, 0, 0, tzinfo=ZoneInfo("Europe/London"))
NONE_DUE = dict.fromkeys(("percent", "numerator", "denominator", "average"), None)
# measure, what the letter states, and what the row then computes: rate, count, low end, high end, why not.
STATED = [
    ("adur", "upheld", (67, 2, 3, 53), (200 / 3, None, 20.8, 93.9, None)),
    ("adur", "compliance", (100, None, 28, 99), (100.0, 28, 87.9, 100.0, None)),
    ("adur", "satisfactory-remedies", (0, 0, 2, 11), (0.0, None, 0.0, 65.8, None)),
    ("barnsley", "upheld", (99, None, 250, 66), (None, None, 96.5, 99.8, "count not known")),
    ("barnsley", "compliance", (None, None, None, None), (None, None, None, None, "no recommendations due")),
    ("barnsley", "satisfactory-remedies", (100, 0, 2, 9), (None, None, None, None, "counts do not fit the rate")),
    ("city", "upheld", (None, 0, 0, 58), (None, None, None, None, "no cases")),
    ("city", "compliance", (45, None, None, 99), (None, None, None, None, "denominator not stated")),
    ("city", "satisfactory-remedies", (None, 1, 2, 9), (50.0, None, None, None, "rate not stated")),
]  # fmt: skip


def figure(measure, percent, count, base, average, **values):
    stated = {"percent": percent, "numerator": count, "denominator": base, "average": average}
    decimal = {name: Decimal(stated[name]) for name in ("percent", "average") if stated[name] is not None}
    return factories.figure(measure, **(stated | decimal | values))


@pytest.fixture(scope="module")
def letters(kept_rows):
    """A district, a metropolitan borough and the City with their figures of 2020; the district has some of 2026 too."""
    with time_machine.travel(HOUR - timedelta(days=9), tick=False):
        adur = factories.council("Adur", kind="district", gss="E07000223", region="South East")
        barnsley = factories.council("Barnsley", kind="metropolitan", gss="E08000016", newer_gss="E08000038")
        city = factories.council("City", kind="city-corporation", gss="E09000001", region="London")
        for council in (adur, barnsley, city):
            figures = [
                figure(measure, *stated) for slug, measure, stated, _ in STATED if slug == council.slug
            ]
            factories.public_letter(council=council, figures=figures)
        workflow.schedule(factories.edition(2020), HOUR, factories.staff("scheduler"), acknowledged=True)
    return {"adur": adur, "barnsley": barnsley, "city": city}


@pytest.fixture(autouse=True)
def nothing_remembered():
    averages.forget()


def table(now=HOUR, **asked):
    return list(rows(in_order(published.statistics(now).filter(**asked)), now))


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "measure", "stated", "computed"), STATED)
def test_a_row_says_what_is_printed_and_what_is_worked_out(letters, slug, measure, stated, computed):
    [row] = table(letter__council__slug=slug, measure=measure)
    printed = tuple(row[name] for name in ("rate_printed", "numerator", "denominator", "average_printed"))
    assert printed == stated
    rate, count, low, high, why = computed
    assert (row["rate_computed"], row["numerator_computed"], row["why_not_computed"]) == (rate, count, why)
    ends = [row[name] and round(row[name], 1) for name in ("interval_low", "interval_high")]
    assert ends == [low, high]


@pytest.mark.django_db
def test_a_row_needs_no_other_table(letters, settings):
    settings.SITE_ADDRESS = "https://example.org"
    [row] = table(letter__council__slug="adur", measure="upheld")
    assert {name: row[name] for name in NAMES[:11]} == {
        "council": "adur",
        "council_name": "Adur",
        "gss_code_then": "E07000223",
        "gss_code_now": "E07000223",
        "council_kind": "district",
        "region": "South East",
        "year_ending": 2020,
        "year": "2019–20",
        "measure": "upheld",
        "measure_name": "Complaints upheld",
        "unit": "%",
    }
    assert {name: row[name] for name in NAMES[20:]} == {
        "average_computed": 200 / 3,
        "base_label": "detailed investigations",
        "why_not_computed": None,
        "period_start": "2019-04-01",
        "period_end": "2020-03-31",
        "page": 3,
        "box": "0.1 0.2 0.5 0.25",
        "quotation": "100% of complaints we investigated were upheld.",
        "origin": "read",
        "corrected": None,
        "letter": "https://example.org/your-councils-performance/adur/annualletters/2020",
        "letter_date": "2020-07-22",
        "published_at": "2020-07-28T23:00:00Z",
    }


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (DateTime(2020, 7, 28, 23, tzinfo=UTC), "2020-07-28T23:00:00Z"),
        # As of a letter that was published by a click.
        (DateTime(2026, 7, 29, 9, 30, 20, 850305, tzinfo=ZoneInfo("Europe/London")), "2026-07-29T08:30:20Z"),
    ],
)
def test_all_instants_are_written_alike(moment, told):
    assert instant(moment) == told


JSON_TYPES = {Type.WHOLE: int, Type.NUMBER: (int, float)}


@pytest.mark.django_db
def test_the_columns_are_as_described(letters):
    found = table()
    assert all(tuple(row) == NAMES for row in found)
    for column in COLUMNS:
        values = [row[column.name] for row in found]
        assert column.may_be_null or None not in values
        assert all(isinstance(each, JSON_TYPES.get(column.type, str)) for each in values if each is not None)
        assert column.description.endswith(".")
    assert json.loads(json.dumps(found)) == found


@pytest.mark.django_db
def test_before_the_hour_there_is_no_row(letters):
    assert table(HOUR - timedelta(milliseconds=1)) == []
    assert len(table(HOUR)) == len(STATED)


@pytest.mark.django_db
def test_from_any_place_the_rest_follows_in_order(letters):
    whole = table()
    keys = [key_of(row) for row in whole]
    assert all(one < other for one, other in pairwise(keys))
    figures = in_order(published.statistics(HOUR))
    for place in range(len(whole)):
        assert list(rows(figures.filter(after(keys[place]))[:2], HOUR)) == whole[place + 1 : place + 3]
    # A place stays one when the figure at it has gone.
    gone = keys[3]._replace(measure=f"{keys[3].measure}-")
    assert [key_of(row) for row in rows(figures.filter(after(gone)), HOUR)] == keys[4:]


@pytest.mark.django_db
def test_averages_are_those_of_the_pages(letters):
    measures = {measure for _, measure, _, _ in STATED}
    for council in letters.values():
        pages = similar.averages(council, measures, [2020], HOUR)
        ours = averages.known(HOUR).of(2020)
        told = {
            measure: ours[council.kind, measure] for measure in measures if (council.kind, measure) in ours
        }
        assert told == {measure: average.exactly for (measure, _), average in pages.items()}


@pytest.mark.django_db
def test_averages_are_remembered_until_a_deed_or_the_next_hour(letters, django_assert_num_queries):
    def average(now):
        return averages.known(now).of(2020).get(("district", "upheld"))

    assert average(HOUR - timedelta(seconds=1)) is None
    assert average(HOUR) == 200 / 3
    with django_assert_num_queries(1):
        assert average(HOUR + timedelta(days=1)) == 200 / 3
    letter = published.letters(HOUR).get(council__slug="adur")
    workflow.withdraw(letter, factories.staff("editor"), "Withdrawn.")
    assert average(clock.now()) is None


@pytest.mark.django_db
def test_the_number_of_queries_is_that_of_years(letters, django_assert_num_queries):
    # The last deed, the next hour, the figures, and the averages of one year; without the latter when remembered.
    for queries in (4, 2):
        with django_assert_num_queries(queries):
            assert len(table()) == len(STATED)


@pytest.mark.django_db
def test_no_text_of_it_is_run_by_a_spreadsheet_and_numbers_stay_numbers(letters):
    Statistic.objects.filter(letter__council__slug="adur", measure="upheld").update(base_label="=1+1")
    lines = list(csv.DictReader(StringIO("".join(as_csv.lines(table(letter__council__slug="adur"))))))
    assert [line["base_label"] for line in lines if line["measure"] == "upheld"] == ["'=1+1"]
    by_measure = {line["measure"]: line for line in lines}
    assert by_measure["upheld"]["rate_computed"] == repr(200 / 3)
    assert (by_measure["upheld"]["rate_printed"], by_measure["upheld"]["numerator_computed"]) == ("67", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Adur", "Adur"),
        ("2019–20", "2019–20"),
        ("100% of complaints - most - were upheld", "100% of complaints - most - were upheld"),
        *((f"{sign}1+1", f"'{sign}1+1") for sign in "=+-@\t\r\n＝＋－＠"),
        (' =HYPERLINK("x")', "' =HYPERLINK(\"x\")"),
        ("\u00a0@SUM(1)", "'\u00a0@SUM(1)"),
        ("\ufeff=1", "'\ufeff=1"),
        ("one\n=two", "'one\n=two"),
        ("a\x00b\x1bc", "abc"),
        ("\x00=1", "'=1"),
        ("'=1", "''=1"),
        ("'Adur", "'Adur"),
        ("One.\n\nTwo.\r\n\r\nThree.\n\tFour.", "One.\n\nTwo.\r\n\r\nThree.\n\tFour."),
        ("One.\n\n- Two.", "'One.\n\n- Two."),
        ("", ""),
    ],
)  # fmt: skip
def test_t63b_what_a_spreadsheet_would_run_is_text(text, cell):
    assert harmless(text) == cell


@given(st.text(alphabet="a 1=+-@＝＠'\t\r\n\x00\u00a0\u200b\ufeff", max_size=6))
def test_t63b_no_cell_begins_like_a_formula(text):
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(st.text(alphabet="a 1=+-@＝＠'\t\r\n\u00a0\u200b\ufeff", max_size=7))
def test_t63b_the_text_as_it_was_can_be_had_again(text):
    told = harmless(text)
    has_sign = told.startswith("'") and harmless(told[1:]) == told
    assert (told[1:] if has_sign else told) == text


@pytest.mark.parametrize(
    ("year", "of_its_own", "then"),
    [
        (2020, ("E07000223", "", ""), "E07000223"),
        (2006, ("E07000223", "", ""), "E07000223"),
        (2020, ("", "", ""), None),
        (2025, ("E08000016", "E08000038", ""), "E08000016"),  # Barnsley, until April 2025
        (2026, ("E08000016", "E08000038", ""), "E08000038"),
        (2015, ("E07000240", "", "E07000100"), "E07000240"),  # St Albans, since some day before 2014
        (2013, ("E07000240", "", "E07000100"), None),
        (2020, ("E47000010", "", "E47000005"), None),  # a combined authority has no area here
    ],
)
def test_the_code_of_a_year(year, of_its_own, then):
    assert codes.code_in(year, *of_its_own) == then


@pytest.mark.django_db
def test_every_council_of_the_register_has_the_code_of_its_area(register):
    """In each year for which areas are known, by whatever code the register leads with."""
    several = Council.objects.exclude(newer_gss="", former_gss="").exclude(kind="combined-authority")
    assert several
    for council in several:
        borne = {
            codes.code_in(year, council.gss, council.newer_gss, council.former_gss)
            for year in range(2015, 2027)
        }
        assert borne <= {council.gss, council.newer_gss} - {""}
        assert codes.code_now(council.gss, council.newer_gss) in borne
