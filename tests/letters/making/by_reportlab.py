"""Prints by ReportLab: words placed one by one, fonts that are not embedded or under names of their own."""

from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from .page import Cells, Node, Page, Text, runs

_FONTS = {"sans": "Helvetica", "serif": "Times-Roman", "odd": "Vera"}
_BOLD = {"sans": "Helvetica-Bold", "serif": "Times-Bold", "odd": "VeraBd"}
_ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
_RULES = {"all": "GRID", "rows": "LINEBELOW"}


def printed(page: Page) -> bytes:
    """The letter as a PDF; the same bytes for the same letter."""
    _register()
    size = landscape(A4) if page.landscape else A4
    edges = dict.fromkeys(["leftMargin", "rightMargin", "topMargin", "bottomMargin"], page.margin * mm)
    out = BytesIO()
    document = SimpleDocTemplate(out, pagesize=size, invariant=1, **edges)
    width = size[0] - 2 * page.margin * mm - 12

    def edge(canvas, _document):
        canvas.setFont(_FONTS[page.font], 8)
        canvas.drawString(page.margin * mm, size[1] - 30, page.header)
        canvas.drawRightString(size[0] - page.margin * mm, 25, f"{page.footer} {canvas.getPageNumber()}")

    flowables = [_flowable(node, width, page.font) for node in page.nodes]
    document.build(flowables, onFirstPage=edge, onLaterPages=edge)
    return out.getvalue()


@cache
def _register() -> None:
    for name in ("Vera", "VeraBd"):
        registerFont(TTFont(name, f"{name}.ttf"))
    registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")


def _flowable(node: Node, width: float, font: str) -> Flowable:
    if isinstance(node, Text):
        return _paragraph(node, font)
    if isinstance(node, Cells):
        return _table(node, width, font)
    return PageBreak()


def _paragraph(text: Text, font: str) -> Paragraph:
    parts = []
    for piece, bold, raised in runs(text.text):
        marked = f"<b>{escape(piece)}</b>" if bold else escape(piece)
        parts.append(f"<super>{marked}</super>" if raised else marked)
    style = ParagraphStyle(
        "text",
        fontName=(_BOLD if text.bold else _FONTS)[font],
        fontSize=text.size,
        leading=text.size * 1.25,
        alignment=_ALIGN[text.align],
        textColor=text.colour,
        spaceAfter=text.after,
        splitLongWords=1,
        keepWithNext=text.bold,
    )
    return Paragraph("".join(parts), style)


def _table(cells: Cells, width: float, font: str) -> Table:
    shares = [width * share / sum(cells.widths) for share in cells.widths]
    rows = [
        [[_flowable(node, wide - 12, font) for node in cell] for cell, wide in zip(row, shares, strict=True)]
        for row in cells.rows
    ]
    styles: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if cells.rules != "none":
        styles.append((_RULES[cells.rules], (0, 0), (-1, -1), 0.5, "#555555"))
    return Table(rows, colWidths=shares, style=styles, spaceAfter=8)
