"""The second factor in a real browser: the whole way without JavaScript, narrow and wide, by keyboard."""

import os
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from staff.second_factor import codes, factors
from tests import factories
from tests.browser.moving import click, sign_in
from tests.second_factor.world import code_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(page, accessible):
    """Fails where a page breaks WCAG, or is wider than the screen; keeps a picture where PICTURES names a folder."""

    def check(name: str, words: str) -> None:
        expect(page.get_by_text(words)).to_be_visible()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if folder := os.environ.get("PICTURES"):
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        accessible(page)

    return check


def give(page, code: str) -> None:
    page.get_by_role("textbox", name="Code").fill(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_every_page_of_it_is_accessible_and_fits(live_server, page, look, settings):
    settings.SECOND_FACTOR = True
    factories.staff("ada")
    ben = factories.staff("ben")
    factors.set_up(ben, codes.new_seed(), 0, instead_of=None)
    reset = live_server.url + reverse("second-factor:reset", args=[ben.pk])
    with time_machine.travel(timezone.now()) as clock:
        sign_in(page, live_server, "ada")
        look("set-up", "You set that up once.")
        give(page, "000000")
        look("set-up-wrong", "This is not the code")
        give(page, code_of(page.locator(".secret").inner_text()))
        look("recovery-codes", "they are not shown again")
        click(page, page.get_by_role("link", name="I have kept them: go on"))
        click(page, page.get_by_role("link", name="Second factor"))
        look("yours", "You have 10 recovery codes left.")
        page.goto(reset)
        look("reset", "ben has had an authenticator app since")
        click(page, page.get_by_role("button", name="Reset"))
        look("reset-done", "Hand it over in private")
        page.goto(reset)
        look("reset-of-none", "has no second factor yet")
        clock.shift(timedelta(minutes=11))
        page.goto(live_server.url + reverse("second-factor:set-up"))
        look("verify", "No phone at hand?")
        give(page, "000000")
        look("verify-wrong", "This code is not right")


@pytest.fixture
def device(page):
    """A device that answers for itself, as if somebody had touched it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    known = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def forget() -> None:
        session.send("WebAuthn.clearCredentials", {"authenticatorId": known})

    return forget


def test_a_passkey_shows_the_second_factor_where_there_is_script(live_server, page, look, settings, device):
    settings.SECOND_FACTOR, settings.SITE_ADDRESS = True, live_server.url
    ada = factories.staff("ada")
    sign_in(page, live_server, "ada")
    give(page, code_of(page.locator(".secret").inner_text()))
    click(page, page.get_by_role("link", name="I have kept them: go on"))
    page.goto(live_server.url + reverse("second-factor:add-passkey"))
    look("add-passkey", "the app and the recovery codes stay")
    page.get_by_label("Name of the device").fill("Laptop")
    page.get_by_role("button", name="Add").click()
    look("yours-with-passkey", "Laptop, added on")
    click(page, page.get_by_role("button", name="Log out"))
    sign_in(page, live_server, "ada")
    look("verify-passkey", "Use a passkey instead")
    answers = []
    page.on("request", lambda asked: answers.append(asked.post_data) if asked.method == "POST" else None)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("link", name="Change password")).to_be_visible()
    refused_again(page, live_server, parse_qs(answers[0])["passkey"][0])
    device()
    page.goto(live_server.url + reverse("second-factor:verify"))
    expect(page.get_by_text("The device showed no passkey.")).to_be_hidden()
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_text("The device showed no passkey.")).to_be_visible()
    page.goto(live_server.url + reverse("second-factor:yours"))
    page.get_by_role("button", name="Remove Laptop").click()
    expect(page.get_by_text("The passkey “Laptop” was removed.")).to_be_visible()
    assert not ada.passkeys.exists()


def refused_again(page, server, answer: str) -> None:
    """What a device has answered once is no answer to another question."""
    page.goto(server.url + reverse("second-factor:verify"))
    page.locator("input[name=passkey]").evaluate("(field, answer) => (field.value = answer)", answer)
    page.locator("form.passkey").evaluate("form => form.submit()")
    expect(page.get_by_text("The passkey was not taken.")).to_be_visible()


def test_without_javascript_the_whole_way_is_open(live_server, chromium, settings):
    settings.SECOND_FACTOR = True
    ada = factories.staff("ada")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "ada")
    give(page, code_of(page.locator(".secret").inner_text()))
    recovery = page.locator(".recovery-codes code").first.inner_text()
    click(page, page.get_by_role("button", name="Log out"))
    sign_in(page, live_server, "ada")
    give(page, recovery)
    expect(page.get_by_text("That recovery code is used up; you have 9 more.")).to_be_visible()
    assert ada.recovery_codes.count() == 9
    context.close()
