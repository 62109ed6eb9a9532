"""Small files made to exhaust, confuse or take over whoever opens them."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import pikepdf

from tests.odd_pdfs import letter, raw

_FONT = "/Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
_MANY = 2_000_000_000


def stream(content: bytes, keys: str = "") -> bytes:
    return f"<< /Length {len(content)} {keys} >>\nstream\n".encode() + content + b"\nendstream"


def page(
    content: bytes | str = b"BT /G 9 Tf (x) Tj ET",
    keys: str = "",
    resources: str = _FONT,
    box: str = "0 0 595 842",
    more: Sequence[str | bytes] = (),
    about: str = "",
) -> bytes:
    """A PDF of one page: its content (object 4) with `keys`, and `more` objects from number 5 on."""
    body = content if isinstance(content, str) else stream(content, keys)
    return raw(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {about} /Resources << {resources} >> >>",
            body,
            *more,
        ]
    )


def flate(levels: int, megabytes: int = 600) -> bytes:
    """So many megabytes of spaces, packed so many times over: in some 1 kB when twice."""
    packer = zlib.compressobj(9)
    # A block that refers to nothing before it can be repeated as it is.
    block = packer.compress(b" " * 50 * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block + block[2:] * (megabytes // 50 - 1) + b"\x03\x00"
    for _ in range(levels - 1):
        packed = zlib.compress(packed, 9)
    return page(packed, f"/Filter [{'/FlateDecode ' * levels}]")


def run_length() -> bytes:
    """600 MB of runs, themselves packed."""
    return page(zlib.compress(b"\x81 " * 4_915_200, 9), "/Filter [/FlateDecode /RunLengthDecode]")


def predictor() -> bytes:
    parameters = f"/DecodeParms << /Predictor 15 /Columns {_MANY} /Colors 32 /BitsPerComponent 16 >>"
    return page(zlib.compress(b"\x02" * 1000), f"/Filter /FlateDecode {parameters}")


def many_filters() -> bytes:
    return page(b"41>", f"/Filter [{'/ASCIIHexDecode ' * 50_000}]")


def vast_picture() -> bytes:
    keys = (
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    )
    picture = stream(zlib.compress(bytes(1_000_000), 9), f"{keys} /Filter /FlateDecode")
    return page(b"q 595 0 0 842 0 0 cm /P Do Q", resources=f"{_FONT} /XObject << /P 5 0 R >>", more=[picture])


def form_in_itself() -> bytes:
    form = stream(
        b"/F Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>"
    )
    return page(b"/F Do", resources="/XObject << /F 5 0 R >>", more=[form])


def glyph_in_itself() -> bytes:
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97"
        " /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>"
        " /Resources << /Font << /G 5 0 R >> >> >>"
    )
    glyph = stream(b"9 0 d0 BT /G 1 Tf (aaaaaaaaaa) Tj ET")
    return page(b"BT /G 9 Tf (a) Tj ET", resources="/Font << /G 5 0 R >>", more=[font, glyph])


def tree(depth: int, width: int) -> bytes:
    """A page tree so deep, each of whose nodes has the next one so many times: width**depth pages."""
    nodes = [
        f"<< /Type /Pages /Count {min(width ** (depth - level), _MANY)} /Kids [{f'{level + 3} 0 R ' * width}]"
        f" /Parent {max(level + 1, 1)} 0 R >>"
        for level in range(depth)
    ]
    return raw(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            *nodes,
            f"<< /Type /Page /Parent {depth + 1} 0 R /MediaBox [0 0 9 9] >>",
        ]
    )


def information_in_itself() -> bytes:
    document = page(more=["<< /Title 6 0 R /Author 5 0 R >>", "6 0 R"])
    return document.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 5 0 R")


def content_in_itself() -> bytes:
    return page("[4 0 R 4 0 R 4 0 R]")


def previous_table_is_this_one() -> bytes:
    document = letter()
    place = document[document.rindex(b"startxref") + 9 : document.rindex(b"%%EOF")].strip()
    return document.replace(b"trailer\n<<", b"trailer\n<< /Prev " + place)


def shared_pages(count: int) -> bytes:
    """So many pages, which are all the same object."""
    return raw(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {count} /Kids [{'3 0 R ' * count}] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def packed(content: bytes) -> bytes:
    return page(zlib.compress(content, 9), "/Filter /FlateDecode")


def characters_at_one_point() -> bytes:
    return packed(b"BT /G 9 Tf 99 99 Td " + b"(xxxxxxxxxx) Tj -45 0 Td " * 100_000 + b"ET")


def lines() -> bytes:
    return packed(b"1 1 m 9 9 l S\n" * 300_000)


def states() -> bytes:
    return packed(b"q " * 2_000_000)


def _composite(font: str, more: Sequence[str | bytes] = ()) -> bytes:
    """A page whose font is of many characters, with `font` among its keys and `more` objects from number 7 on."""
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        f" /Supplement 0 >> {font} >>"
    )
    whole = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 7 0 R"
        " /DescendantFonts [6 0 R] >>"
    )
    text = b"BT /G 9 Tf 9 9 Td <00010002> Tj ET"
    return page(text, resources="/Font << /G 5 0 R >>", more=[whole, descendant, *(more or [stream(b"")])])


def widths() -> bytes:
    return _composite(f"/W [0 {_MANY} 500]")


def characters() -> bytes:
    program = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange"
        b" 1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange endcmap end"
    )
    return _composite("/DW 500", [stream(program)])


def table_of_many() -> bytes:
    """A cross-reference stream that says it has two thousand million entries."""
    head = page().partition(b"xref")[0]
    keys = f"/Type /XRef /Size {_MANY} /Index [0 {_MANY}] /W [1 4 2] /Root 1 0 R"
    return (
        head + b"5 0 obj\n" + stream(bytes(21), keys) + f"\nendobj\nstartxref\n{len(head)}\n%%EOF\n".encode()
    )


def pages_of_many() -> bytes:
    return page().replace(b"/Count 1", f"/Count {_MANY}".encode())


def objects_of_many() -> bytes:
    return page(more=[stream(b"9 0 (x)", f"/Type /ObjStm /N {_MANY} /First 4")])


def long_number(where: str) -> bytes:
    digits = "9" * 3_000_000
    return (
        page(b"BT /G " + digits.encode() + b" Tf (x) Tj ET")
        if where == "content"
        else page(box=f"0 0 595 {digits}")
    )


def vast_numbers() -> bytes:
    text = (
        b"1e308 0 0 1e308 1e308 -1e308 cm "
        + b"9" * 308
        + b" 0 0 "
        + b"9" * 308
        + b" 0 0 cm BT /G 9 Tf (x) Tj ET"
    )
    return page(text)


def with_box(box: str, about: str = "") -> bytes:
    """A letter whose statistics stand on a page with such a box."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        pdf.pages[1].obj.MediaBox = pikepdf.Object.parse(f"[{box}]".encode())
        if about:
            pdf.pages[1].obj["/UserUnit"] = pikepdf.Object.parse(about.encode())
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


def encrypted(strength: int, aes: bool = False, user: str = "") -> bytes:
    """A letter encrypted by revision `strength` of the standard handler."""
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        file = io.BytesIO()
        # The weakest kinds encrypt no metadata apart.
        pdf.save(
            file, encryption=pikepdf.Encryption(user=user, owner="owner", R=strength, aes=aes, metadata=aes)
        )
        return file.getvalue()


def unknown_encryption() -> bytes:
    encryption = "/Encrypt << /Filter /Unheard /V 5 /R 99 /Length 256 >> /ID [<00> <00>]"
    return letter().replace(b"trailer\n<<", f"trailer\n<< {encryption}".encode())


def html_and_pdf() -> bytes:
    return b"<!DOCTYPE html><html><script>alert(1)</script><!--\n" + letter() + b"\n--></html>"


def script_and_pdf() -> bytes:
    return b"/*\n" + letter() + b"\n*/ alert(1)"


def pdf_and_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return letter() + file.getvalue()
