"""What a committee pack says of decisions, reports and improvements: nothing before its day, no more than is public."""

import re
from html import unescape

import pytest
import time_machine

from cases import withholding
from cases.models import Decision, Holds
from letters.models import Standstill
from tests import factories
from tests.cases import DECISION, IMPROVEMENT, REPORT, imported, london, table
from tests.committee_packs.world import bare, page_of, pdf_of, read

pytestmark = pytest.mark.django_db

NOON = london(2026, 7, 1, 12)
PLANNING = {"category": "Planning", "sub-category": "Trees"}
AGREED = {"agreed on": "2025-06-14", "due on": "2026-06-10"}
MORE = [
    {"number": str(number), "text": f"Example {number}.", "due on": "2026-09-01"} for number in range(5, 24)
]
EVERY = [
    "in-short",
    "headline",
    "decided",
    "improvements",
    "signs",
    "questions",
    "beside",
    "where",
    "sources",
]


@pytest.fixture(scope="module")
def council(kept_rows):
    """A letter of 2026, and around it what was decided in its year, the year before, and not yet publicly."""
    with time_machine.travel(london(2026, 5, 20, 12), tick=False) as clock:
        staff, review = factories.staff(), factories.edition(2026)
        council = factories.council("Sometown Borough Council")
        factories.council("Othertown Borough Council")
        figure = factories.figure(year_ending=2026, percent=60, numerator=3, denominator=5, average=None)
        factories.public_letter(review, staff, council, figures=[figure])
        factories.workflow.schedule(review, london(2026, 5, 20, 12), staff, acknowledged=True)
        clock.move_to(NOON)
    imported(
        table(*[DECISION | {"reference": f"25 000 {at:03}"} | each for at, each in enumerate(_DECIDED, 1)])
    )
    improvements = [IMPROVEMENT | AGREED | each for each in [*_AGREED, *MORE]]
    imported(table(*improvements), Holds.IMPROVEMENTS, NOON)
    imported(table(REPORT, REPORT | _OTHER, REPORT | _EARLIER), Holds.REPORTS)
    return council


_DECIDED = [
    {},
    {"outcome": "report"} | PLANNING,
    {"outcome": "not upheld"} | PLANNING,
    {"outcome": "closed"},
    {"withheld": "yes", "text": "", "summary": "", "remedy": ""},
    {"decided on": "2024-06-01"},
    {"decided on": "2026-04-02", "text": "Zyxwold"},
    {"councils": "Othertown Borough Council"} | PLANNING,
    # Two names of the Ombudsman's that lists call by the same one.
    {"category": "Environment and regulation", "outcome": "closed"},
    {
        "category": "Environmental services and public protection and regulation",
        "outcome": "report",
        "decided on": "2025-07-01",
    },
]
_AGREED = [
    {"number": "1", "text": "Late one."},
    {"number": "2", "text": "Done one.", "evidence on": "2026-06-01"},
    {"number": "3", "text": "Done late.", "evidence on": "2026-06-20"},
    {"number": "4", "text": "Word " * 64, "due on": "2026-05-01"},
    {"reference": "25 000 006", "text": "Of the year before.", "agreed on": "2024-06-01", "evidence on": "2025-01-01"},
    {"reference": "25 000 006", "number": "2", "text": "Long open.", "agreed on": "2024-06-01", "due on": "2025-01-01"},
    {"reference": "25 000 007", "text": "Zyxwold", "agreed on": "2026-04-02"},
    {"reference": "25 000 008", "text": "Of another.", "councils": "Othertown Borough Council"},
]  # fmt: skip
_OTHER = {"references": "25 000 008", "councils": "Othertown Borough Council", "title": "Of another"}
_EARLIER = {"references": "25 000 006", "published on": "2025-03-31", "title": "Of the year before"}


def seen(client, council, now=NOON):
    with time_machine.travel(now, tick=False):
        return " ".join(unescape(page_of(client, council)).split())


def test_decisions_stand_beside_the_letter_and_by_subject(client, council):
    page = seen(client, council)
    assert (
        "Upheld in 2025–26: 3 by the letter, 4 among the decisions published here (2 of them public reports; 1 of "
        "them counted and not shown)." in page
    )
    assert "Environment 1 0 1 Housing 2 0 1 Planning 1 1 0 All 4 1 2" in page
    assert (
        "An example of a title 2 October 2025 The Ombudsman is satisfied with the council’s response" in page
    )
    assert (
        "Upheld decisions of the year that are published here: Housing (2), Environment (1), Planning (1)."
        in page
    )
    assert "What did members decide on the report “An example of a title”" in page
    assert not re.search("Zyxwold|Of another|Of the year before", page)


def test_a_council_without_any_letter_has_its_newest_decisions(client, council):
    other = type(council).objects.get(name="Othertown Borough Council")
    page = seen(client, other)
    assert "No annual letter of the Ombudsman to Othertown Borough Council is published here" in page
    assert (
        "Upheld in 2025–26: 1 among the decisions published here. No letter for the year is published here."
        in page
    )
    assert "Planning 1 0 0" in page
    assert "Of another 2 October 2025" in page
    assert "Of another. 25 000 008" in page
    assert "Has the authority received an annual letter" in page
    assert not re.search("Zyxwold|Late one", page)


@pytest.mark.parametrize(("day", "runs"), [((2026, 3, 31, 12), True), ((2026, 4, 1), False)])
def test_of_a_year_that_runs_without_a_letter_it_says_that_it_is_not_over(client, council, day, runs):
    other = type(council).objects.get(name="Othertown Borough Council")
    page = seen(client, other, london(*day))
    assert "Upheld in 2025–26: 1 among the decisions published here." in page
    assert ("The year is not over: it runs to 31 March 2026, and decisions are" in page) is runs


def test_improvements_are_listed_the_longest_late_first(client, council):
    page = seen(client, council)
    rows = re.findall(r"(Long open|(?:Word )+|Late one|Example \d+|Done late|Done one)", page)
    assert [each[:9] for each in rows[:3]] == ["Long open", "Word Word", "Late one"]
    assert len(rows) == 20
    assert "Late one. 25 000 001 agreed on 14 June 2025 10 June 2026 Late by 21 days" in page
    assert "Agreed in 2025–26, or still open on 1 July 2026." in page
    assert "4 more are left out here." in page
    assert "…" in page
    assert "What keeps the authority from doing what it agreed with the Ombudsman" in page
    assert (
        "3 improvements that the council had agreed to make were late; the first was due on 1 January 2025."
        in page
    )


def test_nothing_is_in_it_before_its_day(client, council):
    assert "Zyxwold" not in seen(client, council, london(2026, 7, 1, 23, 59, 59))
    assert "Zyxwold" in seen(client, council, london(2026, 7, 2))
    Standstill.objects.create(pk=1, since=NOON, restored_at=NOON)
    stopped = seen(client, council, london(2026, 7, 2))
    assert "Zyxwold" not in stopped
    assert "On 1 July 2026, 3 improvements" in stopped


def test_the_sections_stand_in_their_order_and_the_pdf_says_the_same(
    client, council, django_assert_num_queries
):
    with time_machine.travel(NOON, tick=False), django_assert_num_queries(16):
        html = client.get(
            "/your-councils-performance/sometown-borough-council/committee-pack"
        ).content.decode()
        assert re.findall(r'<section class="pack" id="([a-z-]+)"', html) == EVERY
    with time_machine.travel(NOON, tick=False):
        printed = bare(read(pdf_of(client, council, 2026)))
    for section in ("decided", "improvements"):
        inner = html.split(f'id="{section}"')[1].split("</section>")[0]
        for _, cell in re.findall(r"<(th|td|p|h2)\b[^>]*>(.*?)</\1>", inner, flags=re.DOTALL):
            # What is longer may go on over the page.
            assert bare(re.sub("<[^>]+>", "", cell))[:60] in printed


def test_what_is_taken_down_is_gone_from_it(client, council):
    with time_machine.travel(NOON, tick=False):
        decision = Decision.objects.get(reference="25 000 001")
        withholding.take_down(decision, factories.User.objects.first(), "An example of a reason.")
    page = seen(client, council)
    assert "2 of them counted and not shown" in page
    assert not re.search("Late one|Done one|Example 5", page)


def test_each_response_to_several_reports_is_told_as_it_stands(client, council):
    others = ("waiting", "not satisfied", "")
    more = [REPORT | {"references": f"25 000 {at}", "satisfied": each} for at, each in enumerate(others, 901)]
    imported(table(REPORT, *more), Holds.REPORTS)
    assert (
        "Of the responses to them, 1 satisfied the Ombudsman, 1 did not satisfy the Ombudsman, the Ombudsman is "
        "waiting for 1, of 1 it is not stated whether the Ombudsman was satisfied." in seen(client, council)
    )
