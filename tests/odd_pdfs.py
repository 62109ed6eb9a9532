"""Makes PDFs for tests of reading: plain letters with any words, and broken, hostile and deceptive files."""

import io
import random
import zlib
from collections.abc import Iterable, Sequence
from functools import reduce

import pikepdf
from fpdf import FPDF
from PIL import Image

_LAST_DEFLATED_BLOCK = b"\x03\x00"  # final, of fixed codes, empty
OPENING = (
    "Local Government & Social Care OMBUDSMAN",
    "22 July 2020",
    "By email",
    "Ms Example\nChief Executive\nWellingborough Borough Council",
    "Dear Ms Example",
    "Annual Review letter 2020",
    "This is our annual summary of statistics on the decisions made by the Local Government and Social Care Ombudsman"
    " about your authority for the year ending 31 March 2020.",
    "This data will be uploaded to our interactive map, along with a copy of this letter on 29 July 2020.",
    "Yours sincerely,",
)
UPHELD = (
    "Complaints upheld",
    "67% of complaints we investigated were upheld.",
    "This compares to an average of 45% in similar authorities.",
    "4\nupheld decisions",
    "Statistics are based on a total of 6 detailed investigations for the period between 1 April 2019 to 31 March 2020",
)
COMPLIANCE = (
    "Compliance with Ombudsman recommendations",
    "In 88% of cases we were satisfied the authority had successfully implemented our recommendations.",
    "This compares to an average of 99% in similar authorities.",
    "Statistics are based on a total of 8 compliance outcomes for the period between 1 April 2019 to 31 March 2020",
)
REMEDIES = (
    "Satisfactory remedies provided by the authority",
    "In 25% of upheld cases we found the authority had provided a satisfactory remedy before the complaint reached"
    " the Ombudsman.",
    "This compares to an average of 20% in similar authorities.",
    "1\nsatisfactory remedy decision",
    "Statistics are based on a total of 4 detailed investigations for the period between 1 April 2019 to 31 March 2020",
)
STATISTICS = (*UPHELD, *COMPLIANCE, *REMEDIES)


def letter(statistics: Iterable[str] = STATISTICS, opening: Iterable[str] = OPENING) -> bytes:
    """A letter whose paragraphs are these: the opening on the first page, the statistics on the second."""
    pdf = _page()
    _paragraphs(pdf, opening)
    pdf.add_page()
    _paragraphs(pdf, statistics)
    return bytes(pdf.output())


def stretched(gap: float) -> bytes:
    """The letter with this much more space (millimetres) between the words of the address, as if it were justified."""
    address = OPENING[3].split("\n")
    pdf = _page()
    for number, line in enumerate("\n".join(OPENING).split("\n")):
        x = 20.0
        for word in line.split():
            pdf.text(x, 30 + 6 * number, word)
            x += pdf.get_string_width(word + " ") + (gap if line in address else 0)
    pdf.add_page()
    _paragraphs(pdf, STATISTICS)
    return bytes(pdf.output())


def placed(texts: Iterable[tuple[float, float, str, float]], opening: Iterable[str] = OPENING) -> bytes:
    """A letter whose second page holds each text at x, y (millimetres, of its baseline) in a size in points."""
    pdf = _page()
    _paragraphs(pdf, opening)
    pdf.add_page()
    for x, y, text, size in texts:
        pdf.set_font(size=size)
        pdf.text(x, y, text)
    return bytes(pdf.output())


def columns(
    blocks: Sequence[Sequence[str]], width: float = 50, gap: float = 5, by_line: bool = False
) -> bytes:
    """Blocks side by side; `by_line` stores them line by line across the page, as some programs do."""
    pdf = _page()
    lines = [_lines(pdf, block, width) for block in blocks]
    texts = [
        (20 + column * (width + gap), 30 + row * 5.0, text, 10.0)
        for column, block in enumerate(lines)
        for row, text in enumerate(block)
    ]
    return placed(sorted(texts, key=lambda text: text[1]) if by_line else texts)


def scattered(paragraphs: Sequence[str] = STATISTICS, seed: int = 3) -> bytes:
    """A letter whose second page stores every word by itself, in any order."""
    pdf = _page()
    words = []
    for row, line in enumerate(text for paragraph in paragraphs for text in paragraph.split("\n")):
        x = 20.0
        for word in line.split():
            words.append((x, 30 + 8.0 * row, word, 8.0))
            pdf.set_font(size=8)
            x += pdf.get_string_width(word + " ")
    random.Random(seed).shuffle(words)
    return placed(words)


def with_text_state(operators: str, statistics: Sequence[str] = STATISTICS) -> bytes:
    """A letter whose statistics are drawn under these operators, such as "3 Tr" for unpainted text."""
    with pikepdf.open(io.BytesIO(letter(statistics))) as pdf:
        page = pdf.pages[1]
        page.contents_add(f"q {operators}".encode(), prepend=True)
        page.contents_add(b"Q")
        return _saved(pdf)


def scan() -> bytes:
    """Two pages that are pictures."""
    pages = [Image.new("L", (600, 850), level) for level in (250, 240)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()


def without_unicode(pdf: bytes) -> bytes:
    """The same pages, whose fonts no longer tell what characters their glyphs are: "(cid:1)(cid:2)…"."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for part in document.objects:
            if isinstance(part, pikepdf.Dictionary) and "/ToUnicode" in part:
                del part["/ToUnicode"]
        return _saved(document)


def with_pictured_statistics() -> bytes:
    """A letter whose second page is a picture."""
    pdf = _page()
    _paragraphs(pdf, OPENING)
    pdf.add_page()
    pdf.image(Image.new("RGB", (600, 850), "grey"), x=10, y=10, w=180)
    return bytes(pdf.output())


def locked(user: str = "", owner: str = "owner") -> bytes:
    """A letter encrypted with a user's password, or with an owner's only."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        return _saved(pdf, encryption=pikepdf.Encryption(user=user, owner=owner))


def cropped(right: float) -> bytes:
    """A letter of whose statistics only what lies left of `right` points is shown."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        pdf.pages[1].cropbox = [0, 0, right, 842]
        return _saved(pdf)


def turned(degrees: int) -> bytes:
    """A letter whose second page is stored on its side, and turned upright for display."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        page = pdf.pages[1]
        back = {90: b"0 1 -1 0 595 0 cm", 180: b"-1 0 0 -1 595 842 cm", 270: b"0 -1 1 0 0 842 cm"}[degrees]
        page.contents_add(b"q " + back, prepend=True)
        page.contents_add(b"Q")
        if degrees != 180:
            page.mediabox = [-247, 0, 595, 595] if degrees == 90 else [0, 247, 842, 842]
        page.rotate(degrees, relative=False)
        return _saved(pdf)


def with_script() -> bytes:
    """A letter that runs a script when it is opened, and has a program attached."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["setup.exe"] = b"MZ"
        return _saved(pdf)


def many_pages(count: int) -> bytes:
    """A PDF of so many blank pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    pages = ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    return raw(
        ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>", *pages]
    )


def page_tree_loop() -> bytes:
    """A PDF whose page tree contains itself."""
    return raw(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 3 /Parent 2 0 R /Kids [2 0 R 2 0 R 2 0 R] >>",
        ]
    )


def no_pages() -> bytes:
    return raw(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"])


def unpacks_to(megabytes: int) -> bytes:
    """A PDF of a few kilobytes whose only page's content has so many megabytes, compressed twice."""
    megabyte = b"BT (x) Tj ET\n" * 80_660
    packer = zlib.compressobj(9)
    begun = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = reduce(lambda sum_so_far, _: zlib.adler32(megabyte, sum_so_far), range(megabytes), 1)
    # A full flush forgets what came before, so that a piece packed once can stand any number of times.
    once = begun + again * (megabytes - 1) + _LAST_DEFLATED_BLOCK + checksum.to_bytes(4, "big")
    return with_content(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode]")


def draws_itself(depth: int) -> bytes:
    """A PDF of under 10 kB whose forms each draw the next one ten times: 10**depth drawings."""
    forms = [
        _stream(
            b" ".join([b"/F Do"] * 10) if level < depth else b"BT /G 9 Tf (x) Tj ET",
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {level + 6} 0 R >> >>",
        )
        for level in range(depth + 1)
    ]
    return raw([*_one_page("/XObject << /F 5 0 R >>"), _stream(b"/F Do", ""), *forms])


def with_content(content: bytes, keys: str = "") -> bytes:
    """A PDF of one page with this content stream."""
    return raw([*_one_page(), _stream(content, keys)])


def raw(objects: Sequence[str | bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    file = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        body = content if isinstance(content, bytes) else content.encode()
        file += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    file += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(file)


def _one_page(resources: str = "") -> list[str]:
    font = "/Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        f" /Resources << {font} {resources} >> >>",
    ]


def _stream(content: bytes, keys: str) -> bytes:
    return f"<< /Length {len(content)} {keys} >>\nstream\n".encode() + content + b"\nendstream"


def _page() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_margin(20)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    return pdf


def _paragraphs(pdf: FPDF, texts: Iterable[str]) -> None:
    for text in texts:
        pdf.multi_cell(0, 5.2, text, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)


def _lines(pdf: FPDF, block: Sequence[str], width: float) -> list[str]:
    pdf.set_font(size=10)
    lines = [pdf.multi_cell(width, 5, text, dry_run=True, output="LINES", align="L") for text in block]
    return [text for paragraph in lines for text in (*paragraph, "")]


def _saved(pdf: pikepdf.Pdf, **options) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **options)
    return file.getvalue()


def with_everything() -> bytes:
    """A letter that does, and carries, all that a PDF can: each marked with "canary" somewhere."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        name, page = pikepdf.Name, pdf.pages[0].obj
        script = pdf.make_indirect(pikepdf.Dictionary(S=name.JavaScript, JS="canary()"))
        other = pikepdf.Dictionary(
            S=name.GoToR, F="http://canary.example/other.pdf", D=pikepdf.Array([0, name.Fit])
        )
        launch = pikepdf.Dictionary(S=name.Launch, F="canary.exe")
        chained = pikepdf.Dictionary(S=name.URI, URI="https://www.lgo.org.uk/", Next=script)
        pdf.attachments["canary.exe"] = b"MZ canary"
        attached = pdf.make_indirect(
            pikepdf.Dictionary(Type=name.Filespec, F="canary.exe", EF=pikepdf.Dictionary())
        )
        pdf.Root.OpenAction = script
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["canary", script]))
        pdf.Root.URI = pikepdf.Dictionary(Base="http://canary.example/")
        pdf.Root.AF = pikepdf.Array([attached])
        pdf.Root.Collection = pikepdf.Dictionary(D="canary")
        pdf.Root.Outlines = pdf.make_indirect(
            pikepdf.Dictionary(First=pikepdf.Dictionary(Title="Letter", A=launch))
        )
        field = pikepdf.Dictionary(
            FT=name.Tx, T="field", AA=pikepdf.Dictionary(K=script), Kids=pikepdf.Array()
        )
        form = pikepdf.Dictionary(Fields=pikepdf.Array([field]), XFA=pdf.make_stream(b"<xdp>canary</xdp>"))
        pdf.Root.AcroForm = form
        page.AA = pikepdf.Dictionary(O=script)
        page.PieceInfo = pikepdf.Dictionary(Word="canary")
        page.Metadata = pdf.make_stream(b"<x:xmpmeta>canary</x:xmpmeta>")
        page.Annots = pikepdf.Array(
            [
                *(_note(pdf, A=action) for action in (script, other, launch, chained)),
                _note(pdf, A=pikepdf.Dictionary(S=name.URI, URI="javascript:canary()")),
                _note(pdf, A=pikepdf.Dictionary(S=name.URI, URI="file:///canary")),
                _note(pdf, A=pikepdf.Dictionary(S=name.GoTo, D=pikepdf.Array([pdf.pages[1].obj, name.Fit]))),
                _note(pdf, Subtype=name.FileAttachment, FS=attached, Contents="canary"),
                _note(pdf, Subtype=name.RichMedia, Contents="canary"),
                _note(pdf, Subtype=name.Highlight, T="canary the author", Contents="A remark."),
            ]
        )
        reference = pikepdf.Dictionary(F="http://canary.example/page.pdf", Page=0)
        picture = pdf.make_stream(b"", Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 1, 1], Ref=reference)
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(
            Elsewhere=pdf.make_stream(
                b"", Type=name.XObject, Subtype=name.Form, BBox=[0, 0, 1, 1], F="canary.bin"
            ),
            Referring=picture,
        )
        pdf.docinfo.Author = "canary"
        pdf.docinfo.Title = "canary.docx"
        return b"canary" + _saved(pdf) + b"PK canary"


def _note(pdf: pikepdf.Pdf, **values) -> pikepdf.Object:
    note = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": pikepdf.Array([0, 0, 9, 9])}
    return pdf.make_indirect(pikepdf.Dictionary(**(note | values)))
