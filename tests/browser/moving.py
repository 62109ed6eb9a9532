"""Going from one page to the next: a click returns before the next page has come, and must be waited for."""

from tests import factories


def click(page, element) -> None:
    """Click what leads to another page (or to the same one anew), and wait until that is there."""
    with page.expect_navigation():
        element.click()


def sign_in(page, server, name="staff") -> None:
    page.goto(f"{server.url}/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(factories.PASSWORD)
    click(page, page.get_by_role("button", name="Log in"))
