"""Signing in and out: guessing, sessions, cookies, passwords, and people who leave."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from history.models import Line
from staff import limits
from staff.models import Attempts
from tests import factories
from tests.staff_pages import text
from tests.test_settings import run

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
# Whoever waits longest has all of this day to.
MORNING = timezone.now().replace(hour=6)
WRONG = "Please enter the correct username and password for a staff account."


def attempt(client, name="ada", password="wrong", **headers):
    return client.post(LOGIN, {"username": name, "password": password}, **headers)


@pytest.fixture
def ada():
    return factories.member("auditor", "ada")


@pytest.fixture
def signed_in(client, ada):
    assert attempt(client, password=factories.PASSWORD).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_t66_guessing_at_one_account_waits_longer_and_longer(client, ada):
    with time_machine.travel(MORNING, tick=False):
        for _ in range(limits.FREE_OF_ONE):
            assert WRONG in text(attempt(client))
    waits = []
    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(9):
            assert "Too many attempts. Try again in" in text(attempt(client, password=factories.PASSWORD))
            waits.append(max(Attempts.objects.values_list("until", flat=True)) - timezone.now())
            clock.shift(waits[-1])
            assert WRONG in text(attempt(client))
    assert waits[1] > limits.FIRST_WAIT
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert waits[-1] == limits.LONGEST_WAIT


def test_t66_whoever_is_guessed_at_signs_in_from_elsewhere(client, ada):
    for _ in range(limits.FREE_OF_ONE + 3):
        attempt(client, REMOTE_ADDR="203.0.113.9")
    assert attempt(client, password=factories.PASSWORD, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert attempt(client, password=factories.PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_t66_who_waits_long_enough_signs_in_and_begins_anew(client, ada):
    for _ in range(limits.FREE_OF_ONE):
        attempt(client)
    with time_machine.travel(timezone.now() + limits.FIRST_WAIT, tick=False):
        assert attempt(client, password=factories.PASSWORD).status_code == 302
        assert WRONG in text(attempt(Client()))
        assert attempt(Client(), password=factories.PASSWORD).status_code == 302


def test_t66_one_guess_at_each_of_many_accounts(client, ada):
    for number in range(limits.FREE_OF_ALL):
        attempt(client, name=f"user{number}")
    assert "Too many attempts" in text(attempt(client, password=factories.PASSWORD))


def test_t66_a_weeks_typos_of_an_office_keep_nobody_out(rf):
    """Fifteen a day, each followed by the right password, from one address."""
    began = timezone.now()
    for hour in range(0, 7 * 24, 8):
        with time_machine.travel(began + timedelta(hours=hour), tick=False):
            for number in range(5):
                counted = limits.of_password(rf.get("/"), f"user{number}")
                assert not limits.begin(counted), "wrong"
                assert not limits.begin(counted), "right"
                limits.succeeded(counted)
    assert Attempts.objects.count() <= 3 * 6, "what is older is forgotten"


@pytest.mark.django_db(transaction=True)
def test_t66_attempts_at_once_wait_for_one_another(rf):
    """Whoever presses twice is let in, and two who mistype at once are counted."""
    counted = limits.of_password(rf.get("/"), "ada")

    def press():
        try:
            for _ in range(20):
                limits.begin(counted)
                limits.succeeded(counted)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        for pressed in [pool.submit(press) for _ in range(3)]:
            pressed.result()
    assert not limits.begin(counted)


@pytest.mark.parametrize("behind_proxy", [True, False])
def test_t66_an_address_that_was_made_up_is_not_believed(client, settings, ada, behind_proxy):
    settings.BEHIND_PROXY = behind_proxy
    for number in range(limits.FREE_OF_ONE):
        attempt(client, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 203.0.113.9")
    made_up = {"HTTP_X_FORWARDED_FOR": "192.0.2.99, 203.0.113.9"}
    assert "Too many attempts" in text(attempt(client, password=factories.PASSWORD, **made_up))


def test_t66_the_addresses_of_one_customer_count_as_one(client, ada):
    for number in range(limits.FREE_OF_ONE):
        attempt(client, REMOTE_ADDR=f"2001:db8::{number}")
    assert "Too many attempts" in text(attempt(client, REMOTE_ADDR="2001:db8::ffff"))


def test_t66_every_refusal_reads_the_same_and_costs_the_same(client, ada, monkeypatch):
    User.objects.create_user("gone", password=factories.PASSWORD, is_staff=True, is_active=False)
    User.objects.create_user("reader", password=factories.PASSWORD)
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    plain = __import__("hashlib").md5

    def encode(self, password, salt):
        hashed.append(password)
        return f"md5${salt}${plain((salt + password).encode()).hexdigest()}"

    monkeypatch.setattr(hasher, encode)
    answers = set()
    for name, password in [
        ("ada", "wrong"),
        ("nobody", "wrong"),
        ("gone", factories.PASSWORD),
        ("reader", factories.PASSWORD),
    ]:
        hashed.clear()
        answers.add(WRONG in text(attempt(Client(), name=name, password=password)))
        assert hashed == [password], name
    assert answers == {True}


def test_t66_attempts_are_logged_without_what_was_typed(client, ada, caplog):
    caplog.set_level(logging.INFO, logger="staff.signing_in")
    attempt(client, name="my-secret-password", password="my-secret-password")
    attempt(client)
    attempt(client, password=factories.PASSWORD)
    assert [record.getMessage() for record in caplog.records] == [
        "Sign-in failed: an unknown name, from 127.0.0.1",
        f"Sign-in failed: user {ada.pk}, from 127.0.0.1",
        f"Signed in: user {ada.pk}, from 127.0.0.1",
    ]


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("short4now", "at least 12 characters"),
        ("xkvq wmzt plon", ""),
        ("пароль из слов на другом языке", ""),
        ("thequickbrownfoxx" * 4, ""),
        ("a" * 20 + "bcdefgh " * 25, ""),
        ("qwerty123456789", "too common"),
        ("Ombudsman-2026!", "guessed first here"),
        ("councilsletters", "guessed first here"),
        ("council horse battery", ""),
        ("x" * 257, "longer than 256"),
    ],
)
def test_t67_passwords_are_long_and_otherwise_free(password, refused):
    if not refused:
        validate_password(password)
        return
    with pytest.raises(ValidationError, match=refused):
        validate_password(password)


def test_t64_signing_in_makes_a_new_session(client, ada):
    stranger = Client()
    stranger.cookies[django_settings.SESSION_COOKIE_NAME] = "0" * 32
    attempt(stranger, password=factories.PASSWORD)
    mine = stranger.cookies[django_settings.SESSION_COOKIE_NAME]
    assert mine.value != "0" * 32
    assert (mine["httponly"], mine["samesite"], mine["path"]) == (True, "Lax", "/")
    planted = Client()
    planted.cookies[django_settings.SESSION_COOKIE_NAME] = "0" * 32
    assert not is_in(planted)


def test_t64_signing_out_takes_a_post_and_ends_the_session(signed_in):
    assert signed_in.get("/admin/logout/").status_code == 405
    assert is_in(signed_in)
    cookie = signed_in.cookies[django_settings.SESSION_COOKIE_NAME].value
    left = signed_in.post("/admin/logout/")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    again = Client()
    again.cookies[django_settings.SESSION_COOKIE_NAME] = cookie
    assert not is_in(again)


def test_t46_back_after_signing_out_leads_to_the_sign_in_page(signed_in):
    assert signed_in.get("/admin/").headers["Cache-Control"] == "private, no-store"
    signed_in.post("/admin/logout/")
    assert signed_in.get("/admin/").url.startswith(LOGIN)


def test_t65_a_session_ends_after_half_an_hour_without_a_request(signed_in):
    began = timezone.now()
    assert is_in(signed_in)
    with time_machine.travel(began + timedelta(minutes=29)):
        assert is_in(signed_in)
    with time_machine.travel(began + timedelta(minutes=57)):
        assert is_in(signed_in)
    with time_machine.travel(began + timedelta(minutes=88)):
        assert not is_in(signed_in)
    assert not is_in(signed_in), "once ended, it stays so"


def test_t65_a_session_ends_after_a_working_day_however_busy(signed_in):
    began = timezone.now()
    for quarter in range(12 * 4):
        with time_machine.travel(began + timedelta(minutes=15 * quarter)):
            assert is_in(signed_in)
    with time_machine.travel(began + timedelta(hours=12, minutes=1)):
        assert not is_in(signed_in)


def test_t65_a_new_password_ends_all_other_sessions(signed_in, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    new = "another horse altogether"
    sent = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert signed_in.post("/admin/password_change/", sent).status_code == 302
    assert is_in(signed_in)
    assert not is_in(elsewhere)


def change_password(client, old=factories.PASSWORD, new="another horse altogether"):
    sent = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", sent)


def test_a_new_password_is_told_without_it(signed_in, ada):
    before = Line.objects.count()
    assert change_password(signed_in).url == "/admin/password_change/done/"
    [line] = Line.objects.filter(number__gt=before)
    assert (line.by, line.subject_id, line.deed) == (ada, str(ada.pk), "Changed their password.")
    ada.refresh_from_db()
    assert ada.check_password("another horse altogether")
    assert "horse" not in f"{line.changes}{line.deed}"


def test_t66_nobody_guesses_the_old_password_at_a_screen_that_was_left_open(signed_in, ada):
    for _ in range(limits.FREE_OF_ONE):
        assert "Your old password was entered incorrectly" in text(change_password(signed_in, old="wrong"))
    assert "Too many attempts. Nothing was changed" in text(change_password(signed_in))
    ada.refresh_from_db()
    assert ada.check_password(factories.PASSWORD)
    assert "Too many attempts" in text(attempt(Client(), password=factories.PASSWORD))


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_t69_who_is_sent_away_is_out_at_the_next_request(signed_in, ada, change):
    assert is_in(signed_in)
    User.objects.filter(pk=ada.pk).update(**change)
    assert not is_in(signed_in)


def test_t69_a_role_taken_away_is_gone_at_the_next_request(signed_in, ada):
    assert signed_in.get("/admin/letters/letter/").status_code == 200
    ada.groups.clear()
    assert signed_in.get("/admin/letters/letter/").status_code == 403


def test_the_public_gets_no_session_and_no_cookie(client):
    answer = client.get("/")
    assert not answer.cookies
    assert not Session.objects.exists()


def test_t64_cookies_belong_to_this_host_alone_where_there_is_https(tmp_path):
    code = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.TWO_PEOPLE, s.SESSION_COOKIE_DOMAIN)"
    )
    site = {"DATA_DIR": str(tmp_path), "DEMONSTRATION": "1", "SITE_ADDRESS": "https://demonstration.example"}
    output, _ = run("-c", code, **site).communicate()
    assert output.split() == ["__Host-session", "__Host-csrf", "True", "True", "False", "None"]
    output, _ = run("-c", code, DATA_DIR=str(tmp_path)).communicate()
    assert output.split() == ["sessionid", "csrftoken", "False", "False", "True", "None"]
