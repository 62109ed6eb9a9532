"""Whether anything of an edition was handed out before its hour, as the proxy's log has it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from letters import published

# What is of one letter: the letter as a page and as a PDF, its pages and their pictures, a committee's pack, the
# picture of its figures, and its words in the API.
_OF_A_LETTER = re.compile(
    r"(?:/your-councils-performance|/api/v1/letters)/(?P<council>[^/]+)/"
    r"(?:(?:annualletters/)?(?P<year>[0-9]{4})(?:\.pdf|\.json|/.*)?"
    r"|(?:committee-pack|social-picture)/(?P<made>[0-9]{4})\.(?:pdf|png))"
)
_HANDED_OUT = {"200", "206"}


class NoLog(Exception):
    """The file is no access log as deploy/nginx has it written."""


@dataclass(frozen=True)
class Served:
    """A council's letter with its hour, and the first byte that anybody got of it; None where nobody has asked yet."""

    council: Any
    due: datetime
    first: datetime | None

    @property
    def early(self) -> bool:
        return self.first is not None and self.first < self.due

    def __str__(self) -> str:
        if self.first is None:
            return f"{self.council}: not asked for"
        after = (self.first - self.due).total_seconds()
        when = f"{abs(after):.3f} seconds {'BEFORE' if self.early else 'after'} its hour"
        return f"{self.council}: first byte {self.first:%Y-%m-%d %H:%M:%S.%f} UTC, {when}"


def served(year: int, log: Iterable[str], now: datetime) -> list[Served]:
    """The letter of the year of every council that has or had a public one, by council. Raises NoLog."""
    first = _first_bytes(year, log)
    letters = sorted(_first_letters(year, now), key=lambda letter: letter.council.name)
    return [Served(letter.council, letter.published_at, first.get(letter.council.slug)) for letter in letters]


def _first_letters(year: int, now: datetime) -> Iterable[Any]:
    """Of each council the letter that was public first: all of one year have the same addresses.

    One that was replaced or withdrawn since was handed out in its time, which is nothing that leaked of its successor.
    """
    found: dict[int, Any] = {}
    for door in (published.letters, published.replaced, published.withdrawn):
        for letter in door(now).filter(review__year_ending=year, published_at__lte=now):
            known = found.setdefault(letter.council_id, letter)
            found[letter.council_id] = min(known, letter, key=lambda each: each.published_at)
    return found.values()


def _first_bytes(year: int, log: Iterable[str]) -> dict[str, datetime]:
    """When the first byte of anything of a council's letter left, by the council's slug."""
    first: dict[str, datetime] = {}
    for line in _lines(log):
        match = _OF_A_LETTER.fullmatch(line["path"])
        if match and line["status"] in _HANDED_OUT and str(year) in (match["year"], match["made"]):
            at = _first_byte(line)
            first[match["council"]] = min(at, first.get(match["council"], at))
    return first


def _lines(log: Iterable[str]) -> Iterator[dict[str, str]]:
    for number, text in enumerate(log, start=1):
        try:
            line = json.loads(text)
            yield {name: line[name] for name in ("at", "took", "first_byte_took", "path", "status")}
        except (ValueError, TypeError, KeyError) as error:
            raise NoLog(f"Line {number} is none of the log that deploy/nginx has written.") from error


def _first_byte(line: dict[str, str]) -> datetime:
    """The end of the request, less the time it took, with the time until the site answered; in UTC."""
    waited = re.search(r"[0-9.]+", line["first_byte_took"])
    seconds = float(line["at"]) - float(line["took"]) + (float(waited[0]) if waited else 0)
    return datetime.fromtimestamp(seconds, UTC)
