"""T68: codes of an app and recovery codes: each is taken once, and guessed by nobody."""

from datetime import timedelta

import pyotp
import pytest
from django.urls import reverse
from django.utils import timezone

from staff import limits
from staff.models import SecondFactor
from staff.second_factor import factors
from tests import factories
from tests.second_factor.world import (
    HALF_A_MINUTE,
    PASSWORD,
    RENEW,
    SET_UP,
    VERIFY,
    WRONG,
    YOURS,
    code_of,
    is_in,
    set_up,
    show,
    signed_in,
    told,
    wholly_in,
)
from tests.staff_pages import text

pytestmark = pytest.mark.django_db


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
    set_password, own = (reverse("admin:auth_user_password_change", args=[each.pk]) for each in (ben, ada))
    for path in (reset, set_password):
        assert client.get(path).status_code == 200
    # Her own is changed with the old one only.
    for answer in (
        client.get(own),
        client.post(own, {"password1": "xkvq wmzt plon", "password2": "xkvq wmzt plon"}),
    ):
        assert answer.url == PASSWORD
    clock.shift(timedelta(minutes=11))
    assert is_in(client)
    for path in (SET_UP, reset, PASSWORD, set_password, own):
        assert client.get(path).url == f"{VERIFY}?next={path}"
    for path in (SET_UP, RENEW, reset, PASSWORD, set_password, own):
        assert client.post(path).url == f"{VERIFY}?next={path}"
    assert factors.of(ben)
    for person in (ada, ben):
        person.refresh_from_db()
        assert person.check_password(factories.PASSWORD)


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
