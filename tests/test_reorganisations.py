"""A reorganisation is entered ahead of its day; from that day on everything follows by the clock."""

from datetime import date
from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from councils.models import Council
from letters import dashboard
from tests import factories
from tests.register_pages import address, as_shown, inline
from tests.visitors import words_of

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
ENTERED, LAST, FIRST = (
    DateTime(2026, 11, 2, 12, tzinfo=LONDON),
    DateTime(2027, 3, 31, 23, 59, 59, tzinfo=LONDON),
    DateTime(2027, 4, 1, tzinfo=LONDON),
)
COUNTY, DISTRICT = "Surrey County Council", "Woking Borough Council"
EAST, WEST = "East Surrey Council", "West Surrey Council"


@pytest.fixture
def browser(client):
    """Staff, months before."""
    with time_machine.travel(ENTERED, tick=False):
        client.force_login(factories.staff())
        yield client


def enter(browser, name, successors, last_day="31/03/2027"):
    """A body's last day and its successors, as staff type them into its page; what they are told."""
    body = Council.objects.get(name=name)
    rows = [
        {"predecessor": body.pk, "day": "01/04/2027", "how": "split" if len(successors) > 1 else "merged"}
        | {"successor": Council.objects.get(name=each).pk}
        for each in successors
    ]
    where = address(body)
    sent = as_shown(browser, body, last_day=last_day) | inline("successions", rows)
    response = browser.post(where, sent)
    assert response.status_code == 302, response.context["errors"]
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def surrey(browser):
    """The county splits in two, a district of it goes with one of them; entered in the register's pages."""
    county = factories.council(COUNTY, kind="county")
    factories.council(DISTRICT, county=county)
    for name in (EAST, WEST):
        add = {"name": name, "short_name": name, "slug": name.lower().replace(" ", "-"), "kind": "unitary"}
        inlines = inline("aliases") | inline("successions") | inline("predecessions")
        response = browser.post(
            reverse("admin:councils_council_add"), add | {"first_day": "01/04/2027"} | inlines
        )
        assert response.status_code == 302, response.context["errors"]
    enter(browser, COUNTY, [EAST, WEST])
    enter(browser, DISTRICT, [WEST])


def read(client, name):
    slug = name.lower().replace(" ", "-")
    page = client.get(f"/your-councils-performance/{slug}/statistics").content.decode()
    return words_of(page.split("<main")[1]).replace(" .", ".")


@pytest.mark.parametrize(
    ("now", "ended", "took"),
    [
        (ENTERED, "will be abolished on 31 March 2027", "will take over"),
        (LAST, "will be abolished on 31 March 2027", "will take over"),
        (FIRST, "was abolished on 31 March 2027", "took over"),
    ],
    ids=["months before", "to the last second", "from the day on"],
)
def test_f54_pages_say_what_is_to_come_and_from_the_day_on_what_came(client, surrey, now, ended, took):
    with time_machine.travel(now, tick=False):
        assert f"{COUNTY} {ended}. {EAST} and {WEST} {took}." in read(client, COUNTY)
        assert f"{DISTRICT} {ended}. {WEST} {took}." in read(client, DISTRICT)
        assert f"{EAST} {took} from {COUNTY} on 1 April 2027." in read(client, EAST)
        assert f"{WEST} {took} from {COUNTY} and {DISTRICT} on 1 April 2027." in read(client, WEST)


def test_f54_letters_are_expected_of_the_old_bodies_for_their_last_year_and_of_the_new_ones_after_it(surrey):
    def expected(year):
        return {council.name for council in dashboard.expected(factories.edition(year))}

    assert expected(2027) == {COUNTY, DISTRICT}
    assert expected(2028) == {EAST, WEST}


def test_f54_a_letter_after_the_day_to_the_old_name_is_not_taken_for_the_new_body(surrey):
    assert Council.objects.named(COUNTY, date(2027, 3, 31)).name == COUNTY
    assert Council.objects.named(EAST, date(2028, 3, 31)).name == EAST


def test_f54_days_that_do_not_fit_together_are_told(browser):
    factories.council(COUNTY, kind="county")
    for name in (EAST, WEST):
        factories.council(name, kind="unitary")
    Council.objects.filter(name=WEST).update(first_day=date(2027, 5, 1))
    said = [each for each in enter(browser, COUNTY, [EAST, WEST], last_day="") if "2027" in each]
    assert said == [
        f"{COUNTY} has a successor from 1 April 2027 but no last day: give it one, or it goes on in every list.",
        f"{WEST} begins on 1 May 2027, but takes over from {COUNTY} on 1 April 2027: is that right?",
    ]
