"""T68: a second factor is reset by somebody else."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from history.models import Line
from staff.models import RecoveryCode
from staff.second_factor import factors
from tests import factories
from tests.second_factor.world import LOGIN, SET_UP, VERIFY, set_up, show, signed_in, wholly_in
from tests.staff_pages import text

pytestmark = pytest.mark.django_db


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
