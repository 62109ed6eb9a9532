"""The second factor in a real browser: the whole way without JavaScript, narrow and wide, by keyboard."""

import os
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from staff.second_factor import codes, factors
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret.replace(" ", "")).at(timezone.now())


@pytest.fixture
def look(page, accessible):
    """Fails where a page breaks WCAG, or is wider than the screen; keeps a picture where PICTURES names a folder."""

    def check(name: str, words: str) -> None:
        expect(page.get_by_text(words)).to_be_visible()
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            accessible(page)
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)

    return check


def sign_in(page, server):
    page.goto(f"{server.url}/admin/login/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.keyboard.press("Enter")


def give(page, code: str) -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    page.keyboard.press("Enter")


def test_every_page_of_it_is_accessible_and_fits(live_server, page, look, settings):
    settings.SECOND_FACTOR = True
    factories.staff("ada")
    ben = factories.staff("ben")
    factors.set_up(ben, codes.new_seed(), 0, instead_of=None)
    reset = live_server.url + reverse("second-factor:reset", args=[ben.pk])
    with time_machine.travel(timezone.now()) as clock:
        sign_in(page, live_server)
        look("set-up", "You set that up once.")
        give(page, "000000")
        look("set-up-wrong", "This is not the code")
        give(page, code_of(page.locator(".secret").inner_text()))
        look("recovery-codes", "they are not shown again")
        page.get_by_role("link", name="I have kept them: go on").click()
        page.get_by_role("link", name="Second factor").click()
        look("yours", "You have 10 recovery codes left.")
        page.goto(reset)
        look("reset", "ben has had an authenticator app since")
        page.get_by_role("button", name="Reset").click()
        look("reset-done", "Hand it over in private")
        page.goto(reset)
        look("reset-of-none", "has no second factor yet")
        clock.shift(timedelta(minutes=11))
        page.goto(live_server.url + reverse("second-factor:set-up"))
        look("verify", "No phone at hand?")
        give(page, "000000")
        look("verify-wrong", "This code is not right")


def test_without_javascript_the_whole_way_is_open(live_server, chromium, settings):
    settings.SECOND_FACTOR = True
    ada = factories.staff("ada")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    give(page, code_of(page.locator(".secret").inner_text()))
    recovery = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("button", name="Log out").click()
    sign_in(page, live_server)
    give(page, recovery)
    expect(page.get_by_text("That recovery code is used up; you have 9 more.")).to_be_visible()
    assert ada.recovery_codes.count() == 9
    context.close()
