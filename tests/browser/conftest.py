"""A real Chromium for the browser tests."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import modify_settings, override_settings
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import chromium as chromium_here

# As long as Playwright waits for everything else; its own five seconds are short on a busy machine.
expect.set_options(timeout=30_000)

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """A browser in which nobody has been before."""
    path = chromium_here.path()
    if not path:
        pytest.skip("there is no chromium on this machine")
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium_here.ARGUMENTS, *quiet])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def unhashed(settings):
    """The test's server hands out the style sheets and scripts as built, not as collected under hashed names."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="module")
def kept_server(django_db_setup, django_db_blocker, kept_files):
    """Where a server shows what a module's own fixture writes after this one, for tests that only look at it.

    They are marked with `django_db`, which holds a transaction of its own: a page that writes would wait for its end.
    All rows are gone at the module's end, as after each test with a `live_server`.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(PRIVATE_FILES=kept_files, TWO_PEOPLE=False),
        modify_settings(ALLOWED_HOSTS={"append": "localhost"}),
    ):
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def page(chromium):
    """A page of a new visitor; script errors, dialogs and breaches of the content policy fail the test."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Pacific/Auckland"
    )
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.is_examined = False
    page.on("console", lambda said: errors.append(said.text) if _is_a_breach(page, said) else None)
    page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def watched(page):
    """What the page asked for, and what its policy refused."""
    page.asked, page.refused = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on(
        "console",
        lambda message: "Content Security Policy" in message.text and page.refused.append(message.text),
    )
    return page


def _is_a_breach(page, said):
    """Whether the browser complains of the content policy; what examines a page brings styles of its own."""
    return "Security Policy" in said.text and not page.is_examined


@pytest.fixture
def accessible():
    """Fails with every violation of WCAG 2.2 AA that axe finds on the page."""

    def check(page):
        page.is_examined = True
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE.read_text())
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        # Nothing is pressed on paper, so there its links need not be large.
        found = page.evaluate(
            """async tags => {
                // What sticks to the window's edge covers now this and now that: it is looked at in its own place.
                const sticking = [...document.querySelectorAll("*")]
                    .filter(each => getComputedStyle(each).position === "sticky");
                sticking.forEach(each => each.style.position = "static");
                const found = await axe.run(document, {
                    runOnly: tags,
                    rules: {"target-size": {enabled: !matchMedia("print").matches}},
                    resultTypes: ["violations"],
                });
                sticking.forEach(each => each.style.position = "");
                return found.violations.map(each => [each.id, ...each.nodes.map(node => node.html)]);
            }""",
            tags,
        )
        page.is_examined = False
        assert found == []

    return check
