"""An upload: many files at once, each of them received or refused by itself."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig
from django.core.files import File
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler

from letters import archives, clock, workflow
from letters.models import AnnualReview, Letter, State, Upload
from letters.workflow.receiving import cleaned_name

logger = logging.getLogger(__name__)

# A worker looks for letters twice a second, and no letter takes longer than its lease.
NOTICED_WITHIN = timedelta(seconds=30)


def take_in(files: Iterable[File], by: User, review: AnnualReview | None = None) -> Upload:
    """Receive what can be a letter, refuse the rest, and keep what came of each file."""
    allowance = archives.Allowance(
        files=settings.UPLOAD_MAX_FILES,
        total_bytes=settings.UPLOAD_MAX_BYTES,
        file_bytes=settings.LETTER_MAX_BYTES,
    )
    rows = [_row(part, by, review) for part in _parts(files, allowance)]
    return Upload.objects.create(at=clock.now(), by=by, rows=rows)


def _parts(files: Iterable[File], allowance: archives.Allowance) -> Iterator[archives.Part]:
    for file in files:
        yield from archives.parts(file.name, file, allowance)


def _row(part: archives.Part, by: User, review: AnnualReview | None) -> dict:
    row = {"name": _shown(part.name), "outcome": "received", "letter": None, "message": ""}
    if part.ignored:
        return row | {"outcome": "ignored", "message": part.ignored}
    if part.refused:
        return row | {"outcome": "refused", "message": part.refused}
    try:
        letter = workflow.receive(part.content, part.name.rsplit(" › ", 1)[-1], by, review)
    except workflow.Refused as refusal:
        known = str(refusal.letter.pk) if refusal.letter else None
        return row | {"outcome": "refused", "letter": known, "message": str(refusal)}
    except OSError:
        logger.exception("An uploaded letter could not be stored")
        return row | {
            "outcome": "refused",
            "message": "The file could not be stored, and nothing was kept of it. Tell whoever runs this site.",
        }
    return row | {"letter": str(letter.pk)}


def _shown(name: str) -> str:
    """The names of archive and file as data: without folders, control or direction characters."""
    return " › ".join(cleaned_name(step) for step in name.split(" › "))[:400]


def nobody_reads() -> bool:
    """Whether letters wait and no worker seems to be running."""
    now = clock.now()
    lately = now - NOTICED_WITHIN
    if not Letter.objects.filter(state=State.RECEIVED, queued_at__lt=lately).exists():
        return False
    busy = Letter.objects.filter(state=State.READING, lease_until__gte=now)
    return not busy.exists() and not Letter.objects.filter(read_at__gte=lately).exists()


class BoundedUpload(FileUploadHandler):
    """Refuses a request that says it is larger than it may be, before its files are written anywhere.

    Only staff have files to send. Requests are taken apart before any view looks at who sends them.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        is_staff = self.request.user.is_staff
        if content_length > (settings.UPLOAD_MAX_BYTES if is_staff else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig("The request is larger than it may be.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


class RoomForUpload(TemporaryFileUploadHandler):
    """Takes an upload in on the disk for as long as the request lasts; where there is no room, the request says so.

    Requests are taken apart before any view is asked, so that an error here would be answered by nobody.
    """

    def new_file(self, *args, **options):
        self._or_stop(super().new_file, *args, **options)

    def receive_data_chunk(self, raw_data, start):
        self._or_stop(super().receive_data_chunk, raw_data, start)

    def _or_stop(self, do, *args, **options):
        try:
            do(*args, **options)
        except OSError as error:
            logger.exception("An upload could not be taken in")
            self.request.no_room = True
            raise StopUpload(connection_reset=False) from error
