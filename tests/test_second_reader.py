"""The second reader: content taken apart and painted as pdfminer and pdfplumber do it, only faster."""

import io
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword

from letters.extraction import content
from letters.extraction.by_pdfminer import SlowDocument
from letters.extraction.characters import clean
from letters.extraction.painted import painted

LETTERS = sorted((Path(__file__).parent / "letters").glob("surprises/*.pdf"))[::6]

STREAMS = {
    "numbers": b"1 -2.5 +3 .5 -.25 4. 0 0 cm",
    "text": b"BT /F1 12 Tf 1 0 0 1 72 720 Tm (plain) Tj [(A) -120.5 (B)] TJ T* (x)' 1 2 (y)\" ET",
    "escapes": rb"(\n\(\)\\\101\0\12\q\r) Tj (a\
b) Tj",
    "octal": rb"(\000A\050\051\\\(\\\134\0012\377) Tj (\\101\\\\n\\(x\)\)) Tj (\400) Tj",
    "escapes of other languages": rb"(\x41\u0041\N{BULLET}\'\a\v\8\1) Tj",
    "parentheses": b"(one (two) three) Tj (a (b (c) d) e) Tj",
    "hexadecimal": b"<48 656c6C6f> Tj <4> Tj <> Tj",
    "marks": b"/P <</MCID 0 /Lang (en) /On true>>BDC EMC /Sp#20ace gs",
    "run together": b"q[(a)]TJ/F1 9Tf(b)Tj 0 0 m 1 1 l S*",
    "comment": b"q % (not) text\nQ",
    "inline image": b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00\nEI Q (after) Tj",
    "never closed": b"(open Tj",
    "array never closed": b"[(a) (b) Tj",
    "closed twice": b"(a) Tj ] (b) Tj >>",
    "keyword inside": b"[(a) null] TJ",
    "odd dictionary": b"/P <</MCID>> BDC (a) Tj",
    "numbers that are none": b"--5 1.2.3 4-5 - . Td",
    "names": b"/ /a.b-c /\xc3\xa9 /\xff Do",
    "null bytes": b"\x00q\x00 1 0\x00 0 rg (a) Tj",
    "nothing": b" \n\x00 ",
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_content_is_taken_apart_as_pdfminer_does(stream):
    assert _all(content.objects, stream) == _all(_by_pdfminer, stream)


def _all(objects, stream):
    """What is found, or the kind of error that ends it."""
    try:
        return [_plain(thing) for thing in objects(stream)]
    except Exception as error:
        return type(error)


def _by_pdfminer(stream):
    parser = PDFContentParser([PDFStream({}, stream)])
    while True:
        try:
            yield parser.nextobject()[1]
        except PSEOF:
            return


def _plain(thing):
    if isinstance(thing, PDFStream):
        return "inline image", thing.get_data()
    return ("operator", thing.name) if isinstance(thing, PSKeyword) else (type(thing), thing)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_characters_stand_where_pdfplumber_finds_them(path):
    pdf = path.read_bytes()
    document = SlowDocument(pdf, 30)
    with pdfplumber.open(io.BytesIO(pdf)) as other:
        for ours, theirs in zip(document._pages, other.pages, strict=True):
            found = painted(ours, document._manager)
            expected = [(clean(char["text"]), *_corners(char, theirs)) for char in theirs.chars]
            assert [(text, *map(_round, box)) for text, box in _pairs(found)] == expected


def _pairs(found):
    return zip(found.texts, found.boxes, strict=True)


def _corners(char, page):
    return tuple(map(_round, (char["x0"], char["y0"], char["x1"], char["y1"])))


def _round(value):
    return round(value, 6)
