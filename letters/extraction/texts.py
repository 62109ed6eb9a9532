"""A letter's text by two readers: all of it in passing, and what is visible of the pages that matter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pypdfium2

from .by_pdfium import FastPage
from .by_pdfminer import SlowDocument
from .covered import without_struck_out
from .formats.sentences import goes_on_with_statistics, states_statistics
from .formats.signs import goes_on_with_tables, has_tables
from .glyphs import Sheet
from .ink import Ink
from .layout import as_stored
from .letterhead import may_promise
from .pdf import OpenedPdf, active_content
from .types import SCAN, Problem, Unreadable

# A letter with fewer visible characters has no text worth reading, a page with fewer is blank or a picture.
LEAST_TEXT = 200
_LEAST_TEXT_OF_A_PAGE = 20
# A share of a page: pictures that cover more of it are what the page is there to show.
_MOST_OF_A_PAGE = 0.5


@dataclass
class Text:
    """Pages by number: as stored (`raw`), and as either reader sees them."""

    raw: dict[int, str] = field(default_factory=dict)
    fast: dict[int, Sheet] = field(default_factory=dict)
    slow: dict[int, Sheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Pages whose text is from OCR, or may be; and pages that show something, but next to nothing that can be read.
    from_pictures: set[int] = field(default_factory=set)
    scanned: set[int] = field(default_factory=set)
    # Whether fonts contradict themselves on what their digits are: then neither reader is to be believed.
    doubtful_fonts: bool = False

    @property
    def statistics(self) -> list[int]:
        """The pages that may state statistics, or go on with them, by what either reader finds on them."""
        state = {page for page in self.raw if any(map(states_statistics, self._versions(page)))}
        go_on = {page for page in self.raw if page - 1 in state and goes_on_with_statistics(self.raw[page])}
        return sorted((state | go_on) & set(self.fast))

    @property
    def tables(self) -> list[int]:
        """The pages that may hold tables of statistics, or go on with them."""
        hold = {page for page in self.raw if any(map(has_tables, self._versions(page)))}
        go_on = {page for page in self.raw if page - 1 in hold and goes_on_with_tables(self.raw[page])}
        return sorted((hold | go_on) & set(self.fast))

    def _versions(self, page: int) -> Iterator[str]:
        yield self.raw[page]
        if page in self.slow:
            yield as_stored([self.slow[page]]).text

    @property
    def first(self) -> int:
        """The page on which the letter greets its reader."""
        return next((page for page in self.fast if _greets(self.raw[page])), min(self.fast))

    @property
    def hidden(self) -> list[int]:
        """The pages that state statistics in text which is not shown on them."""
        return [
            page
            for page, sheet in self.fast.items()
            if states_statistics(self.raw[page]) and not states_statistics(as_stored([sheet]).text)
        ]

    @property
    def blank(self) -> list[int]:
        """The pages without text, which may be pictures."""
        return [page for page, raw in self.raw.items() if len("".join(raw.split())) < _LEAST_TEXT_OF_A_PAGE]


def text_of(opened: OpenedPdf) -> Text:
    """The letter's text. Raises Unreadable where next to nothing of it is visible."""
    text = Text()
    inks = _read_fast(opened, text)
    _refuse_without_text(text)
    _read_slow(opened, text, inks)
    return text


def _read_fast(opened: OpenedPdf, text: Text) -> dict[int, Ink]:
    """The pages that matter; all of them where none seems to state statistics, to look more closely."""
    inks: dict[int, Ink] = {}
    _look_at(range(1, opened.page_count + 1), opened, text, inks)
    if not any(states_statistics(raw) or has_tables(raw) for raw in text.raw.values()):
        _look_at([page for page in text.raw if page not in text.fast], opened, text, inks, closely=True)
    return inks


def _look_at(
    pages: Iterable[int], opened: OpenedPdf, text: Text, inks: dict[int, Ink], closely: bool = False
) -> None:
    for number in pages:
        try:
            with FastPage(opened.document, number) as page:
                text.raw[number] = page.text()
                if closely or _matters(number, text.raw):
                    text.fast[number], inks[number] = page.sheet()
                    if inks[number].from_picture:
                        text.from_pictures.add(number)
                if _is_scanned(page, text):
                    text.scanned.add(number)
                else:
                    text.scanned.discard(number)
        except pypdfium2.PdfiumError:
            text.raw[number] = ""
            message = f"Page {number} is damaged and was not read. Look at it in the PDF itself."
            text.problems.append(Problem("page-broken", None, message))


def _matters(number: int, raw: Mapping[int, str]) -> bool:
    here, before = raw[number], raw.get(number - 1, "")
    goes_on = states_statistics(before) and goes_on_with_statistics(here)
    tables = has_tables(here) or (has_tables(before) and goes_on_with_tables(here))
    return number == 1 or _greets(here) or may_promise(here) or states_statistics(here) or goes_on or tables


def _is_scanned(page: FastPage, text: Text) -> bool:
    """Whether a page shows something, but next to nothing that can be read; a stamp on a scan is next to nothing."""
    sheet = text.fast.get(page.number)
    legible = sheet.legible if sheet else len("".join(text.raw[page.number].split()))
    if legible < _LEAST_TEXT_OF_A_PAGE:
        return not page.is_blank()
    return legible < LEAST_TEXT and page.pictures.share > _MOST_OF_A_PAGE


def _greets(raw: str) -> bool:
    return re.search(r"\bDear\b", raw) is not None


def _refuse_without_text(text: Text) -> None:
    visible = sum(sheet.legible for sheet in text.fast.values())
    if visible >= LEAST_TEXT:
        return
    if text.scanned:
        raise Unreadable(
            SCAN,
            "This letter is a scan: it shows next to no text, only pictures of pages. Ask for the letter as it was"
            " written, or enter its figures by hand.",
        )
    raise Unreadable(
        "no-text",
        "The PDF shows next to no text, and nothing else that could be read. Ask for the letter again, or enter its"
        " figures by hand.",
    )


def _read_slow(opened: OpenedPdf, text: Text, inks: dict[int, Ink]) -> None:
    """The same pages by the second reader. It fails in many ways on files that pdfium can read."""
    try:
        document = SlowDocument(opened.content, opened.page_count)
        text.problems += active_content(document)
        for page in sorted({*text.statistics, *text.tables}) or list(text.fast):
            slow = document.sheet(page, inks[page])
            text.slow[page] = without_struck_out(slow, slow.rules)
            if text.fast[page].turns == slow.turns:
                text.fast[page] = without_struck_out(text.fast[page], slow.rules)
        text.doubtful_fonts = document.has_doubtful_fonts()
    except MemoryError:
        raise
    except Exception as error:
        text.slow.clear()
        message = (
            f"The second reader cannot read this file ({type(error).__name__}), so no figure is checked by it, nor"
            " whether the file carries active content. Compare every figure with the letter."
        )
        text.problems.append(Problem("second-reader-failed", None, message))
