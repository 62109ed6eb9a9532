"""Each row its file, each file its row, and every byte as it was taken in."""

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import FileField, Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from history.chain import Fault
from letters.storage import FOLDERS, PrivateStorage

# A file is written before its row, within one request.
JUST_WRITTEN = timedelta(hours=1)
# What can be made anew at any time, and what lies there for minutes, is nobody's.
MADE_ANEW = {"pictures", "ocr"}

_RESTORE = "Restore this one file from a backup, under the same name."
_AT_ONCE = 1024 * 1024


def faults() -> Iterator[Fault]:
    known: set[str] = set()
    for model, name in file_fields():
        for row in model._default_manager.exclude(**{name: ""}).iterator(chunk_size=500):
            file = getattr(row, name)
            known.add(file.name)
            yield from _of_row(row, file)
    yield from _without_row(known)
    yield from _exposed()


def file_fields() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model, field.name


def _of_row(row: Model, file: FieldFile) -> Iterator[Fault]:
    whose = f"{row._meta.verbose_name.capitalize()} “{row}” ({row.pk})"
    try:
        size, digest = _measured(file)
    except FileNotFoundError:
        yield Fault("file-missing", f"{whose}: its file {file.name} is not there.", _RESTORE)
        return
    except OSError as error:
        message = f"{whose}: its file {file.name} cannot be read ({error.strerror})."
        yield Fault(
            "file-unreadable", message, "Give it to the site's own user; if the disk is at fault, restore it."
        )
        return
    yield from _as_taken_in(row, file, whose, size, digest)


def _measured(file: FieldFile) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with file.storage.open(file.name, "rb") as content:
        while part := content.read(_AT_ONCE):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _as_taken_in(row: Model, file: FieldFile, whose: str, size: int, digest: str) -> Iterator[Fault]:
    """Held against the row's own size and SHA-256, where it keeps them of this file."""
    kept: Any = row
    if not hasattr(row, "sha256") or file.field.name != "file":
        return
    if not kept.sha256:
        message = f"{whose} has no SHA-256 of its file, which could be any."
        yield Fault("file-without-hash", message, "Compare the file with a backup, then restore the row.")
    elif (size, digest) != (kept.size, kept.sha256):
        yield Fault("file-changed", f"{whose}: its file {file.name} is not what was taken in.", _RESTORE)


def _without_row(known: set[str]) -> Iterator[Fault]:
    root = Path(settings.PRIVATE_FILES)
    left_since = (timezone.now() - JUST_WRITTEN).timestamp()
    yield from _without_row_in_bucket(known)
    for path in _files(root):
        if path.relative_to(root).as_posix() not in known and path.lstat().st_mtime < left_since:
            yield _orphan(str(path))


def _without_row_in_bucket(known: set[str]) -> Iterator[Fault]:
    if not settings.S3_BUCKET:
        return
    store = PrivateStorage()
    for folder in FOLDERS:
        names = {f"{folder}/{name}" for name in store.listdir(folder)[1]}
        for name in sorted(names - known):
            if store.get_modified_time(name) < timezone.now() - JUST_WRITTEN:
                yield _orphan(name)


def _orphan(name: str) -> Fault:
    message = f"{name} belongs to nothing: it was left by an upload that was broken off, or put there."
    return Fault("file-orphan", message, "Look at it; delete it if it is nothing that was lost.")


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in MADE_ANEW]
        yield from (Path(folder, name) for name in names)


def _exposed() -> Iterator[Fault]:
    """What other users of the machine could read, or a web server hand out."""
    root = Path(settings.PRIVATE_FILES)
    if not root.exists():
        return
    if root.resolve().is_relative_to(Path(settings.STATIC_ROOT).resolve()):
        message = f"{root} lies in the folder of static files, which is served to everyone."
        yield Fault("files-served", message, "Stop the site and move DATA_DIR elsewhere.")
    for path in (*_folders(root), *_files(root)):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            message = f"{path} can be opened by other users of this machine."
            yield Fault("file-exposed", message, f"chmod go= {path}")


def _folders(root: Path) -> Iterator[Path]:
    for name in FOLDERS:
        if (root / name).exists():
            yield root / name
