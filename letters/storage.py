"""Where the letters' PDFs lie: outside any served folder, under names nobody can guess."""

import contextlib
import os
import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible

# The end of the name of a file that is being written.
PART = ".part"
# What is kept, each with its row. Whatever else lies beside them can be made anew.
FOLDERS = ("letters", "copies", "tables", "reports", "releases")


@deconstructible
class PrivateStorage(Storage):
    """Files that only a view may hand out, after deciding who asks: on a disk, or in a bucket, as the settings say.

    An accepted file is kept for good before anyone is told that it was received. What goes wrong is an OSError.
    """

    def _open(self, name, mode="rb"):
        return _place().open(name, mode)

    def save(self, name, content, max_length=None):
        return _place().save(name, content, max_length)

    def delete(self, name):
        _place().delete(name)

    def exists(self, name):
        return _place().exists(name)

    def listdir(self, path):
        return _place().listdir(path)

    def size(self, name):
        return _place().size(name)

    def get_modified_time(self, name):
        return _place().get_modified_time(name)

    def path(self, name):
        return _place().path(name)

    def url(self, name):
        return _place().url(name)


def _place() -> Storage:
    return storages["private"]


class Disk(FileSystemStorage):
    """Files in PRIVATE_FILES; an accepted one is on the disk, not only in its cache."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return settings.PRIVATE_FILES

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError(
            "Private files have no address: they are streamed by views that decide who may see them."
        )

    def listdir(self, path):
        """A folder that no file was put in yet is an empty one, as it is in a bucket."""
        return super().listdir(path) if self.exists(path) else ([], [])

    def require_usable(self) -> None:
        """Raises OSError where files could not be read and written just now."""
        folder = Path(settings.PRIVATE_FILES)
        # It is made with the first upload, inside a folder that is there from the start.
        folder = folder if folder.exists() else folder.parent
        if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise NotADirectoryError(f"{folder} is not a folder that the site may write in.")

    def _save(self, name, content):
        """Written whole under another name first: what has its own name is never half a file."""
        part = f"{name}{PART}"
        try:
            super()._save(part, content)
            _to_disk(self.path(part))
            os.rename(self.path(part), self.path(name))
        except OSError:  # such as a disk that is full
            self.delete(part)
            raise
        _to_disk(os.path.dirname(self.path(name)))
        return name


def _to_disk(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_usable() -> None:
    """Raises OSError where files could not be read and written just now."""
    _place().require_usable()


def room_for_ocr() -> Path:
    """The private folder where scans lie while they are read; what a killed worker left there is removed."""
    folder = Path(settings.PRIVATE_FILES, "ocr")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    left_since = time.time() - 2 * settings.OCR_LEASE_SECONDS
    for room in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if room.stat().st_mtime < left_since:
                shutil.rmtree(room)
    return folder


def letter_name(letter, filename) -> str:
    """A random name of 128 bits; what the uploader called the file is data, never a path."""
    return f"letters/{secrets.token_hex(16)}.pdf"


def copy_name(copy, filename) -> str:
    """A random name for the clean copy of a letter."""
    return f"copies/{secrets.token_hex(16)}.pdf"


def table_name(table, filename) -> str:
    """A random name for an uploaded yearly table."""
    return f"tables/{secrets.token_hex(16)}"


def report_name(review, filename) -> str:
    """A random name for the national report, which is private until its edition is public."""
    return f"reports/{secrets.token_hex(16)}.pdf"


def release_name(file, filename) -> str:
    """A random name for a file of a data release."""
    return f"releases/{secrets.token_hex(16)}"
