"""The committee pack: what stands in it, that page and PDF say the same, and what the PDF is like inside."""

import io
import re
import unicodedata
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from itertools import pairwise
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2
import pytest
import time_machine

from councils.models import Succession
from letters import workflow
from letters.extraction.types import Source
from public.pack import printing
from tests import factories

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance"
BOX = (0.1, 0.2, 0.5, 0.25)


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(HOUR.replace(year=2024), tick=False):
        yield


def publish(staff, council, year, figures=None, **values):
    """A letter published at half past nine on 29 July of its year."""
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour - timedelta(days=2), tick=False):
        letter = factories.public_letter(factories.edition(year), staff, council, figures=figures, **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, hour, staff, acknowledged=True)
    return letter


def rate(measure, year, percent, count, base, average, **values):
    numbers = {
        "percent": Decimal(percent),
        "numerator": count,
        "denominator": base,
        "average": Decimal(average),
    }
    label = {"upheld": "detailed investigations", "compliance": "compliance outcomes"}.get(
        measure, "upheld decisions"
    )
    return factories.figure(measure, year, base_label=label, **(numbers | values))


def three(year, upheld=(60, 12, 20, 55), compliance=(92, None, 12, 99), remedies=(8, 1, 12, 11)):
    return [
        rate("upheld", year, *upheld),
        rate("compliance", year, *compliance),
        rate("satisfactory-remedies", year, *remedies),
    ]


def several_years(staff):
    council = factories.council("Sometown Borough Council")
    for year in (2019, 2020, 2022, 2023):
        publish(staff, council, year, three(year, upheld=(55, None, 20, 55)))
    return council


def wellingborough(staff):
    old = factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    publish(staff, old, 2020, three(2020, (100, 2, 2, 45), (100, None, 1, 99), (0, 0, 2, 20)))
    return old


def with_other_figures(staff):
    council = factories.council("Kent County Council", kind="county")
    per = {"percent": None, "numerator": None, "denominator": None, "base_label": ""}
    figures = [
        *three(2023, compliance=(100, None, 30, 99)),
        factories.figure(
            "upheld-per-100000", 2023, value=Decimal("5.5"), **per | {"average": Decimal("4.6")}
        ),
    ]
    publish(staff, council, 2023, figures)
    return council


def none_due(staff):
    council = factories.council("Sea & Sands District Council")
    none = dict.fromkeys(("percent", "value", "numerator", "denominator", "average"))
    words = "No recommendations were due for compliance in this period"
    due = factories.figure(
        "compliance", 2020, base_label="", sources=(Source("percent", 3, BOX, words),), **none
    )
    publish(staff, council, 2020, [rate("upheld", 2020, 0, 0, 1, 45), due])
    return council


def without_figures(staff):
    council = factories.council("Stockton-on-Tees Borough Council", kind="unitary")
    publish(staff, council, 2020, [])
    return council


COUNCILS = [several_years, wellingborough, with_other_figures, none_due, without_figures]


def page_of(client, council, year=None):
    """The page's main part as a reader sees it, drawings left out."""
    query = "" if year is None else f"?year={year}"
    response = client.get(f"{AT}/{council.slug}/committee-pack{query}")
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", main.split(">", 1)[1])


def pdf_of(client, council, year):
    response = client.get(f"{AT}/{council.slug}/committee-pack/{year}.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response.content


def read(pdf):
    """The text of a PDF, page by page, read by the library that reads the letters."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def bare(words):
    """Letters and digits alone: lines break elsewhere on a page and on paper."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", unescape(words)))


def latest(council):
    return council.letters.order_by("review__year_ending").last().review.year_ending


@pytest.mark.parametrize("make", COUNCILS)
def test_the_pdf_says_what_the_page_says(client, staff, make):
    """Every cell and paragraph of the page, figures above all, is read back out of the PDF."""
    council = make(staff)
    read_back = bare(read(pdf_of(client, council, latest(council))))
    response = client.get(f"{AT}/{council.slug}/committee-pack")
    html = response.content.decode().split('<section class="pack"', 1)[1].rsplit("</section>", 1)[0]
    said = re.findall(r"<(th|td|p|li|h2|h3)\b[^>]*>(.*?)</\1>", html, flags=re.DOTALL)
    assert len(said) > 10
    for _, inner in said:
        assert bare(re.sub(r"<[^>]+>", "", inner)) in read_back


@pytest.mark.parametrize("make", COUNCILS)
def test_the_pdf_is_tagged_for_everyone(client, staff, make):
    council = make(staff)
    year = latest(council)
    with pikepdf.open(io.BytesIO(pdf_of(client, council, year))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert str(council) in metadata["dc:title"]
        tags = list(elements(pdf.Root.StructTreeRoot))
    kinds = [kind for kind, _ in tags]
    levels = [int(kind[1:]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert kinds.count("TH") >= 3 * kinds.count("THead") > 0 or make is without_figures
    drawings = [alt for kind, alt in tags if kind == "Figure"]
    assert all(drawings)
    assert len(drawings) == (3 if make is several_years else 0)


def elements(node):
    """Kind and alternative text of all structure elements of a PDF, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)[1:], str(node.get("/Alt", ""))
        yield from elements(node.get("/K", pikepdf.Array()))


def test_all_fonts_come_with_the_pdf(client, staff):
    with pikepdf.open(io.BytesIO(pdf_of(client, several_years(staff), 2023))) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
        assert fonts
        assert all("/FontFile3" in each or "/FontFile2" in each for each in fonts)


def test_the_same_day_and_figures_make_the_same_bytes(client, staff):
    council = several_years(staff)
    first = client.get(f"{AT}/{council.slug}/committee-pack/2023.pdf")
    again = client.get(f"{AT}/{council.slug}/committee-pack/2023.pdf")
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    unchanged = client.get(f"{AT}/{council.slug}/committee-pack/2023.pdf", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["Cache-Control"] == first["Cache-Control"] == "no-cache"
    other = client.get(f"{AT}/{council.slug}/committee-pack/2022.pdf")
    assert other["ETag"] != first["ETag"]
    assert first["Content-Disposition"] == f'inline; filename="{council.slug}-committee-pack-2023.pdf"'


def test_what_a_letter_says_is_never_a_program(client, staff):
    """T63: neither Typst nor HTML takes a name or a quotation for anything but words."""
    hostile = '#panic("no") = * _a_ $x$ \\ #import "@preview/x:1.0.0" <b>& "q" `r` // @y'
    council = factories.council("#eval(1) <script>alert(1)</script> Council", slug="hostile")
    publish(staff, council, 2020, [factories.figure(sources=(Source("percent", 3, BOX, hostile),))])
    assert bare(hostile) in bare(read(pdf_of(client, council, 2020)))
    assert b"<script>alert" not in client.get(f"{AT}/hostile/committee-pack").content
    assert bare(str(council)) in bare(read(pdf_of(client, council, 2020)))


@pytest.mark.parametrize(
    "odd", ["\U0001f600", "\x07", "\u202eabc", "\ue000", "\u6f22", "\u0662", "\xad", "\ud7ff"]
)
def test_what_the_fonts_cannot_show_is_shown_as_unknown(client, staff, odd):
    """A PDF for everyone may hold nothing that cannot be shown; a stray sign must not keep it from being made."""
    council = factories.council("Sometown Council")
    words = f"100% of {odd} complaints"
    publish(staff, council, 2020, [factories.figure(sources=(Source("percent", 3, BOX, words),))])
    assert "of � complaints" in " ".join(read(pdf_of(client, council, 2020)).split()).replace("�abc", "�")


def test_the_fonts_can_show_all_that_is_let_through():
    through = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    through = [each for each in through if not printing._BEYOND_THE_FONTS.match(each)]
    assert 400 < len(through) < 800
    pack = {"sections": [], "notice": "", "made": "", "day": (2020, 1, 1), "kind": "", "title": "T"}
    pdf = printing.as_pdf(printing.json.dumps(pack | {"council": " ".join(through)}))
    assert pdf.startswith(b"%PDF")


def test_a_pack_that_cannot_be_made_says_why():
    with pytest.raises(printing.NotPrinted, match="sections"):
        printing.as_pdf(
            '{"council": "", "title": "", "notice": "", "made": "", "day": [2020, 1, 1], "kind": ""}'
        )


def test_headline_figures_stand_with_counts_rate_average_and_interval(client, staff):
    seen = " ".join(unescape(page_of(client, wellingborough(staff))).split())
    assert (
        "Complaints upheld 2 of 2 investigations upheld Too few to compare (2 investigations) 100% 45% 34–100%"
        in seen
    )
    assert "Our count, worked out from the rate 100% 99% 21–100%" in seen
    assert "Period: 1 April 2019 to 31 March 2020." in seen
    assert (
        "Wellingborough Borough Council was abolished on 31 March 2021. North Northamptonshire Council took over."
        in seen
    )
    assert "Made on 29 July 2024." in seen


def test_our_average_is_the_one_of_the_comparison(client, staff):
    council = several_years(staff)
    publish(staff, factories.council("Othertown Borough Council"), 2023, three(2023, (90, 27, 30, 55)))
    publish(staff, factories.council("A County Council", kind="county"), 2023, three(2023, (1, 1, 100, 55)))
    seen = " ".join(unescape(page_of(client, council)).split())
    compared = client.get(f"/compare?council={council.slug}&year=2023&figure=upheld&with=similar")
    assert "38 of 50, 76%" in " ".join(compared.content.decode().split())
    assert "55% 11 of 20 (our count) 55% 76% 38 of 50, in 2 letters" in seen
    assert "Not clearly different from the average printed" in seen
    assert not re.search(r"\b(better|worse|rank)", seen)


def test_sections_appear_only_where_there_is_something_to_say(client, staff):
    def headings(council):
        html = client.get(f"{AT}/{council.slug}/committee-pack").content.decode()
        return re.findall(r'<section class="pack" id="([a-z-]+)"', html)

    every = [
        "in-short",
        "headline",
        "signs",
        "questions",
        "over-the-years",
        "beside",
        "others",
        "where",
        "sources",
    ]
    assert headings(several_years(staff)) == [each for each in every if each != "others"]
    assert headings(with_other_figures(staff)) == [
        each for each in every if each not in ("signs", "over-the-years")
    ]
    assert headings(without_figures(staff)) == ["in-short", "headline", "questions", "sources"]


def test_a_council_without_any_letter_has_a_question_and_no_pdf(client, staff):
    council = factories.council("Sometown Council")
    seen = page_of(client, council)
    assert "Has the authority received an annual letter from the Ombudsman" in seen
    assert client.get(f"{AT}/{council.slug}/committee-pack/2020.pdf").status_code == 404


def test_a_withdrawn_letter_leaves_a_note(client, staff):
    council = factories.council("Sometown Council")
    workflow.withdraw(publish(staff, council, 2020), staff, "Sent to the wrong council.")
    for address in (
        "committee-pack?year=2020",
        "committee-pack/2020.pdf",
        "take-along?year=2020",
        "card?year=2020",
    ):
        response = client.get(f"{AT}/{council.slug}/{address}")
        assert response.status_code == 410
        assert b"Sent to the wrong council." in response.content


def test_a_demonstration_says_so_on_every_page_of_the_pdf(client, staff, settings):
    settings.DEMONSTRATION = True
    document = pypdfium2.PdfDocument(pdf_of(client, several_years(staff), 2023))
    assert len(document) > 1
    for page in document:
        assert "From a demonstration" in page.get_textpage().get_text_bounded()


def test_queries_do_not_grow(client, staff, django_assert_num_queries):
    council = wellingborough(staff)
    with django_assert_num_queries(15):
        client.get(f"{AT}/{council.slug}/committee-pack")
    council = several_years(staff)
    with django_assert_num_queries(15):
        client.get(f"{AT}/{council.slug}/committee-pack")
