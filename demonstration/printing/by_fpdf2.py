"""Prints a letter with fpdf2 and the fonts that every PDF reader has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache

from fpdf import FPDF

from demonstration.wording import Paragraph, StatisticBlock, Wording

from .lines import Run, broken

_MARGIN = 24
_TOP = 28
_WIDTH = 210 - 2 * _MARGIN
_GAP = 6
_PALE = (229, 236, 241)
_BLUE = (24, 72, 104)


@dataclass(frozen=True)
class _Style:
    """Size in points, colour, and whether all of it is bold."""

    size: float
    bold: bool = False
    colour: tuple[int, int, int] = (20, 20, 20)

    @property
    def leading(self) -> float:
        """From one line to the next, in millimetres."""
        return self.size * 0.46


_TEXT = _Style(11)
_TITLE = _Style(13, True, _BLUE)
_LETTERHEAD = _Style(15, True, _BLUE)
_BLOCK_HEADING = _Style(11.5, True, _BLUE)
_RATE = _Style(34, True, _BLUE)
_SENTENCE = _Style(10.5)
_COUNT = _Style(20, True)
_COUNT_LABEL = _Style(9)
_SMALL = _Style(8, colour=(90, 90, 90))


def print_wording(words: Wording, addressee: Sequence[str], side_by_side: bool) -> bytes:
    """The letter on A4, its statistics on a page of their own at the end."""
    page = LetterPages(words)
    page.letter(words, addressee)
    page.statistics(words, side_by_side)
    return bytes(page.output())


class LetterPages(FPDF):
    """The pages of one letter; what follows its signature is put on them afterwards."""

    def __init__(self, words: Wording):
        super().__init__(format="A4")
        self.notice = words.notice
        # Windows' Latin has the dashes and curly quotes that plain Latin-1 lacks.
        self.core_fonts_encoding = "windows-1252"
        self.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        self.set_title(words.title)
        self.set_subject(words.notice)
        self.set_lang("en-GB")
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN)
        self.add_page()

    def header(self) -> None:
        self.set_y(11)
        self._write(self.notice, _SMALL)
        self.set_y(_TOP)

    def footer(self) -> None:
        self.set_y(-15)
        self._write(f"{self.notice} Page {self.page_no()}", _SMALL)

    def letter(self, words: Wording, addressee: Sequence[str]) -> None:
        """The letter itself, from its letterhead to the signature."""
        self.opening(words, addressee)
        for paragraph in words.body:
            self.paragraph(paragraph)
        self.signature(words.sign_off)

    def opening(self, words: Wording, addressee: Sequence[str]) -> None:
        self._write(words.letterhead, _LETTERHEAD, after=9)
        self._write(words.date, after=4)
        self._write("By email", after=6)
        for line in addressee:
            self._write(line)
        self.ln(6)
        self._write(words.greeting, after=5)
        self._write(words.title, _TITLE, after=2)

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph or heading that is never torn apart; a heading stays with what follows."""
        style = _TITLE if paragraph.is_heading else _TEXT
        lines = len(_lines(paragraph.text, style, _WIDTH))
        self._keep_room(30 if paragraph.is_heading else lines * style.leading)
        self._write(paragraph.text, style, after=2 if paragraph.is_heading else 3.5)

    def signature(self, lines: Sequence[str]) -> None:
        self._keep_room(45)
        self._write(lines[0], after=14)
        for line in lines[1:]:
            self._write(line)

    def statistics(self, words: Wording, side_by_side: bool) -> None:
        if not words.has_statistics:
            return
        self.add_page()
        if words.overview:
            self._write(words.overview, after=6)
        if side_by_side:
            self._beside_each_other(words.blocks)
        else:
            for block in words.blocks:
                self._under_the_last(block)

    def _beside_each_other(self, blocks: Sequence[StatisticBlock]) -> None:
        top, width = self.get_y(), (_WIDTH - 2 * _GAP) / 3
        for column, block in enumerate(blocks):
            self.set_xy(_MARGIN + column * (width + _GAP), top)
            self._heading(block, width, height=18)
            if block.rate:
                self._write(block.rate, _RATE, width, after=2)
            self._sentences(block, width)

    def _under_the_last(self, block: StatisticBlock) -> None:
        self._heading(block, _WIDTH, height=7)
        if block.rate:
            top = self.get_y()
            self._write(block.rate, _RATE)
            self.set_y(top)
        self.set_x(_MARGIN + 48)
        self._sentences(block, _WIDTH - 48)
        self.set_xy(_MARGIN, self.get_y() + 9)

    def _heading(self, block: StatisticBlock, width: float, height: float) -> None:
        left, top = self.get_x(), self.get_y()
        self._write(block.heading, _BLOCK_HEADING, width)
        self.set_draw_color(*_BLUE)
        self.line(left, top + height, left + width, top + height)
        self.set_xy(left, top + height + 3)

    def _sentences(self, block: StatisticBlock, width: float) -> None:
        for sentence in block.sentences:
            self._write(sentence, _SENTENCE, width, after=2.5)
        if block.count:
            self._count(block.count, min(width, 55))
        for note in block.small_print:
            self._write(note, _SMALL, width, after=2)

    def _count(self, count: tuple[str, str], width: float) -> None:
        left, top = self.get_x(), self.get_y()
        self.set_fill_color(*_PALE)
        self.rect(left, top, width, 18, style="F")
        self.set_xy(left, top + 2)
        self._write(count[0], _COUNT, width, centred=True)
        self._write(count[1], _COUNT_LABEL, width, centred=True)
        self.set_xy(left, top + 22)

    def _keep_room(self, height: float) -> None:
        """Start a new page where what follows would be torn apart."""
        if self.will_page_break(height):
            self.add_page()

    def _write(
        self,
        text: str,
        style: _Style = _TEXT,
        width: float = _WIDTH,
        *,
        after: float = 0,
        centred: bool = False,
    ) -> None:
        """Set the text in lines of `width` from where the pen is; the pen goes under it."""
        left = self.get_x()
        self.set_text_color(*style.colour)
        for line in _lines(text, style, width):
            used = sum(_width(run, style.size) for run in line)
            self.set_x(left + (width - used) / 2 if centred else left)
            self._line(line, style)
        self.set_xy(left, self.get_y() + after)

    def _line(self, runs: Sequence[Run], style: _Style) -> None:
        x, baseline = self.get_x(), self.get_y() + style.leading * 0.75
        for run in runs:
            self.set_font("Helvetica", "B" if run.bold else "", style.size)
            self.text(x, baseline, run.text)
            x += _width(run, style.size)
        self.set_y(self.get_y() + style.leading)


def _lines(text: str, style: _Style, width: float) -> list[list[Run]]:
    return broken(text, width, lambda run: _width(run, style.size), style.bold)


@cache
def _ruler() -> FPDF:
    ruler = FPDF()
    ruler.core_fonts_encoding = "windows-1252"
    return ruler


@lru_cache(maxsize=20_000)
def _width(run: Run, size: float) -> float:
    """In millimetres. Letters share most of their words, so these are remembered from one to the next."""
    _ruler().set_font("Helvetica", "B" if run.bold else "", size)
    return _ruler().get_string_width(run.text)
