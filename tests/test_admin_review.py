"""The review screen: what it shows, what it saves, and what it approves."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from history.models import Line
from letters import workflow
from letters.extraction.types import Problem, Source
from letters.models import Letter, State, Statistic
from tests import factories
from tests.staff_pages import filled, page_of, take, text

pytestmark = pytest.mark.django_db


def test_a_letter_is_read_before_it_is_taken(browser, staff):
    letter = factories.letter(by=staff)
    page = text(browser.get(page_of(letter)))
    assert "Review this letter" in page
    assert "review-form" not in page.split("review-pages")[0].split("Review this letter")[1]
    letter.refresh_from_db()
    assert letter.claimed_by is None
    take(browser, letter)
    assert browser.get(page_of(letter)).context["form"] is not None


def test_every_figure_shows_where_it_was_read(browser, staff):
    source = Source(
        "percent", 3, (0.1, 0.2, 0.5, 0.25), "100% of complaints <b>we</b> investigated were upheld."
    )
    letter = factories.letter(by=staff, figures=[factories.figure(sources=(source,))])
    take(browser, letter)
    html = browser.get(page_of(letter)).content.decode()
    assert 'href="#box-upheld-percent"' in html
    assert "Page 3: “100% of complaints &lt;b&gt;we&lt;/b&gt; investigated were upheld.”" in html
    assert '<rect x="0.10000" y="0.20000" width="0.40000" height="0.05000" />' in html
    assert 'id="box-upheld-percent" data-field="id_upheld-percent"' in html
    assert html.count("/pages/") == letter.page_count
    assert "style=" not in html


@pytest.mark.parametrize(
    ("agree", "problem", "words"),
    [
        (True, None, "Read by both readers."),
        (False, Problem("readers-differ", "upheld", "They differ on the rate."), "The readers differ."),
        (
            False,
            Problem("readers-differ", "compliance", "They differ."),
            "Not sure: compare it with the page.",
        ),
        (False, Problem("another-council", None, "It names another."), "Not sure: compare it with the page."),
    ],
)
def test_every_figure_says_who_vouches_for_it(browser, staff, agree, problem, words):
    figure = factories.figure(readers_agree=agree)
    letter = factories.letter(by=staff, figures=[figure], problems=[problem] if problem else [])
    page = text(browser.get(page_of(letter)))
    said = ("Read by both readers.", "The readers differ.", "Not sure: compare it with the page.")
    assert [each for each in said if each in page] == [words]


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({}, (Decimal(100), 2, 2, Decimal(45), "read")),
        ({"upheld-percent": "50", "upheld-numerator": "1"}, (Decimal(50), 1, 2, Decimal(45), "entered")),
        ({"upheld-average": ""}, (Decimal(100), 2, 2, None, "entered")),
        ({"upheld-percent": "0", "upheld-numerator": "0"}, (Decimal(0), 0, 2, Decimal(45), "entered")),
    ],
    ids=["as read", "corrected", "taken out", "zero is a figure"],
)
def test_what_is_saved(browser, staff, changes, stored):
    letter = factories.letter(by=staff)
    take(browser, letter)
    response = browser.post(page_of(letter), filled(browser, letter, save="Save", **changes))
    assert response.url == page_of(letter)
    figure = letter.statistics.get(measure="upheld")
    assert (figure.percent, figure.numerator, figure.denominator, figure.average, figure.origin) == stored


def test_what_concerns_the_letter_is_saved(browser, staff):
    letter = factories.letter(by=staff)
    other, later = factories.council("Zyxwold Borough Council"), factories.edition(2021)
    take(browser, letter)
    sent = filled(
        browser,
        letter,
        council=other.pk,
        review=later.pk,
        recipient_name="Mr Zyx",
        recipient_post="Acting Chief Executive",
        letter_date="2021-07-21",
        promised_date="28/07/2021",
    )
    browser.post(page_of(letter), sent)
    letter.refresh_from_db()
    assert (letter.council, letter.review) == (other, later)
    assert (letter.recipient_name, letter.recipient_post) == ("Mr Zyx", "Acting Chief Executive")
    assert f"{letter.letter_date} {letter.promised_date}" == "2021-07-21 2021-07-28"


def test_no_recommendations_due_is_a_tick_and_no_number(browser, staff):
    letter = factories.letter(by=staff)
    take(browser, letter)
    browser.post(page_of(letter), filled(browser, letter, **{"compliance-none_due": "on"}))
    assert letter.statistics.get(measure="compliance").none_due
    page = browser.post(
        page_of(letter), filled(browser, letter, **{"compliance-none_due": "on", "compliance-percent": "100"})
    )
    assert "Either no recommendations were due, or give the figures: not both." in text(page)
    assert letter.statistics.get(measure="compliance").percent is None


def test_approve_and_next_goes_to_the_next(browser, staff):
    first, second = factories.letter(by=staff), factories.letter(by=staff)
    response = browser.post(reverse("admin:letters_letter_start"))
    assert response.url == page_of(first)
    response = browser.post(page_of(first), filled(browser, first, approve="Approve and next"))
    assert response.url == f"{page_of(second)}?previous={first.pk}"
    assert f'href="{page_of(first)}" accesskey="p"' in text(browser.get(response.url))
    response = browser.post(page_of(second), filled(browser, second, approve="Approve and next"))
    assert response.url == reverse("admin:letters_letter_queue")
    assert "Nothing is left to review." in text(browser.get(response.url))
    assert set(Letter.objects.values_list("state", flat=True)) == {State.APPROVED}


def test_next_without_approving_comes_round_to_each_letter_once(browser, staff):
    letters = [factories.letter(by=staff) for _ in range(3)]
    seen = [browser.post(reverse("admin:letters_letter_start")).url]
    for letter in letters:
        seen.append(
            browser.post(reverse("admin:letters_letter_pass_over", args=[letter.pk])).url.split("?")[0]
        )
    assert seen == [*map(page_of, letters), reverse("admin:letters_letter_queue")]
    assert not Letter.objects.exclude(claimed_by=None).exists()


def test_saving_unchanged_neither_loses_nor_doubles_a_problem(browser, staff):
    """T32: what the reading found contradictory is found again in the rows of the database, and is the same."""
    figure = factories.figure(percent=Decimal(50))
    [found] = workflow.reviewing.contradictions([figure], 2020)
    letter = factories.letter(by=staff, figures=[figure], problems=[found])
    take(browser, letter)
    browser.post(page_of(letter), filled(browser, letter, save=""))
    letter.refresh_from_db()
    assert [problem["code"] for problem in letter.problems] == [found.code]


def test_a_second_letter_for_council_and_year_asks_why(browser, staff):
    """T37"""
    council = factories.council("Twice")
    first = factories.approved_letter(by=staff, council=council)
    second = factories.letter(by=staff, council=council)
    take(browser, second)
    page = text(browser.get(page_of(second)))
    assert page_of(first) in page
    assert "Why it replaces the earlier letter" in page
    page = text(browser.post(page_of(second), filled(browser, second, approve="")))
    assert "Say why this one replaces it" in page
    browser.post(
        page_of(second), filled(browser, second, approve="", replacement_reason="A figure was wrong.")
    )
    second.refresh_from_db()
    assert (second.state, second.number) == (State.APPROVED, 2)


def test_a_year_that_was_not_read_offers_every_figure_until_it_is_chosen(browser, staff):
    row = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    _, token = workflow.claim_for_reading(str(row.pk))
    workflow.finish_unreadable(row, token, "A scan.")
    take(browser, row)
    useless = "a publisher withdraw this one"
    assert useless not in text(browser.get(page_of(row))), "who may withdraw it has a button"
    browser.force_login(factories.member("reviewer"))
    assert useless in text(browser.get(page_of(row)))
    browser.force_login(staff)
    form = browser.get(page_of(row)).context["form"]
    assert {figure.measure.slug for figure in form.figures} >= {"upheld", "dealt-with"}
    sent = filled(browser, row, review=factories.edition(2020).pk, council=factories.council().pk, save="")
    browser.post(page_of(row), sent | {"upheld-percent": "100"})
    form = browser.get(page_of(row)).context["form"]
    assert [figure.measure.slug for figure in form.figures] == [
        "upheld",
        "compliance",
        "satisfactory-remedies",
    ]
    assert Statistic.objects.get().origin == "entered"


def test_the_year_before_stands_beside(browser, staff):
    council = factories.council()
    factories.approved_letter(
        factories.edition(2019), staff, council, figures=[factories.figure(average=Decimal(58))]
    )
    letter = factories.letter(factories.edition(2020), staff, council=council)
    take(browser, letter)
    assert "The year before: 100% (2 of 2), average 58%." in text(browser.get(page_of(letter)))


def test_the_history_says_what_was_changed_by_whom(browser, staff):
    letter = factories.letter(by=staff)
    take(browser, letter)
    browser.post(
        page_of(letter), filled(browser, letter, save="", recipient_name="Mr Zyx", **{"upheld-average": "46"})
    )
    entry = Line.objects.filter(subject_id=str(letter.pk)).latest("pk")
    assert entry.by == staff
    assert entry.deed == (
        "Reviewed. addressee: Ms Example → Mr Zyx; "
        "Complaints upheld: 100% (2 of 2), average 45% → 100% (2 of 2), average 46%."
    )
    assert "100% (2 of 2), average 46%" in text(
        browser.get(reverse("admin:letters_letter_history", args=[letter.pk]))
    )


def test_councils_of_the_letters_year_come_first(browser, staff):
    """T36: an abolished council is named with its last day."""
    factories.council("Zyxwold Borough Council", last_day=date(2021, 3, 31))
    factories.council("New Zyx Council", first_day=date(2021, 4, 1))
    letter = factories.letter(by=staff)
    take(browser, letter)
    existed, later = browser.get(page_of(letter)).context["form"].letter.fields["council"].choices[1:]
    assert existed[0] == "Existed in 2019–20"
    assert "Zyxwold Borough Council (to 31/03/2021)" in [label for _, label in existed[1]]
    assert [label for _, label in later[1]] == ["New Zyx Council"]


def test_the_letters_page_costs_the_same_however_large_the_register(
    browser, staff, django_assert_max_num_queries
):
    for _ in range(30):
        factories.council()
    letter = factories.letter(by=staff)
    take(browser, letter)
    with django_assert_max_num_queries(23):
        browser.get(page_of(letter))
