"""Making a backup while the site is in use."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import Storage
from django.db import connection

from history.chain import end_of_chain
from history.models import Line
from letters import clock
from operating.backup import databases, versions
from operating.backup.manifest import FILES, NAME, Manifest, NotWhole, Part, chunks, measured, write_safely
from operating.integrity.files import file_fields


def make(folder: Path) -> Manifest:
    """Write a backup into an empty folder and read it again.

    The database comes first and its files after it: a file is there before its row and never changed, so that every row
    of the copy finds its own, unless it got another meanwhile. Raises NotWhole, databases.CannotCopy or OSError, and
    leaves the folder empty: what was written may be what fills the disk. Killed, it leaves one without a manifest,
    which nothing restores.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotWhole(f"{folder} is not empty: {_what_to_do(folder)}")
    try:
        return _made(folder)
    except BaseException:
        _empty(folder)
        raise


def _what_to_do(folder: Path) -> str:
    if (folder / NAME).exists():
        return "it has a backup, and one is never written over another. Name a new folder."
    return "it may have what a backup that was killed left. Look at it and delete it, or name a new folder."


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _made(folder: Path) -> Manifest:
    (folder / FILES).mkdir(mode=0o700)
    made_at, end, migrations = clock.now(), end_of_chain(), versions.applied()
    with _no_file_replaced():
        dumped = databases.dump(folder)
        files = [_copy(storage, name, folder) for storage, name in _named_files()]
    database = Part(dumped.name, *measured(dumped))
    manifest = Manifest(made_at, connection.vendor, database, files, end, migrations)
    manifest.verify(folder)
    manifest.write(folder)
    return manifest


@contextmanager
def _no_file_replaced() -> Iterator[None]:
    """Raises NotWhole if a row got another file meanwhile: the copy of the database may name the one that is gone."""
    before = _last_line()
    try:
        yield
    finally:
        lines = Line.objects.filter(number__gt=before)
        if any(_replaces_a_file(json.loads(line.changes)) for line in lines.iterator()):
            raise NotWhole("Files were renamed or replaced meanwhile. Run it again.")


def _last_line() -> int:
    last = Line.objects.order_by("-number").first()
    return last.number if last else 0


def _replaces_a_file(changes: dict[str, dict[str, list]]) -> bool:
    fields = {(model._meta.label_lower, name) for model, name in file_fields()}
    return any(
        (key.partition("|")[0], name) in fields and was and now != was
        for key, values in changes.items()
        for name, (was, now) in values.items()
    )


def _named_files() -> Iterator[tuple[Storage, str]]:
    for model, name in file_fields():
        storage = model._meta.get_field(name).storage
        for file in model._default_manager.exclude(**{name: ""}).values_list(name, flat=True):
            yield storage, file


def _copy(storage: Storage, name: str, folder: Path) -> Part:
    try:
        with storage.open(name, "rb") as file:
            part = write_safely(folder / FILES / name, chunks(file))
    except FileNotFoundError as error:
        raise NotWhole(f"The file {name} is missing: manage.py check_integrity says whose it is.") from error
    return Part(f"{FILES}/{name}", part.size, part.sha256)
