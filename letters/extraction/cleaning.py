"""A clean copy of a letter's PDF, for publication: the same pages and words, and nothing that does anything.

Left out are scripts, launches and other actions, attached files, forms' XFA, whatever stands in other files, who wrote
it with what, older versions within the file, and bytes around it. Kept are tags, bookmarks, links to the web and within
the letter, and the title where the PDF asks for it to be shown. The same file gives the same copy, byte for byte. Runs
in a child process (warm.py).
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Object, Stream

from .pdf import OpenedPdf, open_pdf
from .types import Unreadable


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_WHAT_TO_DO = "Print the letter to a new PDF and upload that."
_CATALOGUE = _names(
    "Type Pages Lang MarkInfo StructTreeRoot Outlines PageLabels Dests Names OCProperties AcroForm "
    "ViewerPreferences"
)
_WITHIN = {
    "Names": _names("Dests"),
    "AcroForm": _names("Fields DR DA Q"),
    "ViewerPreferences": _names("DisplayDocTitle"),
}
_PAGE = _names(
    "Type Parent Resources MediaBox CropBox Rotate Contents Group Annots StructParents Tabs UserUnit "
    "BleedBox TrimBox ArtBox"
)
# Links, and notes that show something and do nothing.
_NOTES = _names(
    "Link Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp "
    "Caret Ink Widget Redact"
)
# Nothing on a page depends on these, wherever they stand: actions and scripts, files, other files' parts, pictures for
# printing only, what programs noted for themselves, and who changed what when.
_NOWHERE = _names(
    "/AA /PA /JS /JavaScript /EF /RF /AF /FS /XFA /OPI /Ref /Alternates /PS /Metadata /PieceInfo "
    "/LastModified /Thumb /SpiderInfo /Schema /RichMediaContent /RichMediaSettings /Movie /Sound /3DD "
    "/PronunciationLexicon /ExData /MDP"
)
_OF_A_STREAM = _names("/F /FFilter /FDecodeParms")
_OF_A_NOTE = _names("/M /CreationDate /NM /RC /Popup /IRT /RT")
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
# Pages are compared as drawn at this share of their size.
_SCALE = 0.5


def clean(content: bytes, most_pages: int) -> bytes:
    """The clean copy. Raises Unreadable where it cannot be made, or would not show the same."""
    opened = open_pdf(content, most_pages)
    try:
        copy = _copied(_without_password(opened))
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(
            "no-copy",
            "No clean copy of this PDF can be made for publication: it is damaged, or built in an unusual way "
            f"({type(error).__name__}). {_WHAT_TO_DO}",
        ) from error
    _refuse_what_differs(opened.document, pypdfium2.PdfDocument(copy))
    return copy


def _without_password(opened: OpenedPdf) -> bytes:
    """The PDF as it is after pdfium has decrypted it: qpdf would look for random bytes in a file."""
    if pdfium.FPDF_GetSecurityHandlerRevision(opened.document) == -1:
        return opened.content
    file = io.BytesIO()
    opened.document.save(file, flags=pdfium.FPDF_REMOVE_SECURITY)
    return file.getvalue()


def _copied(content: bytes) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        title = _shown_title(pdf)
        _strip_catalogue(pdf.Root)
        for page in pdf.pages:
            _strip_page(page.obj)
        for thing in pdf.objects:
            for part in _with_parts(thing):
                _strip(part)
        for key in pdf.trailer.keys() & {"/Info", "/ID"}:
            del pdf.trailer[key]
        if title:
            pdf.docinfo.Title = title
        pdf.save(
            file,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return file.getvalue()


def _shown_title(pdf: pikepdf.Pdf) -> str:
    preferences: Any = pdf.Root.get("/ViewerPreferences")
    shown = isinstance(preferences, Dictionary) and preferences.get("/DisplayDocTitle")
    return str(pdf.docinfo.get("/Title", "")) if shown else ""


def _strip_catalogue(catalogue: Object) -> None:
    _keep_only(catalogue, _CATALOGUE)
    for key, kept in _WITHIN.items():
        if isinstance(catalogue.get(f"/{key}"), Dictionary):
            _keep_only(catalogue[f"/{key}"], kept)


def _strip_page(page: Object) -> None:
    _keep_only(page, _PAGE)
    notes = page.get("/Annots")
    if isinstance(notes, Array):
        page.Annots = Array([note for note in notes if _is_kept(note)])
    elif notes is not None:
        del page.Annots


def _keep_only(holder: Object, kept: frozenset[str]) -> None:
    for key in list(holder.keys()):
        if key[1:] not in kept:
            del holder[key]


def _is_kept(note: Any) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype", ""))[1:] in _NOTES


def _with_parts(thing: Any) -> Iterator[Object]:
    """An object of the file with the dictionaries that stand within it, not those it refers to."""
    waiting = [thing]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (Dictionary, Stream)):
            yield part
            waiting += [value for _, value in part.items() if _stands_within(value)]
        elif isinstance(part, Array):
            waiting += [value for value in part if _stands_within(value)]


def _stands_within(value: Any) -> bool:
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect


def _strip(part: Object) -> None:
    keys = set(part.keys())
    for key in keys & _unwanted(part, keys):
        del part[key]
    if "/A" in keys and _is_action(part.A, keys):
        _strip_action(part)


def _unwanted(part: Object, keys: set[str]) -> frozenset[str]:
    if isinstance(part, Stream):
        return _NOWHERE | _OF_A_STREAM
    if part.get("/FT") == Name.Sig:
        return _NOWHERE | {"/V", "/Lock", "/SV"}
    if "/Rect" in keys and "/Subtype" in keys:
        # The title of a note is its author, that of a field its name.
        return _NOWHERE | _OF_A_NOTE | (frozenset() if part.Subtype == Name.Widget else {"/T"})
    if "/OCGs" in keys or "/BaseState" in keys:
        return _NOWHERE | {"/AS"}
    return _NOWHERE


def _is_action(value: Any, keys: set[str]) -> bool:
    """Whether the value of /A is an action; elements of the tag tree have attributes there, which name their owner."""
    return "/Rect" in keys or "/Title" in keys or (isinstance(value, Dictionary) and "/S" in value)


def _strip_action(holder: Object) -> None:
    """Keep a link to the web or to a place in the letter, by itself; nothing else."""
    action = holder.A
    if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo and "/D" in action:
        holder.A = Dictionary(S=Name.GoTo, D=action.D)
    elif isinstance(action, Dictionary) and action.get("/S") == Name.URI and _is_safe(action.get("/URI")):
        holder.A = Dictionary(S=Name.URI, URI=action.URI)
    else:
        del holder.A


def _is_safe(address: Any) -> bool:
    return isinstance(address, pikepdf.String) and str(address).lower().startswith(_SAFE_LINKS)


def _refuse_what_differs(before: pypdfium2.PdfDocument, after: pypdfium2.PdfDocument) -> None:
    """Raise Unreadable unless both have the same pages, each with the same size, the same text and the same looks."""
    if len(before) != len(after):
        raise _differs("has another number of pages")
    for number, (page, copied) in enumerate(zip(before, after, strict=True), 1):
        if page.get_size() != copied.get_size() or _text(page) != _text(copied):
            raise _differs(f"has other words on page {number}")
        if _looks(page) != _looks(copied):
            raise _differs(f"looks different on page {number}")


def _differs(how: str) -> Unreadable:
    return Unreadable("copy-differs", f"The clean copy of this PDF {how}, so it is not used. {_WHAT_TO_DO}")


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()


def _looks(page: pypdfium2.PdfPage) -> bytes:
    """What is printed on the page, as grey pixels, without notes over it: some are left out of the copy."""
    drawn = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        return bytes(drawn.buffer)
    finally:
        drawn.close()
