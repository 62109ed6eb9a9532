"""What other sites, and forms that nobody was shown, do to a signed-in member of staff: nothing."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from councils.models import Council, Origin
from letters.models import AnnualReview, Letter
from tests import factories
from tests.permissions import asking
from tests.staff_pages import take

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))


# What nobody's form has: each field, what is posted for it, for every row that the admin shows a form of.
FORBIDDEN = {
    "state": "approved",
    "publish_at": "2020-01-01",
    "publish_at_0": "01/01/2020",
    "publish_at_1": "00:00",
    "approved_by": "1",
    "published_by": "1",
    "published_by_one_person": "on",
    "by_one_person": "on",
    "scheduled_by": "1",
    "proposed_by": "1",
    "held_back": "on",
    "number": "9",
    "withdrawn_at": "2020-01-01",
    "revision": "1",
    "sha256": "0" * 64,
    "origin": "register",
}


def values(model, pk) -> dict:
    return {
        name: value for name, value in model.objects.filter(pk=pk).values().get().items() if name in FORBIDDEN
    }


def test_t73_fields_that_no_form_has_are_ignored(browser, staff):
    letter = factories.letter(by=staff)
    take(browser, letter)
    Council.objects.filter(pk=letter.council.pk).update(origin=Origin.STAFF)
    for row, page in (
        (letter, "letters_letter_change"),
        (letter.review, "letters_annualreview_change"),
        (letter.council, "councils_council_change"),
    ):
        where = reverse(f"admin:{page}", args=[row.pk])
        before = values(type(row), row.pk)
        assert before, page
        shown = browser.get(where).context.get("adminform")
        sent = FORBIDDEN | ({"shown": shown.form["shown"].value()} if shown else {})
        assert browser.post(where, sent).status_code in {200, 302}
        assert values(type(row), row.pk) == before, page


@pytest.mark.parametrize("role", ["uploader", "reviewer", "publisher", "auditor"])
def test_t73_nobody_makes_an_administrator_of_himself(client, role):
    user = factories.member(role)
    client.force_login(user)
    powers = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1", "groups": "1"}
    for where in (
        reverse("admin:auth_user_change", args=[user.pk]),
        reverse("admin:auth_user_add"),
        reverse("admin:password_change"),
    ):
        client.post(where, {"username": "evil", **powers})
    user.refresh_from_db()
    assert not user.is_superuser
    assert not User.objects.filter(username="evil").exists()


@pytest.mark.parametrize("action", ["delete_selected", "make_published"])
def test_t73_lists_change_and_delete_nothing(browser, staff, action):
    letter = factories.letter(by=staff)
    for name, pk in (("letters_letter", letter.pk), ("letters_annualreview", letter.review.pk)):
        where = reverse(f"admin:{name}_changelist")
        sent = {
            "action": action,
            "_selected_action": pk,
            "post": "yes",
            "form-0-state": "approved",
            "_save": "1",
        }
        browser.post(where, sent)
    assert Letter.objects.get().state == letter.state
    assert AnnualReview.objects.filter(pk=letter.review.pk).exists()


def test_t74_no_address_takes_a_post_without_its_token(staff):
    """Whatever the address: nothing is looked at before the token, for a member of staff and for anybody else."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    taken = []
    for pattern in asking.patterns():
        path = "/" + pattern.replace("^", "").replace("$", "")
        if not path.startswith("/admin/") or "(?P" in path:
            continue
        for converter, value in (
            ("<uuid:", "00000000-0000-4000-8000-000000000000"),
            ("<int:", "1"),
            ("<", "1"),
        ):
            while converter in path:
                start = path.index(converter)
                path = path[:start] + value + path[path.index(">", start) + 1 :]
        if client.post(path).status_code not in {403, 405}:
            taken.append(path)
    # These change nothing: they lead to a page, or to the right spelling of an address.
    assert [path for path in taken if client.post(path).status_code != 302] == []


@pytest.mark.parametrize(
    ("after", "leads_to"),
    [
        ("/admin/letters/letter/", "/admin/letters/letter/"),
        ("//evil.example", "/admin/"),
        ("https://evil.example/admin/", "/admin/"),
        ("///evil.example", "/admin/"),
        ("/\\evil.example", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("http:evil.example", "/admin/"),
        ("\t//evil.example", "/admin/"),
    ],
)
def test_t74_signing_in_leads_to_this_site_alone(client, staff, after, leads_to):
    sent = {"username": "staff", "password": factories.PASSWORD, "next": after}
    assert client.post(LOGIN, sent).url == leads_to


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "testserver, evil.example"},
        {"HTTP_HOST": "evil.example@testserver"},
    ],
)
@pytest.mark.parametrize("path", ["/", LOGIN])
def test_t74_other_names_of_the_site_are_refused(client, path, headers):
    assert client.get(path, **headers).status_code == 400


@pytest.mark.parametrize("path", ["/", LOGIN, "/admin/"])
def test_t74_a_host_that_a_header_claims_is_not_believed(client, path):
    answer = client.get(path, HTTP_X_FORWARDED_HOST="evil.example", HTTP_X_FORWARDED_SERVER="evil.example")
    assert "evil.example" not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize(
    "path", [LOGIN, "/admin/", "/admin/password_change/", "/admin/letters/letter/upload/"]
)
def test_t74_no_staff_page_stands_in_another_sites_frame(browser, path):
    answer = browser.get(path, follow=True)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/councils/suggest?q=a", "/admin/", "/admin/letters/letter/"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_t74_no_other_site_reads_with_the_cookies_of_staff(browser, path, method):
    asked = {"HTTP_ORIGIN": "https://evil.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}
    answer = browser.generic(method, path, **asked)
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "evil" not in answer.headers.get("Access-Control-Allow-Origin", "")


@pytest.mark.parametrize(
    "header", ["HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD", "HTTP_X_METHOD_OVERRIDE"]
)
def test_t74_the_method_is_the_one_that_was_sent(browser, staff, header):
    letter = factories.approved_letter(by=staff)
    where = reverse("admin:letters_letter_publishing", args=[letter.pk, "hold-back"])
    assert browser.get(f"{where}?_method=POST", **{header: "POST"}).status_code == 405
    letter.refresh_from_db()
    assert not letter.held_back


@pytest.mark.parametrize(
    "address",
    [
        "/admin/history/line/?subject=%00",
        "/admin/auth/user/?username__startswith=%00",
        "/admin/councils/council/?kind__exact=a%00b",
    ],
)
def test_t58_a_nul_in_what_a_list_of_staff_is_asked_is_refused(browser, address):
    """PostgreSQL would fail at it."""
    answer = browser.get(address)
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/cases/decision/?decided_on__year=0", 400),
        ("/admin/cases/publicreport/?published_on__year=10000", 400),
        ("/admin/history/line/?at__year=99999999999", 400),
        ("/admin/cases/decision/?decided_on__year=9999", 200),
        ("/admin/cases/decision/?decided_on__year=²", 302),
        ("/admin/history/line/?at__year=2026", 200),
    ],
)
def test_t58_a_year_that_no_calendar_has_is_refused(browser, address, status):
    """Django's admin would fail at it."""
    assert browser.get(address).status_code == status
