"""The whole way of two letters, from upload to the public page, as staff and visitors walk it in a browser."""

import json
import os
import signal
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import expect

from demonstration.facts import LetterFacts
from demonstration.printing import print_letter
from demonstration.published import WELLINGBOROUGH_2020
from tests import factories
from tests.browser.moving import click, sign_in
from tests.conftest import SHARED
from tests.processes import worker

pytestmark = pytest.mark.django_db(transaction=True)

LONDON = ZoneInfo("Europe/London")
UPLOADED = DateTime(2020, 7, 22, 10, 0, tzinfo=LONDON)
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON)
WELLINGBOROUGH = "/your-councils-performance/wellingborough-borough-council"
STOCKTON = "/your-councils-performance/stockton-on-tees-borough-council"


@pytest.fixture
def two_letters(tmp_path):
    """The two real letters, or where they are not at hand two of the same shape."""
    if SHARED.exists():
        return sorted((SHARED / "letters").glob("*.pdf"))
    without = LetterFacts(
        "Stockton-on-Tees Borough Council",
        2020,
        WELLINGBOROUGH_2020.letter_date,
        WELLINGBOROUGH_2020.publication_date,
        "Mrs Danks",
        "Interim Managing Director",
        upheld=None,
        compliance=None,
        remedies=None,
    )
    paths = [tmp_path / "stockton.pdf", tmp_path / "wellingborough.pdf"]
    for path, facts in zip(paths, [without, WELLINGBOROUGH_2020], strict=True):
        path.write_bytes(print_letter(facts))
    return paths


@pytest.fixture
def background(private_files):
    process = worker(private_files)
    yield process
    os.killpg(process.pid, signal.SIGTERM)
    process.communicate(timeout=30)


def upload(page, server, letters):
    page.goto(f"{server.url}/admin/letters/letter/upload/")
    page.locator("input[type=file]").set_input_files(letters)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("stockton", exact=False).first).to_be_visible()


def texts(pdf):
    """The words of each page: what is published is a clean copy, with the words of the original."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def public_answers(server, page):
    """Everything an anonymous visitor might try, as one text."""
    texts = []
    for address in (
        "/",
        "/councils?q=wellingborough",
        "/councils?q=elliott",
        "/councils?q=danks",
        *(
            f"{council}/{rest}"
            for council in (WELLINGBOROUGH, STOCKTON)
            for rest in ("statistics", "statistics?year=2020", "annualletters", "annualletters/2020.pdf")
        ),
    ):
        answer = page.request.get(f"{server.url}{address}")
        texts.append(f"{answer.status} {json.dumps(answer.headers)} {answer.text()}")
    return "\n".join(texts)


def test_from_two_letters_to_two_public_pages(
    live_server, page, chromium, two_letters, background, accessible, settings
):
    settings.TWO_PEOPLE = True
    call_command("load_councils", verbosity=0)
    factories.staff()
    factories.member("publisher", "second")
    visitor = chromium.new_context().new_page()

    with time_machine.travel(UPLOADED):
        sign_in(page, live_server)
        upload(page, live_server, two_letters)
        # Watched while they are read in the background, without a reload by hand.
        expect(
            page.locator("main, #content").get_by_text("Wellingborough Borough Council").first
        ).to_be_visible(timeout=60_000)
        expect(
            page.locator("main, #content").get_by_text("Stockton-on-Tees Borough Council").first
        ).to_be_visible(timeout=60_000)
        accessible(page)

        # Stockton's letter comes first, because it has a problem: it states no figures. Nothing is entered.
        page.goto(f"{live_server.url}/admin/letters/letter/queue/")
        accessible(page)
        click(page, page.get_by_role("button", name="Start with the next"))
        expect(page.get_by_label("Addressee", exact=True)).to_have_value("Mrs Danks")
        expect(page.get_by_label("Post", exact=True)).to_have_value("Interim Managing Director")
        accessible(page)
        page.get_by_label("Why it is right all the same").fill("The letter as sent has no statistics page.")
        click(page, page.get_by_role("button", name="Approve and next"))

        # Wellingborough's needs no correction.
        upheld = page.locator("fieldset.figure", has_text="Complaints upheld")
        expect(upheld.get_by_label("Rate, in per cent")).to_have_value("100")
        expect(upheld.get_by_label("Count: upheld decisions")).to_have_value("2")
        expect(upheld.get_by_label("Average of similar authorities")).to_have_value("45")
        expect(page.locator("img").first).to_be_visible()
        accessible(page)
        click(page, page.get_by_role("button", name="Approve and next"))
        expect(page.get_by_text("Nothing is left to review")).to_be_visible()

        before = public_answers(live_server, visitor)
        assert "100%" not in before

        page.goto(f"{live_server.url}/admin/letters/annualreview/")
        page.get_by_role("link", name="Annual review 2019–20").click()
        page.get_by_role("link", name="Set the publication time").click()
        click(page, page.get_by_role("link", name="Take this day"))
        page.get_by_label("Time").fill("09:30")
        accessible(page)
        page.get_by_role("button", name="Show what this means").click()
        expect(page.get_by_text("09:30 on 29 July 2020 (British Summer Time)").first).to_be_visible()
        page.get_by_role("button", name="Propose").click()
        expect(page.get_by_text("Nothing is scheduled until another person confirms it.")).to_be_visible()

        second = chromium.new_context().new_page()
        sign_in(second, live_server, "second")
        second.get_by_role("link", name="The edition of 2019–20", exact=True).click()
        second.get_by_role("link", name="Look at it, and confirm or drop it").click()
        expect(second.get_by_text("09:30 on 29 July 2020 (British Summer Time)").first).to_be_visible()
        accessible(second)
        second.get_by_role("button", name="Confirm and schedule").click()
        expect(second.get_by_text("Scheduled for 09:30 on 29 July 2020").first).to_be_visible()
        second.context.close()

    with time_machine.travel(HOUR - timedelta(minutes=1)):
        minute_before = public_answers(live_server, visitor)
        for trace in ("100%", "Elliott", "Danks", "2 of 2", "45%", "%PDF"):
            assert trace not in minute_before
        assert minute_before.count("404 ") >= 4

    with time_machine.travel(HOUR):
        visitor.goto(f"{live_server.url}/")
        visitor.get_by_role("combobox").fill("Wellingborough")
        visitor.get_by_role("button", name="Search").click()
        expect(visitor.get_by_role("heading", name="Wellingborough Borough Council").first).to_be_visible()
        shown = visitor.inner_text("main")
        for text in ("2 of 2", "100%", "45%", "99%", "0 of 2", "20%", "North Northamptonshire Council"):
            assert text in shown
        accessible(visitor)
        visitor.goto(f"{live_server.url}{STOCKTON}/statistics")
        expect(visitor.get_by_text("Not stated in the letter").first).to_be_visible()
        for council, letter in ((STOCKTON, two_letters[0]), (WELLINGBOROUGH, two_letters[1])):
            answer = visitor.request.get(f"{live_server.url}{council}/annualletters/2020.pdf")
            assert answer.status == 200
            assert texts(answer.body()) == texts(letter.read_bytes())
    visitor.context.close()
