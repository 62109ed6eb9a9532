"""Going about a page as someone does who has a keyboard alone: Tab, letters, arrows, Enter; no pointing, no jumps."""

import re

from playwright.sync_api import expect

IN_FOCUS = "each => each === document.activeElement"
HIDDEN = """each => {
    const box = each.getBoundingClientRect();
    return box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
}"""


def reach(page, wanted, presses=150):
    """Tab on until `wanted` has the focus; it must be in view then."""
    element = wanted.first.element_handle()
    for _ in range(presses):
        page.keyboard.press("Tab")
        if element.evaluate(IN_FOCUS):
            assert not element.evaluate(HIDDEN), "in focus, and out of view"
            return
    raise AssertionError(f"Tab never came to {wanted}")


def follow(page, name, leads_to, **how):
    """Reach the link of that name and open it."""
    _press(page, page.get_by_role("link", name=name, **how), leads_to)


def press(page, name, leads_to):
    """Reach the button of that name and press it."""
    _press(page, page.get_by_role("button", name=name, exact=True), leads_to)


def write(page, label, words):
    """Reach the field (or the list of choices) and type into it."""
    reach(page, page.get_by_label(re.compile(f"^{label}")))
    page.keyboard.type(words)


def unfold(page, wanted, shows):
    """Reach what unfolds, and unfold it."""
    expect(shows).to_be_hidden()
    reach(page, wanted)
    page.keyboard.press("Enter")
    expect(shows).to_be_visible()


def _press(page, wanted, leads_to):
    reach(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(leads_to))
