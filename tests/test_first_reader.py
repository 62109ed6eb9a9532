"""The first reader: the codes of a page's characters, taken from its text only where that has one for each."""

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from letters.extraction.by_pdfium import FastPage

SURPRISES = Path(__file__).parent / "letters" / "surprises"


def _pdf(means):
    """A page that shows "1A2" and a word after it, in a font whose own table says what "A" means."""
    table = f"1 beginbfchar <41> <{means}> endbfchar".encode()
    words = b"BT /F 12 Tf 20 50 Td (1A2 3) Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(table), table),
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % part for part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


PAGES = {
    "hyphens at line ends": (SURPRISES / "list-over-two-pages.pdf").read_bytes(),
    "dashes at line ends": (SURPRISES / "dash-lost-at-the-end-of-a-line.pdf").read_bytes(),
    "a letter": _pdf("0042"),
    "a control character": _pdf("0093"),
    "a soft hyphen": _pdf("00AD"),
    "no character": _pdf("FFFE"),
    "a lone surrogate": _pdf("D800"),
    "beyond 16 bits": _pdf("D83DDE00"),
    "a ligature": _pdf("FB03"),
    "several": _pdf("004200200043"),
    "from right to left": _pdf("05D0"),
}


@pytest.mark.parametrize("pdf", PAGES.values(), ids=PAGES)
def test_characters_have_the_codes_that_pdfium_gives_when_asked_of_each(pdf):
    document = pypdfium2.PdfDocument(pdf)
    for number in range(1, len(document) + 1):
        with FastPage(document, number) as page:
            codes, _ = page._every
            text = page._text
            assert codes == [pdfium.FPDFText_GetUnicode(text, index) for index in range(text.count_chars())]
            assert codes
