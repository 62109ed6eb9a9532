"""What staff may do to the register, and what they are told."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from councils.loading import load_register
from councils.models import Council, Origin, Succession
from tests.factories import council, staff
from tests.register_pages import address, as_shown, inline

pytestmark = pytest.mark.django_db
ADD = "admin:councils_council_add"
LIST = "admin:councils_council_changelist"


@pytest.fixture
def browser(client):
    client.force_login(staff())
    return client


def _form(aliases=(), successions=(), **fields) -> dict[str, str]:
    """The page for a new body, filled in."""
    body = {"name": "Zyxwold Council", "short_name": "Zyxwold", "slug": "zyxwold-council", "kind": "unitary"}
    inlines = inline("aliases", aliases) | inline("successions", successions) | inline("predecessions")
    return body | fields | inlines


def _messages(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_body_that_the_register_lacks_is_entered_with_its_successor(browser):
    successor = council("Greater Zyxwold Council")
    form = _form(
        aliases=[{"text": "Wold Valley"}],
        successions=[{"day": "01/04/2021", "how": "merged", "successor": successor.pk}],
        last_day="31/03/2021",
    )
    response = browser.post(reverse(ADD), form)
    assert response.status_code == 302, response.context["errors"]
    body = Council.objects.get(slug="zyxwold-council")
    assert body.origin == Origin.STAFF
    assert body.last_day == date(2021, 3, 31)
    assert Council.objects.named("Wold Valley Council", date(2021, 3, 31)) == body
    assert [(each.successor, each.how) for each in body.successions.all()] == [(successor, "merged")]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"first_day": "01/04/2021", "last_day": "31/03/2021"}, "The last day lies before the first day."),
        ({"slug": "taken"}, "Another body has this address already."),
        ({"slug": "Zyxwold"}, "Use small letters, digits and hyphens only."),
        ({"gss": "E06000099"}, "Another body has this GSS code already."),
        ({"gss": "E6"}, "A GSS code of England is E and eight digits, such as E07000156."),
        ({"aliases": [{"text": "Wold"}, {"text": "Wold"}]}, "Please correct the duplicate data for text"),
        (
            {"successions": [{"day": "01/04/2021", "how": "merged"}]},
            "Choose the successor, or give its GSS code if it is not listed.",
        ),
        (
            {
                "last_day": "31/03/2021",
                "successions": [{"day": "31/03/2021", "how": "merged", "successor_gss": "E06000098"}],
            },
            "Zyxwold Council existed until 31 March 2021: give a later day.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(browser, form, message):
    council("Taken", slug="taken", gss="E06000099")
    response = browser.post(reverse(ADD), _form(**form))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert Council.objects.count() == 1
    assert not Succession.objects.exists()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"successor": "Zyxwold Council"}], "A body cannot succeed itself."),
        ([{"successor": "Other Council"}] * 2, "Please correct the duplicate data for successor."),
        ([{"successor_gss": "E06000099"}] * 2, "Two successors have the same GSS code: remove one of them."),
    ],
)
def test_a_body_is_succeeded_by_others_and_by_each_once(browser, rows, message):
    body = council("Zyxwold Council")
    form = {"day": "01/04/2021", "how": "split", "predecessor": body.pk}
    sent = [
        form | row | {"successor": council(row["successor"]).pk} if "successor" in row else form | row
        for row in rows
    ]
    response = browser.post(address(body), as_shown(browser, body) | inline("successions", sent))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Succession.objects.exists()


class TestRowsOfTheRegister:
    @pytest.fixture
    def corby(self):
        load_register()
        return Council.objects.get(slug="corby-borough-council")

    def test_saving_without_a_change_leaves_them_to_the_register(self, browser, corby):
        assert browser.post(address(corby), as_shown(browser, corby)).status_code == 302
        corby.refresh_from_db()
        assert corby.origin == Origin.REGISTER

    def test_changing_one_hands_it_to_staff(self, browser, corby):
        response = browser.post(address(corby), as_shown(browser, corby, short_name="Corby (Northants)"))
        assert any("is kept by staff from now on" in message for message in _messages(response))
        load_register()
        corby.refresh_from_db()
        assert (corby.short_name, corby.origin) == ("Corby (Northants)", Origin.STAFF)

    def test_staff_can_give_it_back(self, browser, corby):
        Council.objects.filter(pk=corby.pk).update(short_name="Corby (Northants)", origin=Origin.STAFF)
        corby.refresh_from_db()
        browser.post(address(corby), as_shown(browser, corby, origin=Origin.REGISTER))
        load_register()
        corby.refresh_from_db()
        assert corby.short_name == "Corby"

    def test_another_name_may_be_added_without_that(self, browser, corby):
        alias = corby.aliases.get()
        rows = [
            {"id": alias.pk, "council": corby.pk, "text": alias.text},
            {"council": corby.pk, "text": "Corby Town"},
        ]
        browser.post(address(corby), as_shown(browser, corby) | inline("aliases", rows, initial=1))
        load_register()
        corby.refresh_from_db()
        assert corby.origin == Origin.REGISTER
        assert [str(alias) for alias in corby.aliases.all()] == ["Corby", "Corby Town"]

    def test_a_name_taken_away_stays_away(self, browser, corby):
        alias = corby.aliases.get()
        rows = [{"id": alias.pk, "council": corby.pk, "text": alias.text, "DELETE": "on"}]
        browser.post(address(corby), as_shown(browser, corby) | inline("aliases", rows, initial=1))
        load_register()
        assert not corby.aliases.exists()

    def test_a_succession_corrected_stays_corrected(self, browser, corby):
        form = as_shown(browser, corby) | {"successions-0-how": "split"}
        assert browser.post(address(corby), form).status_code == 302
        load_register()
        assert corby.successions.get().how == "split"

    def test_one_corrected_from_the_successors_page_too(self, browser, corby):
        successor = corby.successions.get().successor
        place = list(successor.predecessions.all()).index(corby.successions.get())
        form = as_shown(browser, successor) | {f"predecessions-{place}-how": "split"}
        assert browser.post(address(successor), form).status_code == 302
        load_register()
        corby.refresh_from_db()
        assert corby.successions.get().how == "split"
        assert corby.origin == Origin.STAFF

    def test_a_reorganisation_is_entered_ahead_of_its_day(self, browser, corby):
        surrey = Council.objects.get(slug="surrey-county-council")
        east, west = council("East Surrey Council"), council("West Surrey Council")
        rows = [
            {"predecessor": surrey.pk, "day": "01/04/2027", "how": "split", "successor": half.pk}
            for half in (east, west)
        ]
        form = as_shown(browser, surrey, last_day="31/03/2027") | inline("successions", rows)
        assert browser.post(address(surrey), form).status_code == 302
        load_register()
        surrey.refresh_from_db()
        assert surrey.last_day == date(2027, 3, 31)
        assert surrey.successions.count() == 2

    def test_they_cannot_be_deleted_and_others_can(self, browser, corby):
        delete = "admin:councils_council_delete"
        assert browser.post(reverse(delete, args=[corby.pk]), {"post": "yes"}).status_code == 403
        own = council("Zyxwold Council")
        assert browser.post(reverse(delete, args=[own.pk]), {"post": "yes"}).status_code == 302
        chosen = {"action": "delete_selected", "_selected_action": [corby.pk], "post": "yes"}
        browser.post(reverse(LIST), chosen)
        assert Council.objects.filter(pk=corby.pk).exists()
        assert not Council.objects.filter(pk=own.pk).exists()

    def test_the_address_never_changes(self, browser, corby):
        browser.post(address(corby), as_shown(browser, corby, slug="corby", name="Corby Council"))
        corby.refresh_from_db()
        assert (corby.slug, corby.name) == ("corby-borough-council", "Corby Council")

    def test_a_name_that_another_body_has_too_is_pointed_out(self, browser, corby):
        response = browser.post(reverse(ADD), _form(aliases=[{"text": "Leeds"}]))
        assert any(
            "“leeds” is also what Leeds City Council can be called" in said for said in _messages(response)
        )

    def test_the_list_is_filtered_and_searched(self, browser, corby):
        def names(**query):
            shown = browser.get(reverse(LIST), query).context["cl"].result_list
            return [body.name for body in shown]

        assert names(q="shepway") == ["Folkestone and Hythe District Council"]
        assert names(q="E08000038") == ["Barnsley Metropolitan Borough Council"]
        assert "Corby Borough Council" in names(existing="no", q="corby")
        assert names(existing="yes", q="corby") == []
        assert names(existing="later") == []
        counties = ["Cheshire County Council", "Cumbria County Council", "Lancashire County Council"]
        assert names(kind="county", region="North West") == counties

    def test_pages_take_few_queries(self, browser, corby, django_assert_max_num_queries):
        with django_assert_max_num_queries(8):
            browser.get(reverse(LIST))
        successor = corby.successions.get().successor
        with django_assert_max_num_queries(16):
            browser.get(address(successor))


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        ({}, "has a successor from 1 April 2027 but no last day"),
        ({"last_day": date(2025, 3, 31)}, "ended on 31 March 2025, but was taken over from on 1 April 2027"),
        ({"last_day": date(2027, 3, 31)}, "begins on 1 April 2028, but takes over from"),
    ],
)
def test_days_that_do_not_fit_are_told_where_the_successor_is_entered_too(browser, last_day, said):
    old = council("Old Council", **last_day)
    row = {"predecessor": old.pk, "day": "2027-04-01", "how": Succession.How.MERGED}
    form = _form(first_day="2028-04-01") | inline("predecessions", [row])
    response = browser.post(reverse(ADD), form)
    assert response.status_code == 302, response.context["errors"]
    assert any(said in message for message in _messages(response))
