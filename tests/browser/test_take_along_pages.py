"""Figures taken along in a real browser: copied with a button, selected without one, framed elsewhere, printed."""

import threading
from datetime import datetime as DateTime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.test import override_settings
from playwright.sync_api import expect

from letters import workflow
from public import embedding
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NAME = "Royal Borough of Kensington and Chelsea and of Everywhere Else"
COUNCIL = "/your-councils-performance/longest"
SENTENCE = "our sentence: Complaints upheld"


@pytest.fixture(scope="module")
def site(kept_server):
    """A council with the longest of names, and all that can stand on its card."""
    staff = factories.staff()
    figures = [
        factories.figure("upheld"),
        factories.figure("compliance", numerator=None, base_label="compliance outcomes"),
        factories.figure("satisfactory-remedies"),
    ]
    with time_machine.travel(HOUR, tick=False):
        review = factories.edition(2020)
        factories.public_letter(review, staff, factories.council(NAME, slug="longest"), figures=figures)
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    with override_settings(DEMONSTRATION=True, SITE_ADDRESS=kept_server):
        yield kept_server


@pytest.fixture
def elsewhere(site):
    """Another site, which frames what its address names."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            frame = embedding.frame(f"{site}{self.path}", "A card", *embedding.size(None, None))
            self.wfile.write(f"<!DOCTYPE html><title>Elsewhere</title>{frame}".encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def button(page, what):
    return page.get_by_role("button", name=f"Copy {what}", exact=True)


def test_a_text_is_copied_by_keyboard_and_said_to_be(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{COUNCIL}/take-along")
    button(page, SENTENCE).focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text(f"Copied: {SENTENCE}.").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(f"[data-copy='{SENTENCE}']").text_content()
    assert "upheld both" in copied


def test_the_table_is_copied_as_a_table_and_as_text(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{COUNCIL}/take-along")
    button(page, "the table").click()
    page.get_by_role("status").get_by_text("Copied: the table.").wait_for(state="attached")
    read = """async () => {
        const [item] = await navigator.clipboard.read();
        return Promise.all(["text/html", "text/plain"].map(async each => (await item.getType(each)).text()));
    }"""
    html, text = page.evaluate(read)
    assert "<table" in html
    assert "2 of 2 investigations upheld" in html
    assert "Complaints upheld\t2 of 2 investigations upheld\t100%" in text


def test_where_the_clipboard_is_kept_from_the_page_the_text_is_selected(site, page):
    page.add_init_script("delete Navigator.prototype.clipboard; document.execCommand = () => false;")
    page.goto(f"{site}{COUNCIL}/take-along")
    button(page, SENTENCE).click()
    page.get_by_role("status").get_by_text("The text is selected").wait_for(state="attached")
    assert (
        page.evaluate("getSelection().toString()") == page.locator(f"[data-copy='{SENTENCE}']").text_content()
    )


def test_an_older_browser_copies_what_is_selected(site, page):
    page.add_init_script("""
        delete Navigator.prototype.clipboard;
        document.addEventListener("copy", () => { window.copied = getSelection().toString(); });
    """)
    page.goto(f"{site}{COUNCIL}/take-along")
    button(page, SENTENCE).click()
    page.get_by_role("status").get_by_text(f"Copied: {SENTENCE}.").wait_for(state="attached")
    assert page.evaluate("window.copied") == page.locator(f"[data-copy='{SENTENCE}']").text_content()


def test_without_javascript_all_can_be_read_and_no_button_promises_more(site, chromium):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{site}{COUNCIL}/statistics")
    page.get_by_role("link", name="Copy, cite or embed these figures").click()
    page.wait_for_url("**/take-along?year=2020")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(f"[data-copy='{SENTENCE}']")).to_be_visible()
    page.get_by_text("The table as text, for a spreadsheet").click()
    expect(page.locator("[data-copy='the table as text']")).to_be_visible()
    assert page.locator("[data-copy='the code to embed']").inner_text().startswith("<iframe src=")
    context.close()


def test_another_site_may_frame_the_card_and_nothing_else(site, elsewhere, page):
    page.goto(f"{elsewhere}{COUNCIL}/card?year=2020")
    card = page.frame_locator("iframe")
    expect(card.get_by_role("heading", level=1)).to_have_text(f"{NAME} 2019–20", use_inner_text=True)
    expect(card.get_by_text("2 of 2").first).to_be_visible()
    with page.context.expect_page() as opened:
        card.get_by_role("link").click()
    assert opened.value.url == f"{site}{COUNCIL}/statistics?year=2020"
    page.is_examined = True  # the browser says in words of the policy that it refuses the frame
    page.goto(f"{elsewhere}{COUNCIL}/statistics?year=2020")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1, name=NAME)).to_have_count(0)


@pytest.mark.parametrize("width", [280, 320, 420, 560, 600])
def test_the_longest_card_fits_the_frame_that_is_offered_for_it(site, page, accessible, width):
    wide, high = embedding.size(width, None)
    page.set_viewport_size({"width": wide, "height": high})
    page.goto(f"{site}{COUNCIL}/card")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    assert page.evaluate("document.documentElement.scrollHeight") <= high
    assert page.evaluate("getComputedStyle(document.querySelector('main')).borderTopWidth") == "6px"


def test_the_pack_prints_as_a_document(site, page, tmp_path):
    page.goto(f"{site}{COUNCIL}/committee-pack")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Questions that members may ask")).to_be_visible()
    for unwanted in ("This pack as a PDF", "Home"):
        expect(page.get_by_role("link", name=unwanted, exact=True)).to_be_hidden()
    page.pdf(path=tmp_path / "pack.pdf", format="A4")
    sheets = list(pypdfium2.PdfDocument(tmp_path / "pack.pdf"))
    assert len(sheets) <= 4
    # An address that is written out has no second one behind it.
    words = "".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    assert "(http" not in words
