"""The PDF of a committee pack: it says what the page says, and what it is like inside."""

import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from letters.extraction.types import Source
from public.pack import printing
from tests import factories
from tests.committee_packs.world import (
    AT,
    BOX,
    COUNCILS,
    bare,
    latest,
    pdf_of,
    publish,
    read,
    several_years,
    without_figures,
)


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


def test_a_demonstration_says_so_on_every_page_of_the_pdf(client, staff, settings):
    settings.DEMONSTRATION = True
    document = pypdfium2.PdfDocument(pdf_of(client, several_years(staff), 2023))
    assert len(document) > 1
    for page in document:
        assert "From a demonstration" in page.get_textpage().get_text_bounded()
