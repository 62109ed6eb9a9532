"""What uploads that were broken off have left in the storage."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage

from letters import clock
from letters.models import CleanCopy, Letter, ReleaseFile
from letters.storage import FOLDERS, PART

# A file is written before its row, within one request.
LEFT_SINCE = timedelta(hours=1)


def remove_leftovers() -> int:
    """Remove files that were never written to their end, and those of uploads that were then repeated; how many.

    Of the latter another file holds the same bytes for a letter. A file whose bytes nobody has is never removed:
    `manage.py check_integrity` tells of it.
    """
    storage = Letter._meta.get_field("file").storage
    left = [*_half_written(storage), *_copies_of_nothing(storage)]
    left += [name for name in _without_letter(storage) if _is_kept(storage, name)]
    for name in left:
        storage.delete(name)
    return len(left)


def _half_written(storage: Storage) -> Iterator[str]:
    for folder in FOLDERS:
        yield from (name for name in _old(storage, folder) if name.endswith(PART))


def _copies_of_nothing(storage: Storage) -> Iterator[str]:
    """Clean copies, and files of data releases, that were written and not kept: they can be made again."""
    for folder, kept in (("copies", CleanCopy), ("releases", ReleaseFile)):
        names = {name for name in _old(storage, folder) if not name.endswith(PART)}
        yield from sorted(names.difference(kept._default_manager.values_list("file", flat=True)))


def _without_letter(storage: Storage) -> Iterator[str]:
    names = {name for name in _old(storage, "letters") if not name.endswith(PART)}
    # Asked for after the listing: whatever has come since is not in it.
    yield from sorted(names.difference(Letter.objects.values_list("file", flat=True)))


def _old(storage: Storage, folder: str) -> Iterator[str]:
    for name in storage.listdir(folder)[1]:
        if storage.get_modified_time(f"{folder}/{name}") < clock.now() - LEFT_SINCE:
            yield f"{folder}/{name}"


def _is_kept(storage: Storage, name: str) -> bool:
    """Whether another file holds the same bytes for a letter."""
    with storage.open(name, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    others = Letter.objects.filter(sha256=digest).values_list("file", flat=True)
    return any(storage.exists(other) for other in others)
