"""T68: the second factor of staff: demanded everywhere, shown once, guessed by nobody, reset by somebody else."""

import json
import logging
import re
from datetime import timedelta
from io import StringIO

import pyotp
import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from history import verifying
from history.models import Line
from staff import limits
from staff.models import RecoveryCode, SecondFactor
from staff.second_factor import codes, factors
from tests import factories
from tests.permissions import asking
from tests.staff_pages import text
from tests.test_settings import run, whole  # noqa: F401

pytestmark = pytest.mark.django_db

LOGIN, VERIFY, SET_UP = "/admin/login/", "/admin/second-factor/verify/", "/admin/second-factor/set-up/"
YOURS, RENEW = "/admin/second-factor/", "/admin/second-factor/recovery-codes/"
PASSWORD = "/admin/password_change/"
WRONG = "This code is not right"
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR = True
    with time_machine.travel(timezone.now().replace(hour=6), tick=False) as clock:
        yield clock


@pytest.fixture
def ada():
    return factories.staff("ada")


def signed_in(user) -> Client:
    """A browser in which somebody has typed the password, and no more."""
    client = Client()
    client.force_login(user)
    return client


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret.replace(" ", "")).at(timezone.now())


def show(client, code: str, **headers):
    return client.post(VERIFY, {"code": code}, **headers)


def set_up(client) -> tuple[str, list[str]]:
    """Set up an app as the page says; its secret, and the recovery codes that are shown."""
    secret = client.get(SET_UP).context["secret"]
    answer = client.post(SET_UP, {"code": code_of(secret)})
    assert answer.status_code == 200, answer.headers
    return secret, answer.context["recovery"]


@pytest.fixture
def hers(ada, clock):
    """The secret of Ada's app, and her recovery codes; the code she showed at setting up is of half a minute ago."""
    found = set_up(signed_in(ada))
    clock.shift(HALF_A_MINUTE)
    return found


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def wholly_in(ada, secret) -> Client:
    client = signed_in(ada)
    assert show(client, code_of(secret)).url == "/admin/"
    return client


def told(user) -> list[str]:
    lines = Line.objects.filter(subject="auth.user", subject_id=str(user.pk)).order_by("number")
    return [line.deed for line in lines]


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


def test_setting_up_takes_the_code_of_that_secret(ada):
    client = signed_in(ada)
    client.get(SET_UP)
    answer = client.post(SET_UP, {"code": code_of(pyotp.random_base32())})
    assert "This is not the code that an app with this secret shows now" in text(answer)
    assert not SecondFactor.objects.exists()


def test_t68_a_code_works_once(ada, hers, clock):
    secret, _ = hers
    code = code_of(secret)
    assert show(signed_in(ada), code).status_code == 302
    assert WRONG in text(show(signed_in(ada), code))
    clock.shift(HALF_A_MINUTE)
    assert WRONG in text(show(signed_in(ada), code)), "not in the half minute after, either"
    assert show(signed_in(ada), code_of(secret)).status_code == 302


def test_t68_the_code_of_setting_up_is_used_up_by_it(ada):
    secret, _ = set_up(signed_in(ada))
    assert WRONG in text(show(signed_in(ada), code_of(secret)))


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-90, False), (-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_phone_may_be_half_a_minute_off(ada, hers, clock, seconds, taken):
    clock.shift(timedelta(minutes=10))
    code = pyotp.TOTP(hers[0].replace(" ", "")).at(timezone.now() + timedelta(seconds=seconds))
    assert (show(signed_in(ada), code).status_code == 302) is taken


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "٣٤٥٦٧٨", "abcdef", "0" * 65, "' OR 1=1", "\x00"])
def test_what_is_no_code_is_refused_in_words(ada, hers, typed):
    answer = show(signed_in(ada), typed)
    assert answer.status_code == 200
    assert 'class="errorlist"' in text(answer)


def test_a_code_may_be_typed_with_gaps(ada, hers):
    code = code_of(hers[0])
    assert show(signed_in(ada), f" {code[:3]} {code[3:]} ").status_code == 302


def test_t68_a_recovery_code_works_once_and_counts_down(ada, hers):
    _, recovery = hers
    client = signed_in(ada)
    assert show(client, recovery[3].upper().replace("-", " ")).status_code == 302
    assert "That recovery code is used up; you have 9 more." in text(client.get("/admin/"))
    refused = "This is not one of your recovery codes, or it was used before."
    assert refused in text(show(signed_in(ada), recovery[3]))
    ben = factories.staff("ben")
    set_up(signed_in(ben))
    assert refused in text(show(signed_in(ben), recovery[4])), "nor that of somebody else"
    assert told(ada)[-1] == "Used a recovery code."


def test_t68_another_app_takes_the_place_of_the_first(ada, hers, clock):
    secret, recovery = hers
    client, elsewhere = wholly_in(ada, secret), None
    clock.shift(HALF_A_MINUTE)
    elsewhere = wholly_in(ada, secret)
    clock.shift(HALF_A_MINUTE)
    newer, _ = set_up(client)
    assert is_in(client)
    assert not is_in(elsewhere), "what was shown there counts no more"
    assert elsewhere.get(SET_UP).url == f"{VERIFY}?next={SET_UP}", "nor for a change"
    clock.shift(HALF_A_MINUTE)
    assert WRONG in text(show(elsewhere, code_of(secret)))
    assert "not one of your recovery codes" in text(show(elsewhere, recovery[0]))
    assert show(elsewhere, code_of(newer)).status_code == 302


def test_t68_at_a_screen_left_open_nothing_of_it_is_changed(ada, hers, clock):
    ben = factories.staff("ben")
    set_up(signed_in(ben))
    client = wholly_in(ada, hers[0])
    reset = reverse("second-factor:reset", args=[ben.pk])
    assert client.get(reset).status_code == 200
    clock.shift(timedelta(minutes=11))
    assert is_in(client)
    for path in (SET_UP, reset, PASSWORD):
        assert client.get(path).url == f"{VERIFY}?next={path}"
    for path in (SET_UP, RENEW, reset, PASSWORD):
        assert client.post(path).url == f"{VERIFY}?next={path}"
    assert factors.of(ben)


def test_new_recovery_codes_take_the_place_of_those_before(ada, hers):
    _, recovery = hers
    client = wholly_in(ada, hers[0])
    newer = client.post(RENEW).context["recovery"]
    assert "You have 10 recovery codes left" in text(client.get(YOURS))
    assert "not one of your recovery codes" in text(show(signed_in(ada), recovery[0]))
    assert show(signed_in(ada), newer[0]).status_code == 302


def test_t68_guessing_waits_longer_and_longer_and_locks_out_nobody(ada, hers, clock):
    secret, recovery = hers
    guesser = signed_in(ada)
    for _ in range(limits.FREE_OF_ONE):
        assert WRONG in text(show(guesser, "000000", REMOTE_ADDR="203.0.113.9"))
    refused = text(show(guesser, code_of(secret), REMOTE_ADDR="203.0.113.9"))
    assert "Too many wrong codes. Try again in a minute, or use a recovery code now." in refused
    assert show(signed_in(ada), code_of(secret), REMOTE_ADDR="198.51.100.7").status_code == 302
    assert show(signed_in(ada), recovery[0], REMOTE_ADDR="203.0.113.9").status_code == 302


def test_t68_guessing_from_many_addresses_comes_to_an_end_and_recovery_codes_do_not(ada, hers, monkeypatch):
    monkeypatch.setattr(limits, "FREE_OF_CODES", 7)
    secret, recovery = hers
    guesser = signed_in(ada)
    for number in range(limits.FREE_OF_CODES):
        show(guesser, "000000", REMOTE_ADDR=f"203.0.113.{number}")
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert "Too many wrong codes" in text(show(signed_in(ada), code_of(secret), **elsewhere))
    assert show(signed_in(ada), recovery[0], **elsewhere).status_code == 302
    ben = factories.staff("ben")
    assert set_up(signed_in(ben)), "others are not touched by it"


def test_t68_guessing_at_recovery_codes_waits_too(ada, hers):
    _, recovery = hers
    guesser = signed_in(ada)
    for _ in range(limits.FREE_OF_ONE):
        show(guesser, "aaaa-bbbb")
    assert "Too many wrong recovery codes" in text(show(guesser, recovery[0]))
    assert show(signed_in(ada), recovery[0], REMOTE_ADDR="198.51.100.7").status_code == 302


def test_t68_a_reset_by_another_ends_sessions_password_and_codes(ada, hers):
    _, recovery = hers
    ben = factories.staff("ben")
    set_up(client := signed_in(ben))
    hers_open = signed_in(ada)
    assert show(hers_open, recovery[0]).status_code == 302
    old_half_in = signed_in(ada)
    answer = client.post(reverse("second-factor:reset", args=[ada.pk]))
    password = answer.context["password"]
    assert password in text(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    for browser in (hers_open, old_half_in):
        assert browser.get(VERIFY).url.startswith(LOGIN)
    assert not RecoveryCode.objects.filter(user=ada).exists()
    fresh = Client()
    assert fresh.post(LOGIN, {"username": "ada", "password": factories.PASSWORD}).status_code == 200
    assert fresh.post(LOGIN, {"username": "ada", "password": password}).status_code == 302
    assert fresh.get(VERIFY).url == SET_UP
    line = Line.objects.get(subject_id=str(ada.pk), deed__startswith="Reset")
    assert line.by == ben


def test_t68_nobody_resets_their_own_and_only_administrators_that_of_others(ada, hers):
    admin = wholly_in(ada, hers[0])
    own = reverse("second-factor:reset", args=[ada.pk])
    assert admin.get(own).status_code == admin.post(own).status_code == 403
    with pytest.raises(PermissionDenied):
        factors.reset(ada, by=ada)
    set_up(publisher := signed_in(factories.member("publisher")))
    assert publisher.get(own).status_code == publisher.post(own).status_code == 403
    assert factors.of(ada)
    change = "/admin/auth/user/{}/change/"
    assert own not in text(admin.get(change.format(ada.pk)))
    other = User.objects.get(username="publisher")
    assert reverse("second-factor:reset", args=[other.pk]) in text(admin.get(change.format(other.pk)))


def test_who_has_none_is_not_reset(ada, hers):
    ben = factories.staff("ben")
    admin = wholly_in(ada, hers[0])
    where = reverse("second-factor:reset", args=[ben.pk])
    assert "has no second factor yet" in text(admin.get(where))
    assert "has no second factor yet" in text(admin.post(where))
    ben.refresh_from_db()
    assert ben.check_password(factories.PASSWORD)


def test_from_the_command_line_where_no_administrator_can(ada, hers):
    said = StringIO()
    call_command("reset_second_factor", "ada", stdout=said)
    password = re.search("First password: (.+)", said.getvalue())[1]
    ada.refresh_from_db()
    assert ada.check_password(password)
    assert factors.of(ada) is None
    assert Line.objects.latest("number").by is None
    with pytest.raises(CommandError, match="nobody of the name"):
        call_command("reset_second_factor", "nobody")


def test_t68_no_secret_is_kept_told_or_logged(ada, hers, clock, caplog):
    secret, recovery = hers
    caplog.set_level(logging.DEBUG)
    ben = factories.staff("ben")
    set_up(admin := signed_in(ben))
    client = signed_in(ada)
    code = code_of(secret)
    for typed in ("000000", recovery[0], code):
        show(client, typed)
    factor = SecondFactor.objects.get(user=ada)
    secrets = {
        secret,
        secret.replace(" ", ""),
        code,
        *recovery,
        *(each.replace("-", "") for each in recovery),
    }
    kept = {factor.seed, *RecoveryCode.objects.values_list("sha256", flat=True)}
    rows = json.dumps([list(model.objects.values()) for model in (SecondFactor, RecoveryCode)], default=str)
    assert not [each for each in secrets if each in rows]
    admin_pages = "".join(
        text(admin.get(f"/admin/{page}"))
        for page in (f"auth/user/{ada.pk}/change/", f"auth/user/{ada.pk}/history/", "history/line/")
    )
    in_history = json.dumps(list(Line.objects.values()), default=str)
    for place in (in_history, caplog.text, admin_pages):
        assert not [each for each in secrets | kept if each in place]
    assert [each for each in caplog.messages if each.startswith("Second factor")] == [
        f"Second factor {what}: user {ada.pk}, from 127.0.0.1" for what in ("failed", "shown", "shown")
    ]


def test_t68_without_the_sites_key_what_is_kept_makes_no_code(ada, hers, settings):
    secret, recovery = hers
    settings.SECRET_KEY = "another key of the same length, as after one was known to others"
    assert WRONG in text(show(signed_in(ada), code_of(secret)))
    client = signed_in(ada)
    assert show(client, recovery[0]).status_code == 302, "recovery codes outlive the key"
    set_up(client)


def test_t68_a_factor_put_in_past_the_site_is_found(ada):
    SecondFactor.objects.create(user=ada, seed=codes.new_seed(), set_up_at=timezone.now(), last_step=0)
    assert [each for each in verifying.untold() if "secondfactor" in each.message]


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


def test_t68_it_is_asked_for_in_production_and_not_in_a_demonstration(whole):  # noqa: F811
    code = "from django.conf import settings as s; print(s.SECOND_FACTOR)"
    started = [
        run("-c", code, **whole | more) for more in ({}, {"DEMONSTRATION": "1"}, {"SECOND_FACTOR": "0"})
    ]
    assert [process.communicate()[0].split() for process in started] == [["True"], ["False"], ["False"]]
