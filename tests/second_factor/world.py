"""The pages of the second factor, and what somebody does there."""

from datetime import timedelta

import pyotp
from django.test import Client
from django.utils import timezone

from history.models import Line

LOGIN, VERIFY, SET_UP = "/admin/login/", "/admin/second-factor/verify/", "/admin/second-factor/set-up/"
YOURS, RENEW = "/admin/second-factor/", "/admin/second-factor/recovery-codes/"
PASSWORD = "/admin/password_change/"
WRONG = "This code is not right"
HALF_A_MINUTE = timedelta(seconds=30)


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


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def wholly_in(ada, secret) -> Client:
    client = signed_in(ada)
    assert show(client, code_of(secret)).url == "/admin/"
    return client


def told(user) -> list[str]:
    lines = Line.objects.filter(subject="auth.user", subject_id=str(user.pk)).order_by("number")
    return [line.deed for line in lines]
