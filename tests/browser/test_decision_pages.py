"""From a council's decisions to what it agreed to, and to the day on which that is late, in a real browser."""

import pytest
import time_machine
from playwright.sync_api import expect

from cases.models import Holds
from tests import cases, factories
from tests.browser.moving import click
from tests.cases import IMPROVEMENT, imported, london, table

AT = "/your-councils-performance/sometown-borough-council"


@pytest.fixture
def site(live_server):
    factories.council("Sometown Borough Council")
    factories.council("Othertown District Council")
    imported(
        table(
            *cases.decisions(
                {"text": "An example with a zebra."},
                {"outcome": "not upheld", "text": "An example with a zebra."},
                {"category": "Planning", "sub-category": "Trees"},
                {"councils": "Othertown District Council"},
            )
        )
    )
    other = {"reference": "25 000 004", "councils": "Othertown District Council"}
    imported(table(IMPROVEMENT, IMPROVEMENT | other), Holds.IMPROVEMENTS)
    return live_server.url


def test_a_decision_is_found_and_its_improvement_turns_late_by_keyboard_without_scripts(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    with time_machine.travel(london(2026, 6, 10, 12), tick=False) as clock:
        page.goto(f"{site}{AT}/statistics")
        page.get_by_role("link", name="Decisions", exact=True).last.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{AT}/decisions")
        expect(page.locator(".cases li")).to_have_count(3)
        page.get_by_label("Words").fill("zebras")
        page.get_by_label("Category").select_option(label="Housing (2)")
        page.get_by_label("Outcome").select_option(label="Upheld (2)")
        page.get_by_label("Outcome").press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=zebras**")
        expect(page.locator(".cases li")).to_have_count(1)
        click(page, page.get_by_role("link", name="Sometown Borough Council (25 000 001)"))
        expect(page.get_by_text("Due", exact=True)).to_have_count(1)
        clock.move_to(london(2026, 6, 11))
        page.reload()
        expect(page.get_by_text("Late", exact=True)).to_have_count(1)
        expect(page.locator(".cases li")).to_contain_text("by 1 day", use_inner_text=True)
        page.get_by_role("link", name="Who agreed to the like").click()
        page.wait_for_url("**/service-improvements?category=policy-or-procedure&subject=housing")
        expect(page.locator(".cases li")).to_have_count(2)
        expect(page.locator("main")).to_contain_text("2 service improvements: 2 late", use_inner_text=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
