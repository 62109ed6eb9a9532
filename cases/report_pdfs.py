"""The PDFs of public reports: each is kept as the clean copy of what was uploaded, and nothing else is shown."""

import io
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.module_loading import import_string

from caches.purging import purge_after_commit
from cases.models import PublicReport, ReportFile
from history.recording import add, line, writing

# How much of a PDF is fetched from the database at once.
_AT_ONCE = 1024 * 1024


def cleaned(file: Any) -> bytes:
    """The clean copy of an open file. Raises ValidationError, for the form, where there can be none."""
    return cast(bytes, import_string(settings.CLEAN_PDF)(file))


def put(report: PublicReport, copy: bytes, uploaded_sha256: str, by: Any, now: datetime) -> None:
    """Put the clean copy of an upload to a report, in the place of the PDF it has."""
    told = _told(copy, uploaded_sha256) | {"added_by": by, "added_at": now}
    deed = f"Put a PDF to the report. SHA-256 {uploaded_sha256}; of its clean copy for the public {told['sha256']}."
    with writing():
        ReportFile.objects.update_or_create(report=report, defaults=told)
        add([line(by, report, deed, {}, {})])
        purge_after_commit()


def put_copy(file: ReportFile, copy: bytes, now: datetime) -> None:
    """Put the clean copy in the place of a file that was kept as it was uploaded; nothing if that is not there now."""
    told = _told(copy, file.sha256) | {"added_at": now}
    deed = f"Made a clean copy of the report's PDF for the public. SHA-256 {told['sha256']}."
    with writing():
        if not not_cleaned().filter(pk=file.pk, sha256=file.sha256).update(**told):
            return
        add([line(None, file.report, deed, {}, {})])
        purge_after_commit()


def _told(copy: bytes, uploaded_sha256: str) -> dict[str, Any]:
    return {
        "content": copy,
        "sha256": sha256(copy).hexdigest(),
        "size": len(copy),
        "uploaded_sha256": uploaded_sha256,
    }


def clean() -> QuerySet[ReportFile]:
    """The clean copies, without their bytes."""
    return ReportFile.objects.exclude(uploaded_sha256="").defer("content")


def not_cleaned() -> QuerySet[ReportFile]:
    """The files that were put before clean copies were made, and are shown to nobody; without their bytes."""
    return ReportFile.objects.filter(uploaded_sha256="").defer("content")


def opened(file: ReportFile) -> IO[bytes]:
    """Its bytes, fetched from the database as they are read. Raises OSError where another has taken its place."""
    return cast(IO[bytes], io.BufferedReader(_Stored(file), _AT_ONCE))


class _Stored(io.RawIOBase):
    def __init__(self, file: ReportFile) -> None:
        self._rows = ReportFile.objects.filter(pk=file.pk, sha256=file.sha256)
        self._size, self._at = file.size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, room: Any) -> int:
        wanted = min(len(room), max(self._size - self._at, 0))
        part = self._part(wanted) if wanted else b""
        room[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _part(self, length: int) -> bytes:
        found = self._rows.values_list(Substr("content", self._at + 1, length), flat=True).first()
        if found is None:
            raise OSError("The PDF was replaced while it was read.")
        return bytes(found)
