"""What an uploaded file holds: itself, or the files of a ZIP archive, within what one upload may unpack to."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

DIRECTORY_MAX_BYTES = (
    4 * 1024 * 1024
)  # an archive's table of contents; 1,000 letters with long names need 0.2 MB
_END_OF_DIRECTORY = b"PK\x05\x06"
_LARGE_ARCHIVE = b"PK\x06\x07"
# What zipfile lets through of archives with wrong lengths, places and names in their directory.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


@dataclass
class Allowance:
    """What is left of what one upload may hold: so many files, so many bytes once unpacked, so many in one file."""

    files: int
    total_bytes: int
    file_bytes: int


@dataclass(frozen=True)
class Part:
    """One file of an upload: its name with its bytes, or with the reason why they were not looked at."""

    name: str
    content: bytes = b""
    refused: str = ""
    ignored: str = ""


def parts(name: str, file: IO[bytes], allowance: Allowance) -> Iterator[Part]:
    """The file itself, or each file of the archive that it is, however either is named.

    One byte more than a single file may have is read of it, so that whoever receives it sees that it is too large.
    """
    if not _is_archive(file):
        yield _within(allowance, name, file)
    else:
        yield from _unpacked(name, file, allowance)


def _is_archive(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return start in {b"PK\x03\x04", _END_OF_DIRECTORY}


def _within(allowance: Allowance, name: str, file: IO[bytes]) -> Part:
    if allowance.files <= 0 or allowance.total_bytes <= 0:
        return Part(
            name, refused="There was more in this upload than one upload may hold. Upload this file again."
        )
    content = file.read(min(allowance.file_bytes + 1, allowance.total_bytes + 1))
    allowance.files -= 1
    allowance.total_bytes -= len(content)
    if allowance.total_bytes < 0:
        return Part(
            name, refused="With this file the upload is larger than one may be. Upload it again by itself."
        )
    return Part(name, content)


def _unpacked(name: str, file: IO[bytes], allowance: Allowance) -> Iterator[Part]:
    if not _directory_is_small(file):
        yield Part(
            name, refused="This archive lists far more files than a year has letters. Nothing of it was kept."
        )
        return
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _entries(name, archive, allowance)
    except _BROKEN:
        yield Part(
            name, refused="This archive is broken and cannot be opened. Make it again, or upload the PDFs."
        )


def _directory_is_small(file: IO[bytes]) -> bool:
    """Whether the table of contents can be read into memory, which opening the archive does at once."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_OF_DIRECTORY)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    return at < 0 or (size <= DIRECTORY_MAX_BYTES and _LARGE_ARCHIVE not in tail[max(0, at - 20) : at])


def _entries(name: str, archive: zipfile.ZipFile, allowance: Allowance) -> Iterator[Part]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        yield Part(name, refused="This is an office document. Save the letter as a PDF and upload that.")
        return
    files = [entry for entry in entries if not _is_hidden(entry.filename)]
    if not files:
        yield Part(name, refused="There is no file in this archive.")
    for number, entry in enumerate(files):
        if allowance.files <= 0 or allowance.total_bytes <= 0:
            rest = len(files) - number
            yield Part(
                name,
                refused=f"{rest} more files of this archive were not looked at: upload them by themselves.",
            )
            break
        yield _entry(f"{name} › {entry.filename}", archive, entry, allowance)
    if hidden := len(entries) - len(files):
        yield Part(name, ignored=f"Hidden files in this archive, such as __MACOSX, were left out: {hidden}.")


def _is_hidden(path: str) -> bool:
    steps = path.replace("\\", "/").split("/")
    return "__MACOSX" in steps or steps[-1].startswith(".") or steps[-1] in {"Thumbs.db", "desktop.ini"}


def _entry(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> Part:
    if entry.flag_bits & 0x1:
        return Part(
            name, refused="This file is locked with a password. Unpack the archive and upload the PDF."
        )
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return Part(
            name, refused="This file is packed in an unusual way. Unpack the archive and upload the PDF."
        )
    try:
        with archive.open(entry) as file:
            part = _within(allowance, name, file)
    except _BROKEN:
        return Part(name, refused="This file is broken in the archive. Upload the PDF by itself.")
    if part.content.startswith(b"PK\x03\x04"):
        return Part(
            name, refused="This is an archive within an archive. Unpack the outer one and upload this."
        )
    return part
