"""What contradicts across letters, in the admin: who is asked, and what is approved with open eyes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from letters import workflow
from letters.across import last_year
from letters.across.editions import averages_of
from letters.models import State
from letters.workflow import Refused
from tests import factories
from tests.contradictions import district, letters_of_a_year
from tests.staff_pages import filled, page_of, take, text

D = Decimal


@pytest.fixture
def odd(staff):
    letters_of_a_year(3)
    return factories.letter(council=district(9), figures=[factories.figure(average=D(66))])


@pytest.fixture
def jumped(staff):
    council = district(8)
    for year, number in ((2021, 10), (2022, 90)):
        figure = factories.figure(year_ending=year, numerator=number, denominator=number)
        letter = factories.letter(factories.edition(year), council=council, figures=[figure])
    return letter


@pytest.mark.django_db
def test_neither_an_error_nor_a_question_is_approved_together(browser, odd, jumped):
    page = text(browser.get(reverse("admin:letters_letter_queue")))
    assert "Needs a person: 2" in page
    assert "Agree on everything: 4" in page
    assert "this letter prints an average of 66%" in page
    assert "count 10 → 90" in page
    seen = {"seen": [f"{letter.pk}:{letter.revision}" for letter in (odd, jumped)]}
    page = text(browser.post(reverse("admin:letters_letter_together"), seen, follow=True))
    assert "has a problem and is reviewed by itself" in page
    assert "raises a question and is reviewed by itself" in page
    for letter in (odd, jumped):
        letter.refresh_from_db()
        assert letter.state == State.READ


@pytest.mark.django_db
def test_an_error_is_approved_with_a_reason_and_leads_to_its_number(browser, odd):
    take(browser, odd)
    page = text(browser.get(page_of(odd)))
    assert '<a href="#id_upheld-average" data-problem>Complaints upheld: this letter prints' in page
    refused = text(browser.post(page_of(odd), filled(browser, odd, approve="")))
    assert "Some problems of this letter are open." in refused
    browser.post(page_of(odd), filled(browser, odd, approve="", reason="Printed so."))
    odd.refresh_from_db()
    assert (odd.state, odd.approval_reason) == (State.APPROVED, "Printed so.")


@pytest.mark.django_db
def test_a_question_needs_no_reason_but_has_to_be_seen(browser, jumped):
    take(browser, jumped)
    page = browser.get(page_of(jumped))
    assert "this needs no reason" in text(page)
    assert 'name="reason"' not in text(page)
    refused = browser.post(page_of(jumped), filled(browser, jumped, approve="", seen=""))
    assert "Something has come up that was not on the page." in text(refused)
    browser.post(page_of(jumped), filled(browser, jumped, approve=""))
    jumped.refresh_from_db()
    assert jumped.state == State.APPROVED


@pytest.mark.django_db
def test_a_slip_of_the_reviewer_is_asked_before_it_is_approved(browser, jumped):
    """The page that comes back shows what the entered figures raise, and keeps them."""
    jumped.statistics.update(numerator=12, denominator=12)
    take(browser, jumped)
    slip = {"upheld-numerator": "120", "upheld-denominator": "120"}
    answer = browser.post(page_of(jumped), filled(browser, jumped, approve="", **slip))
    assert "count 10 → 120" in text(answer)
    assert f'name="seen" value="{last_year.CODE}:upheld:numerator"' in text(answer)
    jumped.refresh_from_db()
    assert jumped.state == State.READ
    again = filled(browser, jumped, approve="", seen=f"{last_year.CODE}:upheld:numerator", **slip)
    browser.post(page_of(jumped), again)
    jumped.refresh_from_db()
    assert jumped.state == State.APPROVED


@pytest.mark.django_db
def test_approving_by_a_stale_reason_is_refused(odd, staff):
    with pytest.raises(Refused, match="not on the page"):
        workflow.approve(odd, staff, reason="Another thing.", seen=["rate-contradicts-counts:upheld:"])


@pytest.mark.django_db
def test_an_edition_lists_who_prints_what(browser, odd):
    [row] = averages_of(odd.review)
    assert (row.group, row.measure, row.usual.letters) == ("district councils", "Complaints upheld", 3)
    assert [(each.average, each.letters, each.named) for each in row.printed] == [
        ("45%", 3, []),
        ("66%", 1, [odd]),
    ]
    where = reverse("admin:letters_annualreview_contradicting", args=[odd.review.pk])
    page = text(browser.get(where))
    assert "Letters that something speaks against: 1" in page
    assert page.count(page_of(odd)) == 2
    assert where in text(browser.get(page_of(odd.review)))


@pytest.mark.django_db
def test_without_a_clear_majority_all_are_named(browser, staff):
    letters_of_a_year(1, average=45)
    factories.letter(council=district(2), figures=[factories.figure(average=D(54))])
    page = text(
        browser.get(reverse("admin:letters_annualreview_contradicting", args=[factories.edition().pk]))
    )
    assert "No clear majority:" in page
    assert "District 0" in page
    assert "District 2" in page


@pytest.mark.django_db
def test_the_pages_cost_the_same_however_many_letters(browser, odd, django_assert_max_num_queries):
    where = reverse("admin:letters_annualreview_contradicting", args=[odd.review.pk])
    browser.get(where)
    for n in range(20, 26):
        factories.letter(council=district(n), figures=[factories.figure(average=D(60 + n))])
    with django_assert_max_num_queries(10):
        browser.get(where)


@pytest.mark.django_db
def test_who_schedules_is_told_of_approved_letters_that_others_have_come_to_contradict(staff):
    early = factories.letter(council=district(9), figures=[factories.figure(average=D(66))])
    workflow.approve(early, staff)
    letters_of_a_year(3)
    said = workflow.schedule_warnings(early.review, early.received_at)
    assert any("1 letter approved without a reason" in warning for warning in said)
