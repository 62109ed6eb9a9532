"""Before publication: named people see what they were given, for their time, by their link; nobody else does."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from letters import workflow
from letters.models import PreRelease, PreReleaseView, Query, Standstill
from letters.workflow.prerelease import Person
from tests import factories
from tests.staff_pages import text
from tests.visitors import main_part

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOW = HOUR - timedelta(days=2)
OFFICER = Person("Ms Sample", "Link Officer", "Sometown Council", "sample@example.org")
NEVER = f"/before-publication/{'0' * 64}"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as now:
        yield now


@pytest.fixture
def review(staff):
    """An edition of two approved letters, to be published in two days."""
    row = factories.edition(2020)
    for name in ("Sometown Council", "Othertown Council"):
        factories.approved_letter(row, staff, factories.council(name))
    workflow.schedule(row, HOUR, staff, acknowledged=True)
    return row


@pytest.fixture
def letter(review):
    return review.letters.get(council__name="Sometown Council")


def give(review, staff, *letters, opens_at=NOW, closes_at=HOUR):
    return workflow.give_access(review, staff, OFFICER, letters, opens_at=opens_at, closes_at=closes_at)


@pytest.fixture
def link(review, staff, letter):
    return f"/before-publication/{give(review, staff, letter)[1]}"


def answer(client, address):
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, dict(response.items()), body


def test_f47_the_link_shows_the_letters_that_were_given_and_each_look_is_kept(client, link, letter):
    pages = [link, f"{link}/sometown-council", f"{link}/sometown-council.pdf"]
    for address in pages:
        status, headers, body = answer(client, address)
        assert status == 200
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Set-Cookie" not in headers
        if not address.endswith(".pdf"):
            assert b"Before publication. Not to be passed on." in body
            assert b"Othertown" not in body
    with letter.clean_copy.file.open("rb") as file:
        assert body == file.read()
    assert "100% (2 of 2), average 45%" in main_part(client.get(pages[1]))
    looks = [(each.what, each.letter) for each in PreReleaseView.objects.all()]
    assert looks == [("list", None), ("letter", letter), ("pdf", letter), ("letter", letter)]
    assert link.rsplit("/", 1)[1] not in str(PreRelease.objects.values())


def withdrawn(review, staff, letter):
    row, token = give(review, staff, letter)
    workflow.withdraw_access(row, staff)
    return token


def not_yet_open(review, staff, letter):
    return give(review, staff, letter, opens_at=NOW + timedelta(seconds=1))[1]


def over(review, staff, letter):
    token = give(review, staff, letter, opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(hours=1))[
        1
    ]
    PreRelease.objects.update(closes_at=NOW)
    return token


def in_a_restored_copy(review, staff, letter):
    """Where access that was withdrawn since the backup would be there again."""
    Standstill.objects.create(pk=1, since=NOW, restored_at=NOW)
    return give(review, staff, letter)[1]


@pytest.mark.parametrize("broken", [withdrawn, not_yet_open, over, in_a_restored_copy])
def test_a_link_that_opens_nothing_looks_like_one_that_never_was(client, review, staff, letter, broken):
    dead = f"/before-publication/{broken(review, staff, letter)}"
    for part in ("", "/sometown-council", "/sometown-council.pdf", "/no-such-council"):
        found = answer(client, dead + part)
        assert found == answer(client, NEVER + part)
        assert found[0] == 404
        assert found[1]["Cache-Control"] == "private, no-store"
    assert client.post(f"{dead}/sometown-council/ask", {"text": "Is it?"}).status_code == 404
    assert not PreReleaseView.objects.exists()
    assert not Query.objects.exists()


def test_a_link_opens_no_letter_but_those_given_and_none_that_is_not_approved(
    client, link, review, staff, letter
):
    for part in ("/othertown-council", "/othertown-council.pdf"):
        assert answer(client, link + part) == answer(client, NEVER)
    workflow.take_back(letter, staff)
    assert answer(client, f"{link}/sometown-council") == answer(client, NEVER)
    assert "None of the letters you have access to is ready now." in main_part(client.get(link))


def test_at_the_end_of_its_time_it_is_over(client, link, today):
    today.move_to(HOUR - timedelta(seconds=1))
    assert client.get(link).status_code == 200
    today.move_to(HOUR)
    assert client.get(link).status_code == 404


def test_it_is_over_at_the_hour_even_if_that_was_brought_forward(client, link, review, staff, today):
    earlier = HOUR - timedelta(days=1)
    workflow.schedule(review, earlier, staff, acknowledged=True)
    assert "alone, until 09:30 on 28 July 2020" in main_part(client.get(link))
    today.move_to(earlier)
    assert client.get(link).status_code == 404
    workflow.publish_access_list(review, staff)
    assert "to 09:30 on 28 July 2020" in main_part(client.get("/pre-release-access"))


def test_access_makes_no_difference_to_anyone_else(client, review, staff, letter):
    addresses = [
        "/",
        "/corrections",
        "/pre-release-access",
        "/your-councils-performance/sometown-council/statistics",
    ]
    before = [answer(client, each) for each in addresses]
    give(review, staff, letter)
    assert [answer(client, each) for each in addresses] == before


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ({"closes_at": HOUR + timedelta(seconds=1)}, "by the edition's hour"),
        ({"closes_at": NOW}, "by the edition's hour"),
        ({"opens_at": HOUR, "closes_at": HOUR}, "end after it begins"),
    ],
    ids=["beyond the hour", "over already", "no time at all"],
)
def test_access_is_for_a_time_before_the_hour(review, staff, letter, times, says):
    with pytest.raises(workflow.Refused, match=says):
        give(review, staff, letter, **times)
    assert not PreRelease.objects.exists()


def test_access_is_to_approved_letters_of_a_scheduled_edition(review, staff, letter):
    for wrong in (
        [],
        [factories.letter(review, staff)],
        [factories.approved_letter(factories.edition(2019), staff)],
    ):
        with pytest.raises(workflow.Refused, match="Nobody got access"):
            give(review, staff, *wrong)
    workflow.unschedule(review, staff)
    with pytest.raises(workflow.Refused, match="publication time first"):
        give(review, staff, letter)


def test_the_list_is_published_after_the_hour_and_without_addresses(client, review, staff, letter, today):
    give(review, staff, letter)
    with pytest.raises(workflow.Refused, match="not before"):
        workflow.publish_access_list(review, staff)
    today.move_to(HOUR)
    assert "No such list has been published." in main_part(client.get("/pre-release-access"))
    assert b"/pre-release-access" not in client.get("/national-picture?year=2020").content
    workflow.publish_access_list(review, staff)
    said = main_part(client.get("/pre-release-access"))
    assert (
        "Ms Sample, Link Officer, Sometown Council from 09:30 on 27 July 2020 to 09:30 on 29 July 2020"
        in said
    )
    assert "example.org" not in said
    assert b"/pre-release-access#2020" in client.get("/national-picture?year=2020").content


def test_a_query_is_asked_answered_once_and_read_by_who_asked(client, link, staff, letter, review):
    response = client.post(f"{link}/sometown-council/ask", {"text": "We count one, not two."}, follow=True)
    assert "You asked on 27 July 2020, 09:30: We count one, not two. Not answered yet." in main_part(response)
    [query] = workflow.open_queries(review)
    assert query.asker == "Ms Sample, Link Officer, Sometown Council"
    assert any("1 query" in said for said in workflow.schedule_warnings(review, HOUR))
    workflow.answer_query(query, staff, "Two decisions, one complaint.", led_to_change=False)
    said = main_part(client.get(f"{link}/sometown-council"))
    assert "Answered on 27 July 2020, 09:30: Two decisions, one complaint. Nothing is changed." in said
    with pytest.raises(workflow.Refused, match="answered already"):
        workflow.answer_query(query, staff, "Again.", led_to_change=True)
    assert not workflow.open_queries(review)
    assert not any("query" in said for said in workflow.schedule_warnings(review, HOUR))


@pytest.mark.parametrize(("text", "says"), [("", "Say who asks"), ("x" * 2001, "longer than")])
def test_a_query_of_no_words_or_too_many_comes_back(client, link, text, says):
    response = client.post(f"{link}/sometown-council/ask", {"text": text})
    assert response.status_code == 400
    assert says in main_part(response)
    assert response["Cache-Control"] == "private, no-store"
    assert not Query.objects.exists()


def test_there_is_an_end_to_queries(client, link):
    for _ in range(20):
        client.post(f"{link}/sometown-council/ask", {"text": "Again?"})
    assert client.post(f"{link}/sometown-council/ask", {"text": "Again?"}).status_code == 400
    assert Query.objects.count() == 20


def test_the_database_refuses_half_a_query(letter, staff):
    query = workflow.enter_query(letter, staff, "Mr Example", "Is it so?")
    for wrong in ({"answer": "Yes."}, {"entered_by": None}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Query.objects.filter(pk=query.pk).update(**wrong)


class TestStaffPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, staff):
        client.force_login(staff)

    def test_access_is_given_shown_once_and_withdrawn(self, client, review, letter):
        where = reverse("admin:letters_annualreview_access", args=[review.pk])
        sent = {
            "name": "Ms Sample",
            "role": "Link Officer",
            "organisation": "Sometown Council",
            "email": "sample@example.org",
            "letters": [str(letter.pk)],
            "opens_at": "2020-07-27T09:30",
            "closes_at": "2020-07-29T09:30",
        }
        for missing in sent:
            client.post(where, {key: value for key, value in sent.items() if key != missing})
        client.post(where, sent | {"closes_at": "2020-07-30T09:30"})
        assert not PreRelease.objects.exists()
        page = text(client.post(where, sent))
        link = re.search("/before-publication/[0-9a-f]{64}", page)[0]
        assert "It opens Sometown Council, until 29 July 2020, 09:30." in page
        assert client.get(link).status_code == 200
        page = text(client.get(where))
        assert link not in page
        assert "the list of letters" in page
        end = reverse(
            "admin:letters_annualreview_access_withdraw", args=[review.pk, PreRelease.objects.get().pk]
        )
        assert "opens nothing any more" in text(client.post(end, follow=True))
        assert client.get(link).status_code == 404
        assert "withdrawn already" in text(client.post(end, follow=True))

    def test_who_takes_the_hour_away_is_told_who_can_still_look(self, client, review, staff, letter):
        where = reverse("admin:letters_annualreview_change", args=[review.pk])
        said = "stays open until its own end, for {}:"
        assert "its own end" not in text(client.get(where))
        rows = [give(review, staff, letter)[0] for _ in range(2)]
        assert said.format("2 people") in text(client.get(where))
        workflow.withdraw_access(rows[0], staff)
        assert said.format("1 person") in text(client.get(where))

    def test_the_list_is_published_from_there(self, client, review, staff, letter, today):
        give(review, staff, letter)
        where = reverse("admin:letters_annualreview_access_publish", args=[review.pk])
        assert "not before" in text(client.post(where, follow=True))
        today.move_to(HOUR)
        client.force_login(staff)
        page = text(client.post(where, follow=True))
        assert "The list is published since 29 July 2020, 09:30" in page
        assert "Letters of this edition are public: no more access is given." in page

    def test_queries_are_entered_listed_and_answered(self, client, review, letter):
        where = reverse("admin:letters_annualreview_queries", args=[review.pk])
        sent = {"letter": str(letter.pk), "asker": "Mr Example", "text": "Is it two?"}
        for missing in sent:
            client.post(where, {key: value for key, value in sent.items() if key != missing})
        assert not Query.objects.exists()
        assert "Is it two?" in text(client.post(where, sent, follow=True))
        query = Query.objects.get()
        reply = reverse("admin:letters_query_answer", args=[review.pk, query.pk])
        assert "Say whether it led to a change." in text(client.post(reply, {"answer": "It is."}))
        done = text(client.post(reply, {"answer": "It is one.", "led_to_change": "yes"}, follow=True))
        assert "It is one. It led to a change." in done
        assert "answered already" in text(
            client.post(reply, {"answer": "No.", "led_to_change": "no"}, follow=True)
        )

    def test_they_take_those_who_may(self, client, review, django_user_model):
        client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
        for name in ("access", "access_publish", "queries"):
            where = reverse(f"admin:letters_annualreview_{name}", args=[review.pk])
            assert client.post(where).status_code == 403
