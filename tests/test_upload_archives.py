"""What is taken out of an uploaded file or archive, and what is refused with which reason."""

import io
import struct
import tempfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.archives import Allowance, parts

MB = 1024 * 1024


def allowance(files=10, total_bytes=10 * MB, file_bytes=MB) -> Allowance:
    return Allowance(files, total_bytes, file_bytes)


def archive(*entries, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of pairs of name and content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return file.getvalue()


def taken(content, name="year.zip", within=None):
    return list(parts(name, io.BytesIO(content), within or allowance()))


def test_a_file_is_itself_whatever_its_name():
    [part] = taken(b"%PDF-1.7", "letter.zip")
    assert (part.name, part.content, part.refused) == ("letter.zip", b"%PDF-1.7", "")


def test_an_archive_is_opened_whatever_its_name():
    found = taken(archive(("a.pdf", b"%PDF-a"), ("2020/b.pdf", b"%PDF-b")), "letters.pdf")
    assert [(part.name, part.content) for part in found] == [
        ("letters.pdf › a.pdf", b"%PDF-a"),
        ("letters.pdf › 2020/b.pdf", b"%PDF-b"),
    ]


def test_hidden_files_are_left_out_and_mentioned():
    found = taken(
        archive(
            ("a.pdf", b"%PDF-a"),
            ("__MACOSX/._a.pdf", b"x"),
            ("2020/.DS_Store", b"x"),
            ("Thumbs.db", b"x"),
            ("folder/", b""),
        )
    )
    assert [part.name for part in found] == ["year.zip › a.pdf", "year.zip"]
    assert found[1].ignored == "Hidden files in this archive, such as __MACOSX, were left out: 3."


def locked() -> bytes:
    """An archive whose one entry says that it is encrypted."""
    content = bytearray(archive(("a.pdf", b"%PDF-a")))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags_at] |= 0x1
    return bytes(content)


def damaged() -> bytes:
    """An archive whose one entry is not what its checksum says."""
    content = bytearray(archive(("a.pdf", b"%PDF-a" * 50), method=zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "broken and cannot be opened"),
        (archive(("a.pdf", b"%PDF-a"))[:-30], "broken and cannot be opened"),
        (archive(), "no file in this archive"),
        (archive(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "office document"),
        (archive(("inner.zip", archive(("a.pdf", b"%PDF-a")))), "archive within an archive"),
        (archive(("named.pdf", archive(("a.pdf", b"%PDF-a")))), "archive within an archive"),
        (archive(("a.pdf", b"%PDF-a"), method=zipfile.ZIP_BZIP2), "packed in an unusual way"),
        (archive(("a.pdf", b"%PDF-a"), method=zipfile.ZIP_LZMA), "packed in an unusual way"),
        (locked(), "locked with a password"),
        (damaged(), "broken in the archive"),
    ],
    ids=[
        "header only",
        "truncated",
        "empty",
        "office document",
        "nested",
        "nested under another name",
        "bzip2",
        "lzma",
        "encrypted",
        "damaged",
    ],
)
def test_what_cannot_be_taken_out_is_refused_with_the_reason(content, says):
    [part] = taken(content)
    assert says in part.refused
    assert part.content == b""


def test_the_others_of_an_archive_go_on():
    good, bad = ("a.pdf", b"%PDF-a"), ("inner.zip", archive(("b.pdf", b"%PDF-b")))
    found = taken(archive(bad, good))
    assert [bool(part.refused) for part in found] == [True, False]


def test_no_more_of_a_file_is_unpacked_than_a_letter_may_have():
    """T18: a bomb is cut off by what comes out of it, and the receiver sees that it is too large."""
    [part] = taken(archive(("bomb.pdf", b"\0" * 8 * MB)))
    assert len(part.content) == MB + 1


def test_a_bomb_that_understates_its_size_is_refused():
    content = bytearray(archive(("bomb.pdf", b"\0" * 8 * MB)))
    for signature, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature) + size_at
        content[at : at + 4] = struct.pack("<I", 10)
    [part] = taken(bytes(content))
    assert part.refused
    assert part.content == b""


def test_an_upload_unpacks_to_so_many_bytes_at_most():
    entries = [(f"{number}.pdf", b"\0" * (MB - 10)) for number in range(5)]
    found = taken(archive(*entries), within=allowance(total_bytes=3 * MB))
    assert sum(len(part.content) for part in found) < 3 * MB
    assert "larger than one may be" in found[3].refused
    assert "1 more files of this archive were not looked at" in found[4].refused


def test_an_upload_has_so_many_files_at_most():
    entries = [(f"{number}.pdf", b"%PDF") for number in range(5)]
    within = allowance(files=3)
    found = taken(archive(*entries), within=within)
    assert len([part for part in found if part.content]) == 3
    assert "2 more files of this archive were not looked at" in found[3].refused
    [late] = parts("late.pdf", io.BytesIO(b"%PDF"), within)
    assert "more in this upload than one upload may hold" in late.refused


def test_a_table_of_contents_too_long_to_hold_is_not_read():
    content = bytearray(archive(("a.pdf", b"%PDF-a")))
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 500 * MB)
    [part] = taken(bytes(content))
    assert "far more files than a year has letters" in part.refused


def on_disk(content) -> list:
    """What is taken out of an uploaded archive, which lies in a file as large uploads do."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return list(parts("year.zip", file, allowance()))


def far_away(place: int) -> bytes:
    """An archive whose one entry is said to begin so many bytes from its start."""
    content = archive(("a.pdf", b"%PDF-a"))
    directory, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, place)
    entry = bytearray(content[directory:end])
    entry[30:32] = struct.pack("<H", len(extra))
    entry[42:46] = b"\xff" * 4
    entry += extra
    sizes = struct.pack("<LL", len(entry), directory)
    return content[:directory] + entry + content[end : end + 12] + sizes + b"\0\0"


@pytest.mark.parametrize("place", [2**62, 2**63 - 1, 2**63, 2**64 - 1])
def test_an_entry_beyond_any_file_is_refused_like_a_broken_one(place):
    [part] = on_disk(far_away(place))
    assert "broken in the archive" in part.refused


def test_an_entry_without_a_name_makes_a_broken_archive():
    content = archive(("a", b"%PDF-a")).replace(b"a" + b"PK\x05\x06", b"PK\x05\x06")
    at = content.index(b"PK\x01\x02")
    nameless = content[: at + 28] + b"\0\0" + content[at + 30 :]
    assert "broken" in on_disk(nameless)[0].refused


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_archive_is_always_answered_with_what_can_be_told_of_it(data):
    damaged = bytearray(archive(("a.pdf", b"%PDF-a" * 9), ("b.pdf", b"%PDF-b" * 9)))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.sampled_from([0, 1, 254, 255]))
    assert on_disk(bytes(damaged))
