"""Making a backup while the site is in use."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import Storage
from django.db import connection

from history.chain import end_of_chain
from letters import clock
from operating.backup import databases
from operating.backup.manifest import FILES, Manifest, NotWhole, Part, chunks, measured, write_safely
from operating.integrity.files import file_fields


def make(folder: Path) -> Manifest:
    """Write a backup into an empty folder and read it again.

    The database comes first and its files after it: a file is there before its row and never changed, so that every row
    of the copy finds its own. Raises NotWhole or databases.CannotCopy, and leaves a folder without a manifest, which
    nothing restores.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotWhole(f"{folder} is not empty. Name a new folder: a backup is never written over another.")
    (folder / FILES).mkdir(mode=0o700)
    made_at, end = clock.now(), end_of_chain()
    dumped = databases.dump(folder)
    database = Part(dumped.name, *measured(dumped))
    files = [_copy(storage, name, folder) for storage, name in _named_files()]
    manifest = Manifest(made_at, connection.vendor, database, files, end)
    manifest.verify(folder)
    manifest.write(folder)
    return manifest


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
