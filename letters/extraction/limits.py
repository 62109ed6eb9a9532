"""What one reading may cost, and how it can end: known to both sides, and light to import."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Limits:
    """Limits of one child process. Real letters have 2 to 7 pages and take well under a second and 100 MB."""

    seconds: int = 30
    cpu_seconds: int = 10
    memory_mb: int = 1024
    pages: int = 30
    # How much a child may answer: a reading in JSON, a picture of a page, or a clean copy.
    reading_bytes: int = 1_000_000
    picture_bytes: int = 20_000_000
    copy_bytes: int = 30_000_000


class Ending(Enum):
    """How a child process ended, as one byte."""

    ANSWERED = b"a"
    TIME = b"t"
    MEMORY = b"m"
    CRASH = b"c"
