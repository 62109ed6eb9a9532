"""Opens a PDF: is it one, may it be read, and does it carry what a letter should not. Only ever in a child process."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.pdftypes import resolve1

from .by_pdfminer import SlowDocument
from .types import Problem, Unreadable

_MAGIC = b"%PDF-"
# Actions that do more than lead to another place of the same document or of the web.
_ACTIVE = frozenset(
    ("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToR", "GoToE", "Rendition", "Movie", "Sound")
)
_ACTIVE_NOTES = frozenset(("FileAttachment", "RichMedia", "Movie", "Screen", "Sound", "3D"))
# How many annotations of a page are looked at; a letter has a few links.
_NOTES = 500


@dataclass(frozen=True)
class OpenedPdf:
    """A PDF that pdfium can open, from its header on, with what a reviewer should know of the file."""

    content: bytes
    document: pypdfium2.PdfDocument
    problems: tuple[Problem, ...]

    @property
    def page_count(self) -> int:
        return len(self.document)


def open_pdf(content: bytes, most_pages: int) -> OpenedPdf:
    """The PDF, opened by pdfium. Raises Unreadable if it is none, is locked, or has no or too many pages."""
    start = _start(content)
    document = _opened(content[start:])
    pages = len(document)
    if pages == 0:
        raise Unreadable(
            "no-pages", "The PDF has no pages. Ask for the letter again, or print it to a new PDF."
        )
    if pages > most_pages:
        raise Unreadable(
            "too-many-pages",
            f"The PDF has {pages:,} pages; a letter has no more than {most_pages}. Upload the letter by itself.",
        )
    return OpenedPdf(content[start:], document, tuple(_flags(document, start)))


def _start(content: bytes) -> int:
    if not content:
        raise Unreadable(
            "empty", "The file is empty. Upload it again; if it stays empty, ask for the letter again."
        )
    start = content.find(_MAGIC)
    if start < 0:
        raise Unreadable(
            "not-a-pdf", "The file is not a PDF, whatever its name says. Upload the letter as a PDF."
        )
    return start


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "encrypted",
                "The PDF is locked with a password. Unlock it, or ask for the letter without a password.",
            ) from error
        if error.err_code == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable(
                "encrypted",
                "The PDF is encrypted in a way that cannot be read. Ask for the letter without encryption.",
            ) from error
        raise Unreadable(
            "broken",
            "The PDF is damaged and cannot be opened. Ask for the letter again, or print it to a new PDF.",
        ) from error


def _flags(document: pypdfium2.PdfDocument, junk: int) -> Iterator[Problem]:
    if junk:
        message = f"{junk:,} bytes stand before the PDF in the file; they were left out. Check its origin."
        yield Problem("leading-junk", None, message)
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        message = (
            "The PDF restricts what may be done with it (an owner's password). It was read all the same; the copy that"
            " is published restricts nothing."
        )
        yield Problem("restricted", None, message)


def active_content(slow: SlowDocument) -> list[Problem]:
    """What the file would do when it is opened or clicked, beyond showing pages and following links."""
    found = {*_in_catalog(slow.catalog)}
    for attributes in slow.page_attributes():
        found |= {*_in_page(attributes)}
    if not found:
        return []
    message = (
        f"The PDF carries active content ({', '.join(sorted(found))}). It is left out of the copy"
        " that is published; find out why it is there."
    )
    return [Problem("active-content", None, message)]


def _in_catalog(catalog: dict[str, Any]) -> Iterator[str]:
    yield from _in_actions(catalog)
    names = _dictionary(catalog.get("Names"))
    if "JavaScript" in names:
        yield "JavaScript"
    if "EmbeddedFiles" in names:
        yield "attached files"
    if "XFA" in _dictionary(catalog.get("AcroForm")):
        yield "an XFA form"


def _in_page(attributes: dict[str, Any]) -> Iterator[str]:
    yield from _in_actions(attributes)
    notes = resolve1(attributes.get("Annots"))
    for note in notes[:_NOTES] if isinstance(notes, list) else ():
        about = _dictionary(note)
        if (kind := _name(about.get("Subtype"))) in _ACTIVE_NOTES:
            yield kind
        yield from _in_actions(about)


def _in_actions(holder: dict[str, Any]) -> Iterator[str]:
    """The active ones among the actions that a catalogue, page or annotation has."""
    for action in (holder.get("OpenAction"), holder.get("A"), *_dictionary(holder.get("AA")).values()):
        about = _dictionary(action)
        kind = _name(about.get("S"))
        if kind in _ACTIVE:
            yield kind
        if kind == "URI" and str(resolve1(about.get("URI"))).lower().lstrip("b'\" ").startswith(
            "javascript:"
        ):
            yield "JavaScript"


def _dictionary(value: Any) -> dict[str, Any]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, dict) else {}


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), "name", ""))
