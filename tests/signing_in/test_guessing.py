"""Signing in: guessing at passwords waits, and tells nothing."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from staff import limits
from staff.models import Attempts
from tests import factories
from tests.signing_in.world import MORNING, WRONG, attempt, change_password
from tests.staff_pages import text

pytestmark = pytest.mark.django_db


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


def test_t66_nobody_guesses_the_old_password_at_a_screen_that_was_left_open(signed_in, ada):
    for _ in range(limits.FREE_OF_ONE):
        assert "Your old password was entered incorrectly" in text(change_password(signed_in, old="wrong"))
    assert "Too many attempts. Nothing was changed" in text(change_password(signed_in))
    ada.refresh_from_db()
    assert ada.check_password(factories.PASSWORD)
    assert "Too many attempts" in text(attempt(Client(), password=factories.PASSWORD))
