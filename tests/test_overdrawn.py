"""What is drawn over a figure, or through it, by whatever means a program has: the figure is for a person."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from tests import odd_pdfs
from tests.odd_pdfs import STATISTICS, placed
from tests.readings import MEASURES, read_here
from tests.test_reading_caveats import lines_of, sure

PLAIN = placed(lines_of(STATISTICS))
ALL = set(MEASURES)


def _place(printed: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of some words on the page of the statistics, in points."""
    text = pypdfium2.PdfDocument(PLAIN)[1].get_textpage()
    start = text.get_text_range().index(printed)
    boxes = [text.get_charbox(index, loose=True) for index in range(start, start + len(printed))]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


X0, Y0, X1, Y1 = _place("88%")
MIDDLE = (Y0 + Y1) / 2
WIDE, HIGH = X1 - X0, Y1 - Y0
AROUND = f"{X0 - 1} {Y0 + 1} {WIDE + 2} {HIGH - 2} re"
CROSS = f"1 w {X0} {Y0} m {X1} {Y1} l S {X0} {Y1} m {X1} {Y0} l S"


def drawn(operators: str, first: bool = False, **resources: Any) -> bytes:
    """The letter with these operators on the page of its statistics, after its text or before it."""
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        page = pdf.pages[1]
        for kind, thing in resources.items():
            page.add_resource(thing(pdf), Name(f"/{kind}"), Name("/Added"))
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q")
        page.contents_add(f"q {operators} Q".encode(), prepend=first)
        return odd_pdfs._saved(pdf)


THROUGH = {
    "a slanted line": f"1 w {X0} {Y0} m {X1} {Y1} l S",
    "a line with a slight slant": f"1 w {X0} {MIDDLE - 2} m {X1} {MIDDLE + 2} l S",
    "an X": CROSS,
    "hatching": " ".join(f"0.5 w {X0 + n * 1.5} {Y0} m {X0 + n * 1.5 + 3} {Y1} l S" for n in range(12)),
    "upright hatching": " ".join(f"0.5 w {X0 + n * 2} {Y0} m {X0 + n * 2} {Y1} l S" for n in range(10)),
    "dashes": " ".join(f"0.5 w {X0 + n * 3} {MIDDLE} m {X0 + n * 3 + 1.5} {MIDDLE} l S" for n in range(7)),
    "a scribble": f"0.7 w {X0} {Y0} m {X0 + 5} {Y1 + 8} {X0 + 10} {Y0 - 8} {X1} {Y1} c S",
    "a slanted sliver": f"{X0} {Y0} m {X1} {Y1 - 1} l {X1} {Y1} l {X0} {Y0 + 1} l f",
    "an X over the whole block": (
        f"1 w {X0 - 8} {Y0 - 80} m 500 {Y1 + 20} l S {X0 - 8} {Y1 + 20} m 500 {Y0 - 80} l S"
    ),
}
OVER = {
    "a framed white box": f"1 g 1 0 0 RG {AROUND} B",
    "a framed grey box": f"0.9 g 0 G {AROUND} B",
    "a black box": f"0 g {AROUND} f",
    "a white disc": (
        f"1 g {X0 - 2} {MIDDLE} m {X0 - 2} {Y1 + 3} {X1 + 2} {Y1 + 3} {X1 + 2} {MIDDLE} c"
        f" {X1 + 2} {Y0 - 3} {X0 - 2} {Y0 - 3} {X0 - 2} {MIDDLE} c f"
    ),
}


@pytest.mark.parametrize("first", [False, True], ids=["after the text", "before it"])
@pytest.mark.parametrize("operators", THROUGH.values(), ids=THROUGH)
def test_what_a_line_of_any_slant_goes_through_is_for_a_person(operators, first):
    reading = read_here(drawn(operators, first))
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize("operators", OVER.values(), ids=OVER)
def test_what_a_box_covers_is_for_a_person(operators):
    reading = read_here(drawn(operators))
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize("colour", ["0 g", "1 0 0 rg"])
@pytest.mark.parametrize(
    "letters",
    [f"28 Tf {X0 - 2} {Y0 - 4} Td (X)", f"20 Tf 0.7 0.7 -0.7 0.7 {X0} {Y0 - 4} Tm (----)"],
    ids=["X", "slanted dashes"],
)
def test_what_large_print_is_typed_over_is_for_a_person(letters, colour):
    reading = read_here(drawn(f"{colour} BT /F1 {letters} Tj ET"))
    assert "compliance" not in sure(reading)
    assert reading.problems


def _shading(_: pikepdf.Pdf) -> Dictionary:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0.6, 0.6, 0.6], N=1)
    return Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceRGB,
        Coords=[X0, Y0, X1, Y0],
        Extend=[True, True],
        Function=function,
    )


def _form(operators: str, **resources: Any) -> Any:
    return lambda pdf: pdf.make_stream(
        operators.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 700, 900],
        Resources=Dictionary({f"/{kind}": Dictionary(Added=thing(pdf)) for kind, thing in resources.items()}),
    )


def _picture(picture: Image.Image) -> Any:
    """A picture as PDF has it, see-through where it is."""

    def made(pdf: pikepdf.Pdf, layer: Image.Image, colours: Name) -> pikepdf.Stream:
        return pdf.make_stream(
            layer.tobytes(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=layer.width,
            Height=layer.height,
            ColorSpace=colours,
            BitsPerComponent=8,
        )

    def both(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        shown = made(pdf, picture.convert("RGB"), Name.DeviceRGB)
        shown.SMask = made(pdf, picture.getchannel("A"), Name.DeviceGray)
        return shown

    return both


def _see_through(*, box: bool) -> Image.Image:
    """A picture of 400 by 300 points, empty but for an X at the figure, or a white box."""
    picture = Image.new("RGBA", (1200, 900), (0, 0, 0, 0))
    left, top, right, bottom = 90, 600 - 3 * HIGH, 90 + 3 * WIDE, 600
    draw = ImageDraw.Draw(picture)
    if box:
        draw.rectangle((left, top, right, bottom), fill=(255, 255, 255, 255), outline=(0, 0, 0, 255))
    else:
        draw.line((left, top, right, bottom), fill=(255, 0, 0, 255), width=4)
        draw.line((left, bottom, right, top), fill=(255, 0, 0, 255), width=4)
    return picture


NOISE = _picture(Image.effect_noise((60, 30), 60).convert("RGBA"))
SMALL = f"q {WIDE + 2} 0 0 {HIGH} {X0 - 1} {Y0} cm /Added Do Q"
LARGE = f"q 400 0 0 300 {X0 - 30} {Y0 - 100} cm /Added Do Q"


@pytest.mark.parametrize(
    ("operators", "resources"),
    [
        (f"{AROUND} W n /Added sh", {"Shading": _shading}),
        ("/Added Do", {"XObject": _form(f"0.9 g {AROUND} B")}),
        ("/Added Do", {"XObject": _form(CROSS)}),
        (SMALL, {"XObject": NOISE}),
        ("/Added Do", {"XObject": _form(SMALL, XObject=NOISE)}),
        (LARGE, {"XObject": _picture(_see_through(box=False))}),
        (LARGE, {"XObject": _picture(_see_through(box=True))}),
    ],
    ids=[
        "shading", "a box in a form", "an X in a form", "a picture", "a picture in a form", "a large picture",
        "a large picture with a box",
    ],
)  # fmt: skip
def test_what_other_things_cover_is_for_a_person(operators, resources):
    reading = read_here(drawn(operators, **resources))
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize(
    "kind", ["Highlight", "Underline", "Link", "Ink", "Stamp", "Square", "StrikeOut", "Widget"]
)
@pytest.mark.filterwarnings("ignore:This document has 1 form widget")  # the page alone is looked at
@pytest.mark.parametrize("beyond", [1, 280], ids=["small", "over most of the page"])
def test_what_a_note_draws_over_a_figure_is_seen(kind, beyond):
    """Also notes that usually leave what is under them as it was, and those that are as large as the page."""
    rect = [max(0, X0 - beyond), Y0 - beyond, X1 + 2 * beyond, Y1 + beyond]
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        look = pdf.make_stream(f"1 g {AROUND} B".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=rect)
        note = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect), F=4, AP=Dictionary(N=look)
        )
        pdf.pages[1].Annots = Array([pdf.make_indirect(note)])
        reading = read_here(odd_pdfs._saved(pdf))
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize(
    ("operators", "first"),
    [
        (f"0.5 w {X0} {Y0 + 0.5} m {X1} {Y0 + 0.5} l S", False),
        (f"1 w {X0 - 3} {Y0 - 2} {WIDE + 6} {HIGH + 4} re S", False),
        (f"0.8 0.9 1 rg {X0 - 3} {Y0 - 2} {WIDE + 6} {HIGH + 4} re f", True),
        (f"1 1 0 rg 0 G {X0 - 3} {Y0 - 2} {WIDE + 6} {HIGH + 4} re B", True),
        ("0.85 0.9 0.85 rg 0 0 700 900 re f", True),
        (f"1 w {X0 - 1} {Y0} m {X0 - 1} {Y1} l S {X1 + 1} {Y0} m {X1 + 1} {Y1} l S", False),
        (LARGE, True),
    ],
    ids=[
        "underlined", "framed", "on a tint", "on a framed tint", "on coloured paper", "beside upright lines",
        "on a large picture",
    ],
)  # fmt: skip
def test_what_stands_beside_or_under_a_figure_does_no_harm(operators, first):
    resources = {"XObject": _picture(_see_through(box=True))} if "Do" in operators else {}
    assert sure(read_here(drawn(operators, first, **resources))) == ALL


def test_white_print_on_a_dark_tile_is_read_unless_something_goes_through_it():
    """The whole page on a dark ground, its print in white, as in tiles of large numbers."""
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        page = pdf.pages[1]
        words = page.Contents.read_bytes()
        dark = b"q 0.1 0.2 0.4 rg 0 0 700 900 re f Q 1 g "
        page.Contents = pdf.make_stream(dark + words)
        whole = odd_pdfs._saved(pdf)
        page.Contents = pdf.make_stream(dark + words + f" q 1 G {CROSS} Q".encode())
        crossed = odd_pdfs._saved(pdf)
    assert sure(read_here(whole)) == ALL
    assert "compliance" not in sure(read_here(crossed))


@pytest.mark.parametrize(("printed", "is_sure"), [("upheld decisions", True), ("6 detailed", False)])
def test_a_long_word_may_reach_into_the_rule_of_its_cell_but_not_a_number(printed, is_sure):
    left, bottom, _, top = _place(printed)
    reading = read_here(drawn(f"0.5 w {left + 3} {bottom} m {left + 3} {top} l S"))
    assert ("upheld" in sure(reading)) == is_sure
