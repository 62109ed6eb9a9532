"""What the address of a search of the letters asks for, and the addresses of what comes after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from councils.finding import find
from councils.kinds import CouncilKind
from councils.models import Council
from letters import published
from public.asked import Refused, one_of, slug_in, unknown, year_in

LONGEST = 200
KINDS = [kind for kind in CouncilKind if kind.is_written_to]
# What a search looks for as it was typed, beside words.
_SIGNS = re.compile(r"""[^\w\s"'’“”.,;:!?()-]""")
# What a council's name on the page may be of: more than fit into a line are no choice.
_CHOICES = 8


class Order(Enum):
    """How the letters are put: those that say it most first, where they are few; else the newest first."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Asked:
    """`after` is the letter, by council and year, after which to go on. Without a question nothing was asked yet."""

    words: str = ""
    question: Any = None
    council: Council | None = None
    kind: str = ""
    year: int | None = None
    order: Order | None = None
    after: tuple[Council, int] | None = None

    @property
    def within(self) -> published.Within:
        """Which letters are looked through."""
        return published.Within(self.council.pk if self.council else None, self.kind, self.year)

    @property
    def within_after(self) -> published.Within:
        """Which of them come after the page before."""
        after = (self.after[0].pk, self.after[1]) if self.after else None
        return replace(self.within, after=after)

    @property
    def has_signs(self) -> bool:
        return bool(_SIGNS.search(self.words))

    def address(self, **changes: str) -> str:
        """The address of the same search with something changed, from its first letter on."""
        parts = {
            "q": self.words,
            "council": self.council.slug if self.council else "",
            "kind": self.kind,
            "year": str(self.year or ""),
            "order": self.order.value if self.order else "",
        }
        given = {name: value for name, value in (parts | changes).items() if value}
        return f"{reverse('letters')}?{urlencode(given, safe='/')}"


class NoCouncil(Exception):
    """The council could not be told from what was typed; with those that may be meant."""

    def __init__(self, message: str, councils: list[Council]) -> None:
        super().__init__(message)
        self.councils = councils


class BadWords(Exception):
    """The words cannot be looked for, with what to do instead."""


def read(parameters: Mapping[str, str], today: date) -> Asked:
    """Raises BadWords and NoCouncil for what people may type, Refused for what no link or form of ours could send."""
    order = one_of([each.value for each in Order], parameters.get("order", ""), "an order")
    return Asked(
        words=parameters.get("q", ""),
        kind=one_of(KINDS, parameters.get("kind", ""), "a kind of council") or "",
        year=year_in(parameters.get("year", "")),
        order=Order(order) if order else None,
        after=_after(parameters.get("after", "")),
        council=_council(parameters.get("council", "").strip(), today),
        question=_question(parameters.get("q")),
    )


def _question(words: str | None) -> Any:
    if words is None:
        return None
    if len(words) > LONGEST:
        raise BadWords(f"Enter fewer words: at most {LONGEST} characters.")
    try:
        return published.question(words)
    except published.NoQuestion as reason:
        raise BadWords(str(reason)) from reason


def _council(typed: str, today: date) -> Council | None:
    """By its part of our addresses, as links have it; else by its name, as people type it."""
    if not typed:
        return None
    if len(typed) > LONGEST or "\0" in typed:
        raise NoCouncil("Enter the name of a council, or part of it.", [])
    if council := Council.objects.filter(slug=typed.lower()).first():
        return council
    found = find(typed, today)
    exact = [each for each in found.called if each.name.casefold() == typed.casefold()]
    called = exact or found.called
    if len(called) == 1:
        return called[0]
    raise NoCouncil(_which(called), (called or found.nearly)[:_CHOICES])


def _which(called: list[Council]) -> str:
    return "Choose which council you mean." if called else "No council here has a name like that."


def _after(text: str) -> tuple[Council, int] | None:
    if not text:
        return None
    parts = re.fullmatch(r"([^/]+)/([12][0-9]{3})", text)
    if not parts:
        raise Refused(404, "The address asks for a place in the list that there is not.")
    slug = slug_in(parts[1])
    council = Council.objects.filter(slug=slug).first()
    if council is None:
        raise unknown([slug])
    return council, int(parts[2])
