"""T68: the secret of a second factor is shown once, and kept as nothing that makes a code."""

import json
import logging

import pytest
from django.utils import timezone

from history import verifying
from history.models import Line
from staff.models import RecoveryCode, SecondFactor
from staff.second_factor import codes
from tests import factories
from tests.second_factor.world import WRONG, code_of, set_up, show, signed_in
from tests.staff_pages import text

pytestmark = pytest.mark.django_db


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
