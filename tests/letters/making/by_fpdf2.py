"""Prints by fpdf2, line by line, in the fonts that every PDF reader has."""

from datetime import UTC, datetime

from fpdf import FPDF

from .page import Break, Cells, Node, Page, Text

_FONTS = {"sans": "Helvetica", "serif": "Times", "odd": "Courier"}
_RAISED = str.maketrans("123", "\u00b9\u00b2\u00b3")


def printed(page: Page) -> bytes:
    """The letter as a PDF; the same bytes for the same letter."""
    sheet = _Sheet(page)
    for node in page.nodes:
        sheet.put(node, sheet.l_margin, sheet.epw)
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, page: Page):
        super().__init__(format="A4", orientation="landscape" if page.landscape else "portrait")
        self.core_fonts_encoding = "windows-1252"
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.page_of, self.family = page, _FONTS[page.font]
        self.set_margin(page.margin)
        self.set_auto_page_break(True, margin=page.margin)
        self.add_page()

    def header(self) -> None:
        self.set_char_spacing(0)
        self.set_font(self.family, "", 8)
        self.text(self.l_margin, 12, self.page_of.header)
        self.set_y(self.page_of.margin)

    def footer(self) -> None:
        self.set_char_spacing(0)
        self.set_font(self.family, "", 8)
        self.text(self.w / 2, self.h - 9, f"{self.page_of.footer} {self.page_no()}")

    def put(self, node: Node, left: float, width: float) -> None:
        if isinstance(node, Break):
            self.add_page()
        elif isinstance(node, Text):
            self._write(node, left, width)
        else:
            self._cells(node, left, width)

    def _write(self, text: Text, left: float, width: float) -> None:
        self.set_font(self.family, "B" if text.bold else "", text.size)
        self.set_char_spacing(text.tracking)
        self.set_text_color(text.colour)
        self.set_x(left)
        words = _with_raised(text.text).encode("cp1252", "replace").decode("cp1252")
        self.multi_cell(
            width, text.size * 0.44, words, align=text.align[0].upper(), markdown="**" in words,
            new_x="LEFT", new_y="NEXT", padding=0,
        )  # fmt: skip
        self.set_y(self.get_y() + text.after * 0.35)

    def _height(self, text: Node, width: float) -> float:
        self.set_font(self.family, "B" if text.bold else "", text.size)
        self.set_char_spacing(text.tracking)
        words = _with_raised(text.text).encode("cp1252", "replace").decode("cp1252")
        high = self.multi_cell(
            width, text.size * 0.44, words, markdown="**" in words, dry_run=True, output="HEIGHT"
        )
        return high + text.after * 0.35

    def _cells(self, cells: Cells, left: float, width: float) -> None:
        shares = [width * share / sum(cells.widths) for share in cells.widths]
        for row in cells.rows:
            self._row(row, shares, left, cells.rules)
        self.set_y(self.get_y() + 3)

    def _row(self, row: tuple[tuple[Node, ...], ...], shares: list[float], left: float, rules: str) -> None:
        heights = (
            sum(self._height(node, wide - 3) for node in cell) for cell, wide in zip(row, shares, strict=True)
        )
        if self.will_page_break(max(heights) + 2):
            self.add_page()
        top, low, x = self.get_y(), self.get_y(), left
        for cell, wide in zip(row, shares, strict=True):
            self.set_y(top + 1)
            for node in cell:
                self.put(node, x + 1.5, wide - 3)
            low, x = max(low, self.get_y()), x + wide
        self._rule(top, low, left, shares, rules)
        self.set_y(low)

    def _rule(self, top: float, low: float, left: float, shares: list[float], rules: str) -> None:
        if rules == "rows":
            self.line(left, low, left + sum(shares), low)
        for number, wide in enumerate(shares if rules == "all" else []):
            self.rect(left + sum(shares[:number]), top, wide, low - top)


def _with_raised(text: str) -> str:
    parts = text.split("^^")
    return "".join(part.translate(_RAISED) if index % 2 else part for index, part in enumerate(parts))
