"""What the address of a list asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from public.asked import SLUG

MOST_TYPED = 200
_YEAR = re.compile("[12][0-9]{3}")
_PLACE = re.compile("[0-9]{1,19}")


class NoSuchList(Exception):
    """The address asks for what no link or form of ours could ask; nothing depends on what is not public."""


@dataclass(frozen=True)
class Asked:
    """The choices of an address, by their names in it; empty where it leaves the choice open.

    `before` is the place below which the list goes on.
    """

    category: str = ""
    part: str = ""
    outcome: str = ""
    subject: str = ""
    state: str = ""
    year: int | None = None
    q: str = ""
    before: int | None = None

    def but(self, **changes) -> "Asked":
        """The same with something changed, from the newest on."""
        return replace(self, before=None, **changes)

    @property
    def query(self) -> str:
        """As in an address; empty where nothing is chosen."""
        chosen = {name: value for name, value in vars(self).items() if value not in ("", None)}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def is_narrowed(self) -> bool:
        return self.but() != Asked()

    def after(self, place: int) -> str:
        """The query of the list's next page."""
        return replace(self, before=place).query


def read(parameters: Mapping[str, str]) -> Asked:
    """What the parameters ask for. Raises NoSuchList for what has not even the form of a choice."""
    names = ("category", "part", "outcome", "subject", "state")
    words = {name: _one_of_form(SLUG, parameters.get(name, "")) for name in names}
    year = _one_of_form(_YEAR, parameters.get("year", ""))
    before = _one_of_form(_PLACE, parameters.get("before", ""))
    return Asked(
        **words,
        year=int(year) if year else None,
        before=min(int(before), 2**63 - 1) if before else None,
        q=" ".join(parameters.get("q", "")[:MOST_TYPED].replace("\0", " ").split()),
    )


def _one_of_form(form: re.Pattern, text: str) -> str:
    if text and (len(text) > 120 or not form.fullmatch(text)):
        raise NoSuchList
    return text
