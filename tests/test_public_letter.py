"""A letter as a page, and its pages as pictures with their marks."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import pictures, workflow
from letters.extraction.types import Source
from letters.models import LetterPage, Statistic
from tests import factories, odd_pdfs
from tests.visitors import words_of

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance/sometown-council"
LETTER = f"{AT}/annualletters/2020"
RATE = "100% of complaints we investigated were upheld."
BASE = "Statistics are based on a total of 2 detailed investigations for the period"
PAGES = (
    factories.page(
        1, ("heading", "Annual Review letter 2020"), ("paragraph", "Ms Example", "Sometown Council")
    ),
    factories.page(
        2,
        ("heading", "Complaints upheld"),
        ("paragraph", RATE),
        ("paragraph", "2", "upheld decisions"),
        ("paragraph", f"{BASE} of a year."),
        ("list", "One thing", "Another"),
        ("table", "Housing|Other", "1|2"),
        ("table", "Upheld|2", "Rate|100%"),
    ),
    factories.page(3, ("line", "strewn"), ("line", "words")),
)
SOURCES = (
    Source("percent", 2, (0.1, 0.2, 0.5, 0.25), RATE),
    Source("numerator", 2, (0.3, 0.3, 0.4, 0.35), "2 upheld decisions"),
    Source("denominator", 2, (0.1, 0.4, 0.5, 0.45), BASE),
    Source("period_start", 2, (0.1, 0.4, 0.5, 0.45), BASE),
    Source("average", 2, (0.1, 0.25, 0.5, 0.3), "This compares to an average of 45%"),
)


@pytest.fixture(autouse=True)
def now(db):
    """The day after the publication of 2020."""
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def publish(pages=PAGES, **values):
    council = factories.council("Sometown Council")
    values.setdefault("figures", [factories.figure(sources=SOURCES)])
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        letter = factories.approved_letter(factories.edition(2020), None, council, pages=pages, **values)
        workflow.schedule(letter.review, HOUR, letter.received_by, acknowledged=True)
    return letter


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return main.replace("\n<", "<")


def text(markup):
    return words_of(markup.split(">", 1)[1])


def test_the_letter_stands_there_with_what_there_is_to_know_of_it(client):
    publish()
    seen = text(html(client, LETTER))
    for words in (
        "Sometown Council The Ombudsman’s letter for 2019–20",
        "The letter itself (PDF, 1 KB, 3 pages)",
        "Dated 22 July 2020. Published here on 29 July 2020.",
        "Complaints upheld : 100% (2 of 2), marked on page 2 : Complaints upheld",
        "The words below are the Ombudsman’s, unamended.",
    ):
        assert words in seen


def test_its_words_keep_their_parts(client):
    publish()
    page = html(client, LETTER)
    for markup in (
        '<h3 class="govuk-heading-s">Annual Review letter 2020</h3>',
        "<p>Ms Example<br>Sometown Council</p>",
        "<li>One thing</li>",
        '<th scope="col">Housing</th>',
        "<td>1</td>",
        '<th scope="row">Upheld</th>',
        '<p class="letter__line">strewn</p>',
    ):
        assert markup in page
    assert page.count("<thead>") == 1
    assert page.count("could not all be put in order") == 1
    assert [int(number) for number in re.findall(r'id="page-(\d)"', page)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (
            ["Adult Care|Tax|Housing|Other|Total", "1|2|3|4|10"],
            ["Adult Care 1", "Tax 2", "Housing 3", "Other 4", "Total 10"],
        ),
        (
            ["Decisions|MI|LS|NM|Total", "2007/8|1|2|3|6", "2006/7|4|5|6|15"],
            ["Decisions 2007/8 2006/7", "MI 1 4", "LS 2 5", "NM 3 6", "Total 6 15"],
        ),
        (["Housing|Other", "1|2"], ["Housing Other", "1 2"]),
        (["a|b|c|d|e"] * 6, ["a b c d e"] * 6),
    ],
)
def test_a_table_of_many_columns_and_few_rows_is_turned(client, rows, shown):
    """On a phone it could not be seen as a whole; each figure stays beside its name."""
    publish(pages=(factories.page(1, ("table", *rows)),), figures=[])
    lines = re.findall(r"<tr>(.*?)</tr>", html(client, LETTER), re.DOTALL)
    assert [text(f">{line}") for line in lines] == shown


def test_words_that_a_figure_was_read_from_lead_to_their_mark(client):
    publish()
    page = html(client, LETTER)
    link = f'<a class="letter__marked" href="{LETTER}/pages/2#upheld">'
    assert f"<p>{link}{RATE}</a></p>" in page
    assert f"{link}2</a><br>{link}upheld decisions</a>" in page
    assert f"<p>{link}{BASE}</a> of a year.</p>" in page


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("2 upheld decisions", "and 12 upheld decisions"),
        ("2 upheld decisions", "2 upheld decisions are 2 upheld decisions"),
        ("2 upheld decisions", "two upheld decisions"),
        ("", "any words"),
    ],
)
def test_words_that_are_not_surely_the_quotation_are_no_link(client, quotation, words):
    sources = (Source("numerator", 1, (0, 0, 1, 1), quotation),)
    publish(pages=(factories.page(1, ("paragraph", words)),), figures=[factories.figure(sources=sources)])
    assert f"<p>{words}</p>" in html(client, LETTER)


def test_a_letter_whose_words_are_missing_says_so(client):
    publish(pages=())
    page = html(client, LETTER)
    assert "could not be taken out of its PDF" in text(page)
    assert f'<a href="{LETTER}.pdf">the PDF</a>' in page
    assert "unamended" not in page


def test_a_page_without_words_says_so(client):
    publish(pages=(factories.page(1),), figures=[])
    seen = text(html(client, LETTER))
    assert "No words could be taken from this page" in seen
    assert "This letter states no figures." in seen


def test_a_letter_cannot_write_markup_into_its_page(client):
    """T63: whatever a letter holds stays words."""
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    blocks = [(kind, evil) for kind in ("heading", "paragraph", "list", "table", "line")]
    sources = (Source("percent", 1, (0.1, 0.2, 0.5, 0.25), evil),)
    publish(pages=(factories.page(1, *blocks),), figures=[factories.figure(sources=sources)])
    for address in (LETTER, f"{LETTER}/pages/1"):
        page = html(client, address)
        assert "<script" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_the_marks_stand_where_the_figures_were_read(client):
    """The boxes' places, read back out of the drawing."""
    publish()
    page = html(client, f"{LETTER}/pages/2")
    [group] = re.findall(r'<g class="mark" id="upheld">(.*?)</g>', page, re.DOTALL)
    boxes = re.findall(r'<rect x="([\d.]+)%" y="([\d.]+)%" width="([\d.]+)%" height="([\d.]+)%">', group)
    drawn = [tuple(map(float, box)) for box in boxes]
    wanted = sorted({source.box for source in SOURCES}, key=lambda box: box[1])
    assert len(drawn) == len(wanted)
    for (x, y, width, height), (x0, top, x1, bottom) in zip(drawn, wanted, strict=True):
        around = (100 * x0 - x, 100 * top - y, x + width - 100 * x1, y + height - 100 * bottom)
        assert all(0 <= each < 1 for each in around)


def test_the_marks_are_told_in_words(client):
    publish()
    page = html(client, f"{LETTER}/pages/2")
    seen = text(page)
    for words in (
        f"“{RATE}” Rate",
        "“2 upheld decisions” Count",
        f"“{BASE}” Base and period",
        "“This compares to an average of 45%” Average",
    ):
        assert words in seen
    assert f'href="{AT}/statistics?year=2020#upheld"' in page
    assert f'href="{LETTER}#page-2"' in page


def test_the_picture_has_its_size_and_says_what_is_on_it(client):
    publish()
    page = html(client, f"{LETTER}/pages/2")
    assert f'<img src="{LETTER}/pages/2.webp" width="1000" height="1415"' in page
    assert 'alt="Page 2 of the letter: Complaints upheld"' in page
    other = html(client, f"{LETTER}/pages/3")
    assert 'alt="Page 3 of the letter: strewn words"' in other
    assert "No figure was read from this page." in other


@pytest.mark.parametrize(
    ("number", "links"), [(1, ["2"]), (2, ["1", "3"]), (3, ["2"])], ids=["first", "middle", "last"]
)
def test_pages_lead_to_one_another(client, number, links):
    publish()
    page = html(client, f"{LETTER}/pages/{number}")
    assert re.findall(r'pages/(\d)" rel="(?:prev|next)"', page) == links


def test_a_count_of_ours_is_marked_as_ours(client):
    """Where the letter states a rate and a base alone, the count beside them is none of the letter's figures."""
    publish(figures=[factories.figure("compliance", numerator=None, denominator=1)])
    assert "100% (1 of 1; our count, from the rate)" in text(html(client, LETTER))


def test_figures_entered_by_staff_have_no_mark_and_say_so(client):
    letter = publish()
    Statistic.objects.filter(letter=letter).update(origin="entered", sources=[])
    seen = text(html(client, LETTER))
    assert "100% (2 of 2) (entered by staff from the letter)" in seen
    assert "marked on page" not in seen


def test_the_council_page_leads_to_the_marks_and_the_letter(client):
    publish()
    page = html(client, f"{AT}/statistics?year=2020")
    assert f'<a href="{LETTER}/pages/2#upheld">Page 2 of the letter' in page
    assert f'<a href="{LETTER}">the letter of 22 July 2020</a>' in page
    assert f'<a href="{LETTER}">Letter of 22 July 2020' in html(client, f"{AT}/annualletters")


def test_a_replacement_says_so_and_shows_only_its_own_words(client):
    first = publish()
    second = factories.approved_letter(
        first.review,
        first.received_by,
        first.council,
        replacement_reason="A figure was wrong.",
        pages=(factories.page(1, ("paragraph", "The second letter")),),
    )
    workflow.publish_now(second, first.received_by)
    seen = text(html(client, LETTER))
    assert "This letter replaces one published on 29 July 2020. The reason: A figure was wrong." in seen
    assert "The second letter" in seen
    assert "strewn" not in seen


@pytest.mark.parametrize("address", ["", "/pages/2", "/pages/2.webp"])
def test_a_withdrawn_letter_is_gone_with_its_reason(client, address):
    letter = publish()
    workflow.withdraw(letter, letter.received_by, "It was sent to the wrong council.")
    response = client.get(LETTER + address)
    assert response.status_code == 410
    assert "It was sent to the wrong council." in response.content.decode()


def test_a_picture(client):
    letter = publish(pdf=odd_pdfs.letter())
    response = client.get(f"{LETTER}/pages/2.webp")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response.content.startswith(b"RIFF")
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["Cache-Control"] == "no-cache"
    unchanged = client.get(f"{LETTER}/pages/2.webp", headers={"if-none-match": response["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert not (pictures._folder() / letter.clean_copy.sha256 / "1-1000.webp").exists()


def test_a_picture_that_cannot_be_had_now(client):
    """The page itself still stands, with its words; only the picture asks to come again."""
    publish()
    response = client.get(f"{LETTER}/pages/2.webp")
    assert (response.status_code, response["Retry-After"]) == (503, "600")
    assert response["Cache-Control"] == "no-store"
    assert not response.has_header("ETag")
    assert b"Try again in a little while" in response.content
    assert RATE in html(client, f"{LETTER}/pages/2")


def test_a_picture_from_a_page_without_known_size(client):
    letter = publish()
    LetterPage.objects.filter(letter=letter).delete()
    assert 'width="1000" height="1415"' in html(client, f"{LETTER}/pages/1")


@pytest.mark.parametrize("address", [LETTER, f"{LETTER}/pages/2"])
@pytest.mark.parametrize("pages", [3, 9])
def test_queries_do_not_grow_with_the_pages(client, django_assert_max_num_queries, address, pages):
    publish(pages=[factories.page(number, *[("paragraph", "x")] * 9) for number in range(1, pages + 1)])
    with django_assert_max_num_queries(5):
        client.get(address)
