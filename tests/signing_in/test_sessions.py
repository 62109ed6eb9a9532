"""Sessions: how they begin and end, their cookies, new passwords, and people who leave."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.utils import timezone

from history.models import Line
from tests import factories
from tests.installations import run
from tests.signing_in.world import LOGIN, attempt, change_password, is_in

pytestmark = pytest.mark.django_db


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


def test_a_proxy_is_told_who_is_signed_in(client, signed_in):
    """It asks before it takes in what they send. Whoever has shown a password alone is in nowhere yet."""
    answer = signed_in.get("/signed-in")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (204, "private, no-store")
    with override_settings(SECOND_FACTOR=True):
        assert signed_in.get("/signed-in").status_code == 401
    signed_in.post("/admin/logout/")
    assert signed_in.get("/signed-in").status_code == 401
    assert client.post("/signed-in").status_code == 405


def test_t65_a_new_password_ends_all_other_sessions(signed_in, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    new = "another horse altogether"
    sent = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert signed_in.post("/admin/password_change/", sent).status_code == 302
    assert is_in(signed_in)
    assert not is_in(elsewhere)


def test_a_new_password_is_told_without_it(signed_in, ada):
    before = Line.objects.count()
    assert change_password(signed_in).url == "/admin/password_change/done/"
    [line] = Line.objects.filter(number__gt=before)
    assert (line.by, line.subject_id, line.deed) == (ada, str(ada.pk), "Changed their password.")
    ada.refresh_from_db()
    assert ada.check_password("another horse altogether")
    assert "horse" not in f"{line.changes}{line.deed}"


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
