"""The list of what is in a backup, by which it is known to be whole."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

NAME = "manifest.json"
FILES = "files"
_AT_ONCE = 1024 * 1024


class NotWhole(Exception):
    """A backup that must not be restored, with the reason."""


@dataclass(frozen=True)
class Part:
    """One file of the backup: its name below the folder, and what is in it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`made_at` is an instant at or before that of the database's copy; `end_of_history` its last line.

    `migrations` are those of our own apps that it has; none in a backup of before they were told.
    """

    made_at: datetime
    vendor: str
    database: Part
    files: list[Part]
    end_of_history: str
    migrations: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Last of all: a backup without it was broken off."""
        told = asdict(self) | {"made_at": self.made_at.isoformat()}
        write_safely(folder / NAME, iter([json.dumps(told, indent=1).encode()]))

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        try:
            told = json.loads((folder / NAME).read_text())
            return cls(
                datetime.fromisoformat(told["made_at"]),
                told["vendor"],
                Part(**told["database"]),
                [Part(**part) for part in told["files"]],
                told["end_of_history"],
                list(told.get("migrations", [])),
            )
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotWhole(f"{folder} is no backup, or one that was broken off: it has no {NAME}.") from error
        except OSError as error:
            raise NotWhole(f"{folder / NAME} cannot be read: {error.strerror}.") from error
        except (ValueError, LookupError, TypeError) as error:
            raise NotWhole(
                f"{folder / NAME} is not as it was written. Take another copy of this backup, or another backup."
            ) from error

    def verify(self, folder: Path) -> None:
        """Read every byte again. Raises NotWhole for the first part that is not as it was written."""
        for part in [self.database, *self.files]:
            path = folder / part.name
            if not path.is_file():
                raise NotWhole(f"{path} is missing from the backup.")
            if measured(path) != (part.size, part.sha256):
                raise NotWhole(f"{path} is not as it was written.")


def measured(path: Path) -> tuple[int, str]:
    """Size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        for chunk in chunks(file):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_AT_ONCE):
        yield chunk


def write_safely(path: Path, content: Iterator[bytes]) -> Part:
    """Write a new file that only its owner may read, and let it reach the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for chunk in content:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Part(path.name, size, digest.hexdigest())
