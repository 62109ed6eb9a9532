"""Whether all that was taken in is there, as it was, and as its history tells: `faults()` says what is not."""

from collections.abc import Iterator

from history.chain import Fault
from history.verifying import faults as faults_of_history
from operating.integrity import database, files, letters, reports, search

__all__ = ["Fault", "faults"]


def faults() -> Iterator[Fault]:
    """Everything that is wrong, each with what to do about it."""
    yield from database.faults()
    yield from files.faults()
    yield from letters.faults()
    yield from search.faults()
    yield from reports.faults()
    yield from faults_of_history()
