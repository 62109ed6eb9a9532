"""Passwords that somebody else gave: they end where nobody has signed in with them."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from staff.models import FirstPassword
from staff.passwords import FIRST_LASTS
from tests import factories
from tests.signing_in.world import WRONG, attempt, change_password
from tests.staff_pages import text

pytestmark = pytest.mark.django_db

CHOSEN = "a horse of another colour"


@pytest.fixture
def administrator(client):
    client.force_login(factories.staff("root"))
    return client


def by_command(_, name):
    call_command("add_staff", name, "--role", "auditor", stdout=(said := StringIO()))
    assert "It ends after 14 days" in said.getvalue()
    return said.getvalue().split()[2]


def by_reset(_, name):
    if not User.objects.filter(username=name).exists():
        factories.member("auditor", name)
    call_command("reset_second_factor", name, stdout=(said := StringIO()))
    return said.getvalue().split("First password: ")[1].split()[0]


def by_adding(administrator, name):
    sent = {"username": f" {name}", "usable_password": "true", "password1": CHOSEN, "password2": CHOSEN}
    assert administrator.post("/admin/auth/user/add/", sent).status_code == 302
    User.objects.filter(username=name).update(is_staff=True)
    return CHOSEN


def by_setting(administrator, name):
    user = factories.member("auditor", name)
    sent = {"usable_password": "true", "password1": CHOSEN, "password2": CHOSEN}
    assert administrator.post(f"/admin/auth/user/{user.pk}/password/", sent).status_code == 302
    return CHOSEN


GIVEN = [by_command, by_reset, by_adding, by_setting]


@pytest.mark.parametrize("given", GIVEN)
def test_one_that_nobody_has_signed_in_with_ends(administrator, given):
    password = given(administrator, "ada")
    with time_machine.travel(timezone.now() + FIRST_LASTS + timedelta(minutes=1)):
        answer = attempt(Client(), password=password)
        assert "given to you more than 14 days ago" in text(answer)
        assert WRONG in text(attempt(Client(), password="another")), "only whoever knows it is told"
        assert not User.objects.get(username="ada").last_login
        assert attempt(Client(), password=by_reset(None, "ada")).status_code == 302


@pytest.mark.parametrize("given", GIVEN)
def test_one_that_its_owner_has_signed_in_with_stays(administrator, given):
    password = given(administrator, "ada")
    with time_machine.travel(timezone.now() + FIRST_LASTS - timedelta(minutes=1)):
        assert attempt(Client(), password=password).status_code == 302
    with time_machine.travel(timezone.now() + 3 * FIRST_LASTS):
        assert attempt(Client(), password=password).status_code == 302


def test_one_that_was_chosen_by_its_owner_stays(signed_in):
    change_password(signed_in, new=CHOSEN)
    with time_machine.travel(timezone.now() + 3 * FIRST_LASTS):
        assert attempt(Client(), password=CHOSEN).status_code == 302


def test_a_form_that_is_refused_gives_nobody_a_password(administrator):
    user = factories.member("auditor", "ada")
    for address in (f"/admin/auth/user/{user.pk}/password/", "/admin/auth/user/add/"):
        sent = {"username": "bob", "usable_password": "true", "password1": CHOSEN, "password2": "another"}
        assert administrator.post(address, sent).status_code == 200
    assert not FirstPassword.objects.exists()
