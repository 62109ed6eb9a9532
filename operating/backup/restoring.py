"""Putting a backup in place, as a copy that publishes nothing by itself."""

from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.files import File
from django.core.files.storage import Storage
from django.db import connection, transaction

from caches.purging import purge_after_commit
from history.recording import in_writing, tell
from history.states import state_of
from letters import clock
from letters.models import Letter, Standstill
from operating.backup import databases, versions
from operating.backup.manifest import FILES, Manifest, NotWhole
from operating.integrity.files import file_fields


def restore(folder: Path, replace: bool = False) -> Manifest:
    """Put the backup of `folder` in place of what is here, which must be empty unless it is to be replaced.

    Everybody is signed out, and what was not public when the backup was made stays so until `resume_publishing`.
    The files come first, which takes long and may lack room: broken off there, it leaves the database as it was. The
    database comes with the mark that keeps it from publishing, and never stands there without it. Raises NotWhole with
    nothing changed; databases.CannotCopy and OSError with files put back at most.
    """
    manifest = Manifest.read(folder)
    _refuse(manifest, replace)
    manifest.verify(folder)
    for part in manifest.files:
        put_back(folder / part.name, part.name.removeprefix(f"{FILES}/"))
    now = clock.now()
    databases.load(folder / manifest.database.name, _signed_out_and_standing_still(manifest.made_at, now))
    _tell(manifest.made_at, now)
    databases.count_rows()
    # What proxies keep is of the site as it was before.
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


def _signed_out_and_standing_still(made_at: datetime, now: datetime) -> str:
    """The statements that the copy ends with. A copy that stood still itself does so since as early as before."""
    since, restored_at = map(connection.ops.adapt_datetimefield_value, (made_at, now))
    return f"""
DELETE FROM {Session._meta.db_table};
INSERT INTO {Standstill._meta.db_table} (id, since, restored_at) VALUES (1, '{since}', '{restored_at}')
ON CONFLICT DO NOTHING;
"""


@in_writing
def _tell(made_at: datetime, now: datetime) -> None:
    """Write the mark into the history, or, where the backup had one, when it was restored again."""
    mark = Standstill.objects.get()
    before = {} if mark.restored_at == now else state_of(mark)
    mark.restored_at = now
    mark.save()
    said = f"Restored from the backup of {made_at:%d %B %Y, %H:%M} UTC. Nothing becomes public by itself."
    tell(None, mark, said, before, state_of(mark))
