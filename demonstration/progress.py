"""How far the demonstration is: how many of its letters have been read, kept in a small file for every process."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """`done` of `of` letters have been read."""

    done: int
    of: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.of


def write(progress: Progress) -> None:
    """Keep it, whole or not at all."""
    draft = _path().with_suffix(".draft")
    draft.write_text(json.dumps(asdict(progress)))
    os.replace(draft, _path())


def read() -> Progress | None:
    """How far it is, or None while nothing has been made."""
    try:
        return Progress(**json.loads(_path().read_text()))
    except FileNotFoundError:
        return None


def _path() -> Path:
    return settings.DATA_DIR / "demonstration.json"
