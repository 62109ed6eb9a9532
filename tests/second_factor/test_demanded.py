"""T68: the second factor of staff is demanded everywhere."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from staff.second_factor import codes, factors
from tests import factories
from tests.installations import run
from tests.permissions import asking
from tests.second_factor.world import (
    HALF_A_MINUTE,
    LOGIN,
    RENEW,
    SET_UP,
    VERIFY,
    code_of,
    is_in,
    set_up,
    signed_in,
    told,
    wholly_in,
)
from tests.staff_pages import text

pytestmark = pytest.mark.django_db


def test_t68_a_password_alone_leads_to_setting_up_and_then_to_the_code(ada, clock):
    client = Client()
    client.post(LOGIN, {"username": "ada", "password": factories.PASSWORD})
    assert client.get("/admin/").url == f"{VERIFY}?next=/admin/"
    assert client.get(VERIFY).url == SET_UP
    secret, recovery = set_up(client)
    assert is_in(client), "who has just set it up need not show it again"
    assert len(set(recovery)) == codes.RECOVERY_CODES
    clock.shift(HALF_A_MINUTE)
    again = signed_in(ada)
    assert again.get("/admin/letters/letter/").url == f"{VERIFY}?next=/admin/letters/letter/"
    before = again.cookies["sessionid"].value
    shown = again.post(VERIFY, {"code": code_of(secret), "next": "/admin/letters/letter/"})
    assert shown.url == "/admin/letters/letter/"
    assert again.cookies["sessionid"].value != before, "the session gets a new key"
    assert is_in(again)


@pytest.mark.parametrize("has_one", [True, False], ids=["has a factor", "has none yet"])
def test_t68_without_it_nobody_gets_anywhere(ada, clock, has_one):
    if has_one:
        set_up(signed_in(ada))
    client, asked = signed_in(ada), 0
    for pattern in asking.patterns():
        path = "/" + re.sub(r"<[^>]*>", "1", pattern).replace("^", "").replace("$", "")
        if not path.startswith("/admin/") or path in {VERIFY, SET_UP, "/admin/logout/"}:
            continue
        for method in ("GET", "POST"):
            answer = client.generic(method, path)
            assert answer.headers.get("Location", "").startswith(VERIFY), (method, path, answer.status_code)
            asked += 1
    assert asked > 150
    assert not told(ada)[has_one:]


def test_t68_elsewhere_whoever_has_not_shown_it_is_nobody(ada, hers):
    for path in ("/", "/councils", "/no-such-page", "/admin"):
        assert signed_in(ada).get(path).wsgi_request.user.is_anonymous, path
    assert wholly_in(ada, hers[0]).get("/").wsgi_request.user == ada


def test_t68_who_is_half_in_may_sign_out(ada, hers):
    client = signed_in(ada)
    page = text(client.get(VERIFY))
    assert "by password alone" in page
    assert "/admin/auth/" not in page
    client.post("/admin/logout/")
    assert client.get(VERIFY).url.startswith(LOGIN)


def test_t68_who_has_one_sets_up_no_other_by_password_alone(ada, hers):
    client = signed_in(ada)
    assert client.get(SET_UP).url == f"{VERIFY}?next={SET_UP}"
    assert client.post(SET_UP, {"code": "000000"}).url == f"{VERIFY}?next={SET_UP}"
    assert client.post(RENEW).url.startswith(VERIFY)


def test_t68_two_who_set_up_at_once_do_not_both(ada):
    first, second = signed_in(ada), signed_in(ada)
    secrets = [client.get(SET_UP).context["secret"] for client in (first, second)]
    assert secrets[0] != secrets[1]
    assert first.post(SET_UP, {"code": code_of(secrets[0])}).status_code == 200
    assert second.post(SET_UP, {"code": code_of(secrets[1])}).url == f"{VERIFY}?next={SET_UP}"
    assert not is_in(second)
    with pytest.raises(factors.ChangedMeanwhile):
        factors.set_up(ada, codes.new_seed(), 1, instead_of=None)


@pytest.mark.parametrize(
    "asked", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_t68_no_code_leads_to_another_site(ada, hers, asked):
    client = signed_in(ada)
    assert "evil" not in text(client.get(VERIFY, {"next": asked}))
    assert client.post(VERIFY, {"code": code_of(hers[0]), "next": asked}).url == "/admin/"


def test_where_it_is_not_asked_for_every_staff_page_says_so(ada, settings):
    settings.SECOND_FACTOR = False
    client = signed_in(ada)
    notice = "No second factor is asked for"
    assert notice in text(client.get("/admin/"))
    assert notice not in text(Client().get(LOGIN))
    settings.SECOND_FACTOR = True
    set_up(client)
    assert notice not in text(client.get("/admin/"))


def test_a_new_person_is_told_what_comes_first(settings):
    said = StringIO()
    call_command("add_staff", "cleo", "--role", "auditor", stdout=said)
    assert "sets up the second factor" in said.getvalue()


def test_t68_it_is_asked_for_in_production_and_not_in_a_demonstration(whole):
    code = "from django.conf import settings as s; print(s.SECOND_FACTOR)"
    started = [
        run("-c", code, **whole | more) for more in ({}, {"DEMONSTRATION": "1"}, {"SECOND_FACTOR": "0"})
    ]
    assert [process.communicate()[0].split() for process in started] == [["True"], ["False"], ["False"]]
