"""Prints the tables of a letter to 2018 with fpdf2, cell by cell."""

from collections.abc import Iterator, Sequence

from fpdf import FPDF

from demonstration.report_wording import PrintedTable, Report

from .by_fpdf2 import LetterPages
from .looks import Look

_LABEL = 1.6  # as many times as wide as the others is the first column
_PADDING = 1.0


def print_report(report: Report, addressee: Sequence[str], look: Look) -> bytes:
    """The letter on A4, its tables on a page of their own at the end."""
    pages = LetterPages(report.words)
    pages.letter(report.words, addressee)
    pages.add_page(orientation="L" if look.landscape else "P")
    pages.set_font("Helvetica", "B", look.size + 3)
    pages.cell(0, 6, report.heading, new_x="LMARGIN", new_y="NEXT")
    pages.set_font("Helvetica", "", look.size)
    pages.cell(0, 6, report.period, new_x="LMARGIN", new_y="NEXT")
    for table in report.tables:
        pages.ln(4)
        if table.title:
            pages.set_font("Helvetica", "B", look.size + 1)
            pages.cell(0, 6, table.title, new_x="LMARGIN", new_y="NEXT")
        _Printer(pages, look).table(table)
        if table.note:
            pages.cell(0, 6, table.note, new_x="LMARGIN", new_y="NEXT")
    return bytes(pages.output())


class _Printer:
    def __init__(self, pages: FPDF, look: Look) -> None:
        self.pages, self.look = pages, look
        self.line = look.size * 0.46

    def table(self, table: PrintedTable) -> None:
        self.pages.set_font("Helvetica", "", self.look.size)
        rows = list(_down(table) if self.look.down else _across(table))
        width = self.pages.epw / (_LABEL + len(rows[0]) - 1)
        for number, row in enumerate(rows):
            self._row(row, width, turned=self.look.turned and number == 0 and not self.look.down)

    def _row(self, cells: Sequence[str], width: float, turned: bool) -> None:
        widths = [_LABEL * width] + [width] * (len(cells) - 1)
        lines = [self._broken(text, wide) for text, wide in zip(cells, widths, strict=True)]
        height = self.line * max(map(len, lines)) + 2 * _PADDING
        if turned:
            height = max(map(self.pages.get_string_width, cells[1:])) + 3
        if self.pages.will_page_break(height):
            self.pages.add_page(same=True)
        x, y = self.pages.l_margin, self.pages.get_y()
        for index, (text, wide) in enumerate(zip(lines, widths, strict=True)):
            self._box(text, (x, y, wide, height), turned=turned and index > 0, is_label=index == 0)
            x += wide
        if self.look.rules == "rows":
            self.pages.line(self.pages.l_margin, y + height, x, y + height)
        self.pages.set_y(y + height)

    def _box(
        self, lines: Sequence[str], box: tuple[float, float, float, float], *, turned: bool, is_label: bool
    ) -> None:
        x, y, wide, high = box
        if self.look.rules == "all":
            self.pages.rect(x, y, wide, high)
        if turned:
            with self.pages.rotation(90, x + wide / 2 + 1, y + high - 1):
                self.pages.text(x + wide / 2 + 1, y + high - 1, " ".join(lines))
            return
        for number, line in enumerate(lines):
            free = wide - 2 * _PADDING - self.pages.get_string_width(line)
            part = 0.0 if is_label else {"left": 0.0, "center": 0.5, "right": 1.0}[self.look.align]
            baseline = y + _PADDING + self.line * (number + 0.8)
            self.pages.text(x + _PADDING + part * max(0.0, free), baseline, line)

    def _broken(self, text: str, wide: float) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.pages.get_string_width(longer) > wide - 2 * _PADDING:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines


def _across(table: PrintedTable) -> Iterator[tuple[str, ...]]:
    yield (table.corner, *table.headings)
    for label, cells in table.rows:
        yield (label, *cells)


def _down(table: PrintedTable) -> Iterator[tuple[str, ...]]:
    yield (table.corner, *(label for label, _ in table.rows))
    for index, heading in enumerate(table.headings):
        yield (heading, *(cells[index] for _, cells in table.rows))
