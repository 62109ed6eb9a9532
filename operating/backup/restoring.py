"""Putting a backup in place, as a copy that publishes nothing by itself."""

from hashlib import file_digest
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files import File
from django.core.files.storage import Storage
from django.db import connection, transaction

from caches.purging import purge_after_commit
from history.recording import recorded
from letters import clock
from letters.models import Letter, Standstill
from operating.backup import databases, versions
from operating.backup.manifest import FILES, Manifest, NotWhole
from operating.integrity.files import file_fields


def restore(folder: Path, replace: bool = False) -> Manifest:
    """Put the backup of `folder` in place of what is here, which must be empty unless it is to be replaced.

    Everybody is signed out, and what was not public when the backup was made stays so until `resume_publishing`.
    The files come first, which takes long and may lack room: broken off there, it leaves the database as it was, and
    never one without the mark that keeps it from publishing. Raises NotWhole with nothing changed; databases.CannotCopy
    and OSError with files put back at most.
    """
    manifest = Manifest.read(folder)
    _refuse(manifest, replace)
    manifest.verify(folder)
    for part in manifest.files:
        put_back(folder / part.name, part.name.removeprefix(f"{FILES}/"))
    databases.load(folder / manifest.database.name)
    _stand_still(manifest)
    Session.objects.all().delete()
    databases.count_rows()
    # What proxies keep is of the site as it was before. Told once the mark is there, which nothing may undo.
    with transaction.atomic():
        purge_after_commit()
    return manifest


def _refuse(manifest: Manifest, replace: bool) -> None:
    if manifest.vendor != connection.vendor:
        raise NotWhole(
            f"This is a backup of {manifest.vendor}, and the database here is {connection.vendor}."
        )
    if newer := versions.not_known_here(manifest.migrations):
        raise NotWhole(
            f"This backup is of a newer version of the site, which has {newer[-1]}. Put that version in place first."
        )
    if not replace and "letters_letter" in connection.introspection.table_names() and Letter.objects.exists():
        raise NotWhole("There are letters here already: --replace puts the backup in their place.")


def put_back(source: Path, name: str) -> None:
    """Keep a file of a backup under its name, in a folder or a bucket, in place of another of that name."""
    storage = _storage()
    if storage.exists(name):
        if _same(storage, name, source):
            return
        storage.delete(name)
    with source.open("rb") as file:
        storage.save(name, File(file))


def _same(storage: Storage, name: str, source: Path) -> bool:
    with storage.open(name, "rb") as known, source.open("rb") as file:
        return file_digest(known, "sha256").digest() == file_digest(file, "sha256").digest()


def _storage() -> Storage:
    model, name = next(file_fields())
    return model._meta.get_field(name).storage


def _stand_still(manifest: Manifest) -> None:
    mark = Standstill(pk=1, since=manifest.made_at, restored_at=clock.now())
    said = f"Restored from the backup of {manifest.made_at:%d %B %Y, %H:%M} UTC. Nothing becomes public by itself."
    with recorded(None, mark, said):
        mark.save()
