"""Keeping a data release: all of its files and its history, or nothing of it; and withdrawing one."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files import File

from caches.purging import purge_after_commit
from history.recording import recorded, writing
from letters import clock
from letters.models import DataRelease, ReleaseFile


class NotKept(Exception):
    """The release was not kept, with what to do."""


class NotThere(Exception):
    """There is no such release to withdraw."""


@dataclass(frozen=True)
class Made:
    """A file of a release that has been made, and what it is."""

    path: Path
    content_type: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def sha256(self) -> str:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def keep(number: int, made_at: datetime, figures: int, changes: str, files: Iterable[Made]) -> DataRelease:
    """Keep the files in the storage, then the release with all of them in one transaction.

    Whatever breaks off before its end leaves no release: files without one are cleared away by the workers. Raises
    NotKept where another release of this number was kept meanwhile.
    """
    release = DataRelease(number=number, made_at=made_at, figures=figures, changes=changes)
    kept = [_stored(release, made) for made in files]
    with writing():
        if DataRelease.objects.filter(pk=number).exists():
            raise NotKept(
                f"Release {number} was made by somebody else just now. Nothing was kept: begin again."
            )
        with recorded(None, release, f"Data release {number} made: {figures} figures."):
            release.save(force_insert=True)
            ReleaseFile.objects.bulk_create(kept)
        purge_after_commit()
    return release


def withdraw(number: int, note: str) -> DataRelease:
    """Offer a release no more: `note` is what everyone reads at its addresses. Raises NotThere."""
    with writing():
        release = DataRelease.objects.filter(number=number, withdrawn_at=None).first()
        if release is None:
            raise NotThere(f"There is no release {number} that could be withdrawn. Nothing was changed.")
        with recorded(None, release, f"Data release {number} withdrawn: {note}"):
            release.withdrawn_at, release.withdrawal_note = clock.now(), note
            release.save(update_fields=["withdrawn_at", "withdrawal_note"])
        purge_after_commit()
    return release


def _stored(release: DataRelease, made: Made) -> ReleaseFile:
    row = ReleaseFile(
        release=release, name=made.name, content_type=made.content_type, sha256=made.sha256, size=made.size
    )
    with made.path.open("rb") as file:
        row.file.save(made.name, File(file), save=False)
    return row
