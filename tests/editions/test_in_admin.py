"""A year's edition in the admin: how far it is, what its hour left out, and its report."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import signals
from django.urls import reverse

from history.models import Line
from letters import dashboard, published, workflow
from letters.clean_pdfs import clean_pdf
from letters.models import AnnualReview, Letter, State
from tests import factories, odd_pdfs
from tests.editions.world import HOUR, TODAY
from tests.staff_pages import hidden, page_of, schedule, text

pytestmark = pytest.mark.django_db

LETTER = odd_pdfs.letter()


def test_the_year_in_numbers(browser, review, staff):
    factories.council("County Council", kind="county")
    factories.council("A Park", kind="national-park")
    factories.council("A Combined Authority", kind="combined-authority")
    factories.council("Abolished before", kind="district", last_day=date(2020, 3, 30))
    factories.council("Closed on the last day", kind="district", last_day=date(2020, 3, 31))
    for state in (State.READ, State.UNREADABLE):
        factories.letter(review, staff, state)
    factories.letter(review, staff, State.RECEIVED)
    workflow.withdraw(factories.letter(review, staff), staff, "Wrong file.")
    found = dashboard.progress(review, TODAY)
    assert found == dashboard.Progress(
        expected=6, received=4, read=3, needing_a_person=1, ready=1, approved=1, public=0
    )
    page = text(browser.get(page_of(review)))
    assert "<dt>Expected</dt><dd>6</dd>" in page
    missing = page.split("Without a letter: 4 councils")[1].split("</details>")[0]
    assert "County Council" in missing
    assert "Closed on the last day" in missing
    assert "A Park" in missing
    assert "A Combined Authority" not in missing


def test_what_the_hour_left_out_is_listed_and_published_from_there(browser, review, staff):
    held = factories.approved_letter(review, staff)
    workflow.hold_back(held, staff)
    assert "approved, held back" in text(browser.get(page_of(review)))
    assert "Publish now" not in text(browser.get(page_of(review)))
    schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule")
    with time_machine.travel(HOUR + timedelta(hours=1), tick=False):
        browser.force_login(staff)
        late = factories.approved_letter(review, staff)
        page = text(browser.get(page_of(review)))
        assert "approved after its edition’s hour" in page
        assert page.count("Publish now") == 2
        where = reverse("admin:letters_letter_publishing", args=[late.pk, "publish-now"])
        browser.post(where, {"revision": late.revision})
        page = text(browser.get(page_of(review)))
        assert page.count("Publish now") == 1
    assert published.is_public(late, HOUR + timedelta(hours=1))


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(days=3, hours=2, minutes=5), "3 days and 2 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=1, minutes=1), "1 hour and 1 minute"),
        (timedelta(seconds=1), "1 minute"),
        (timedelta(0), ""),
        (timedelta(hours=-12), ""),
    ],
)
def test_a_wait_in_words(wait, words):
    assert dashboard.how_long(wait) == words


def test_the_start_page_says_what_is_to_be_done(browser, review, staff):
    factories.letter(review, staff)
    factories.letter(review, staff, State.UNREADABLE)
    page = text(browser.get("/admin/"))
    assert "Annual review 2019–20" in page
    assert "1 needs a person; 1 agrees on everything." in page
    for where in ("letters_letter_upload", "letters_letter_queue"):
        assert reverse(f"admin:{where}") in page
    assert page_of(review) in page
    assert "in no edition" not in page


def test_letters_of_no_edition_yet_are_told_beside_those_that_count(browser, review, staff):
    for state in (State.RECEIVED, State.UNREADABLE, State.READ):
        factories.letter(review, staff, state)
    Letter.objects.filter(state__in=[State.RECEIVED, State.UNREADABLE]).update(review=None)
    for page in map(text, (browser.get("/admin/"), browser.get(page_of(review)))):
        assert "<dt>Received</dt><dd>2</dd>" in page
        assert "2 letters besides</a> are in no edition: their years are not known yet." in page
        assert "1 of them waits to be read, which mostly tells the year." in page
    listed = text(browser.get(reverse("admin:letters_letter_changelist"), {"review__isnull": "True"}))
    assert "2 letters" in listed
    assert '<a href="?review__isnull=True">not known</a>' in listed
    workflow.withdraw(Letter.objects.get(state=State.UNREADABLE), staff, "Wrong file.")
    assert (
        "1 letter besides</a> is in no edition: its year is not known yet. 1 of them waits to be read"
        in text(browser.get("/admin/"))
    )
    Letter.objects.filter(state=State.RECEIVED).update(state=State.UNREADABLE)
    assert "to be read" not in text(browser.get("/admin/"))


def test_what_councils_ask_is_told_on_the_start_page_until_it_is_answered(browser, review, staff):
    where = f'<a href="{reverse("admin:letters_annualreview_queries", args=[review.pk])}">'
    letters = [factories.letter(review, staff) for _ in range(2)]
    assert where not in text(browser.get("/admin/"))
    first, *_ = [workflow.enter_query(letter, staff, "Mr Example", "Is it so?") for letter in letters]
    told = f"{where}2 queries about the letters of 2019–20 are not answered yet</a>"
    assert told in text(browser.get("/admin/"))
    workflow.answer_query(first, staff, "Yes.", False)
    told = f"{where}1 query about the letters of 2019–20 is not answered yet</a>"
    assert told in text(browser.get("/admin/"))


def test_whoever_may_not_see_queries_is_told_of_none(client, review, staff):
    workflow.enter_query(factories.letter(review, staff), staff, "Mr Example", "Is it so?")
    client.force_login(User.objects.create_user("limited", is_staff=True))
    assert "not answered yet" not in text(client.get("/admin/"))


def test_the_parts_of_the_admin_have_names_for_people(browser):
    page = text(browser.get("/admin/"))
    for name in ("People and roles", "Background tasks", "Annual letters"):
        assert name in page
    assert "Authentication" not in page
    assert "Tasks Database Backend" not in page
    assert 'id="start"' in page
    assert 'id="start"' not in text(browser.get("/admin/auth/")), "a part of the admin is not the start page"


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_demonstration_says_so_in_the_header(browser, settings, demonstration):
    settings.DEMONSTRATION = demonstration
    assert ("Demonstration: the letters here are made up." in text(browser.get("/admin/"))) is demonstration


def test_an_edition_is_made_once_a_year(browser):
    add = reverse("admin:letters_annualreview_add")
    browser.post(add, {"year_ending": "2020"})
    assert AnnualReview.objects.get().year_ending == 2020
    assert "There is an edition for this year already." in text(browser.post(add, {"year_ending": "2020"}))
    for year in ("2005", "2101", "x"):
        assert browser.post(add, {"year_ending": year}).status_code == 200
    assert AnnualReview.objects.count() == 1


def save(browser, review, sent):
    """Send the form for the national report as its page shows it, with what is typed."""
    where = page_of(review)
    return browser.post(where, hidden(browser.get(where)) | sent, follow=True)


def test_t71_a_report_changed_since_the_page_was_opened_stays(browser, review, staff):
    """The hour, and whatever else the form does not have, may change meanwhile."""
    where = page_of(review)
    older = hidden(browser.get(where)) | {"national_report_link": "https://example.org/review"}
    AnnualReview.objects.filter(pk=review.pk).update(publish_at=HOUR, scheduled_at=TODAY, by_one_person=True)
    review.national_report_title = "The Review"
    workflow.save_report(review, ["national_report_title"], staff)
    page = text(browser.post(where, older))
    assert "This was changed since you opened the page" in page
    assert 'value="https://example.org/review"' in page
    again = {"national_report_title": "The Review"} | older | hidden(browser.get(where))
    workflow.say_no_letter(review, factories.council("Quiet Council"), "It is small.", staff)
    browser.post(where, again)
    review.refresh_from_db()
    assert (review.national_report_title, review.national_report_link) == (
        "The Review",
        "https://example.org/review",
    )


def test_only_the_report_can_be_changed(browser, review):
    """T73: the hour is set by scheduling alone, the year never."""
    sent = {
        "year_ending": "2019",
        "publish_at": "2020-01-01 00:00",
        "publish_at_0": "01/01/2020",
        "publish_at_1": "00:00",
    }
    save(browser, review, sent)
    review.refresh_from_db()
    assert (review.year_ending, review.publish_at) == (2020, None)


def test_an_hour_moved_while_the_report_is_saved_stays_moved(browser, review):
    """The page's own idea of the hour is never written back."""
    later = HOUR + timedelta(days=7)
    schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule")

    def postponed(**kwargs):
        AnnualReview.objects.filter(pk=review.pk).update(publish_at=later)

    signals.pre_save.connect(postponed, sender=AnnualReview)
    try:
        report = SimpleUploadedFile("Review.pdf", LETTER, "application/pdf")
        save(browser, review, {"national_report": report})
    finally:
        signals.pre_save.disconnect(postponed, sender=AnnualReview)
    review.refresh_from_db()
    assert review.national_report
    assert review.publish_at == later


@pytest.mark.parametrize(("content", "kept"), [(LETTER, True), (b"<!doctype html><title>x</title>", False)])
def test_the_national_report_is_a_pdf(browser, review, content, kept):
    """T15: by its content."""
    report = SimpleUploadedFile("Review.pdf", content, "application/pdf")
    page = text(save(browser, review, {"national_report": report}))
    review.refresh_from_db()
    assert bool(review.national_report) is kept
    assert ("This is no PDF" in page) is not kept
    if kept:
        answer = browser.get(reverse("admin:letters_annualreview_report", args=[review.pk]))
        assert b"".join(answer.streaming_content) == clean_pdf(ContentFile(content))
        assert "The national report (PDF)" in text(browser.get(page_of(review)))


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://www.lgo.org.uk/review?year=2020", "https://www.lgo.org.uk/review?year=2020"),
        ("www.lgo.org.uk/review", "https://www.lgo.org.uk/review"),
        ("", ""),
        ("http://www.lgo.org.uk/review", None),
        ("javascript:alert(1)", None),
        ("JavaScript://www.lgo.org.uk/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://www.lgo.org.uk/\x00", None),
        ("//www.lgo.org.uk/review", "https://www.lgo.org.uk/review"),
        ("https://" + "a" * 500 + ".org", None),
    ],
)
def test_the_national_report_is_linked_by_https_alone(browser, review, link, kept):
    """T63: whatever else is typed is refused on the field, and the page keeps what it had."""
    sent = {"national_report_title": "The Review", "national_report_date": "2020-07-29"}
    save(browser, review, sent | {"national_report_link": link})
    review.refresh_from_db()
    found = review.national_report_title, review.national_report_link
    assert found == (("", "") if kept is None else ("The Review", kept))


def test_the_database_holds_no_other_link_either(review):
    with pytest.raises(IntegrityError):
        AnnualReview.objects.filter(pk=review.pk).update(national_report_link="javascript:alert(1)")


def test_the_history_says_once_what_became_of_the_report(browser, review, staff):
    sent = {"national_report_title": "The Review", "national_report_link": "https://example.org/review"}
    save(browser, review, sent)
    save(browser, review, {"national_report_title": "The Review"})
    save(browser, review, {"national_report_title": "The Review"})
    found = Line.objects.filter(subject_id=str(review.pk), subject="letters.annualreview")
    assert [entry.deed for entry in found.order_by("pk")] == [
        "The national report's title is now: The Review."
        " The national report's address elsewhere is now: https://example.org/review.",
        "The national report's address elsewhere is now: none.",
    ]


def test_the_list_of_editions_says_when_each_is_public(browser, review, django_assert_max_num_queries):
    schedule(browser, review, "2020-07-29", "09:30", confirm="Schedule")
    factories.edition(2021)
    with django_assert_max_num_queries(6):
        page = text(browser.get(reverse("admin:letters_annualreview_changelist")))
    assert "09:30 on 29 July 2020 (British Summer Time)" in page
    assert "not set" in page
