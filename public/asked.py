"""What the address of a comparison asks for, and the one address that asks for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from letters.measures import HEADLINE, MEASURES, Measure
from public.comparison import Sort
from public.groups import Group

LIST_AT_MOST = 10
_LONGEST_SLUG = 200
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Refused(Exception):
    """The address cannot be answered: the status, and a plain message for whoever asked."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Asked:
    """What the address asks for; None or empty where it leaves the choice to the page."""

    council: str = ""
    year: int | None = None
    figure: str = HEADLINE[0]
    group: Group | None = None
    councils: tuple[str, ...] = ()
    sort: Sort = Sort.NAME

    @property
    def measure(self) -> Measure:
        return MEASURES[self.figure]

    @property
    def is_full(self) -> bool:
        return len(self.councils) >= LIST_AT_MOST

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The parameters of the address, in its order."""
        parts = {
            "council": self.council,
            "year": self.year,
            "figure": self.figure,
            "with": self.group,
            "councils": ",".join(self.councils),
            "sort": "" if self.sort == Sort.NAME else self.sort,
        }
        return [(name, str(value)) for name, value in parts.items() if value]

    @property
    def query(self) -> str:
        return urlencode(self.parts, safe=",")

    @property
    def address(self) -> str:
        return f"{reverse('compare')}?{self.query}"

    def but(self, **changes) -> "Asked":
        """The same with something changed."""
        return replace(self, **changes)

    def adding(self, slug: str) -> "Asked":
        return self.but(group=Group.LIST, councils=(*self.councils, slug))

    def without(self, slug: str) -> "Asked":
        return self.but(councils=tuple(each for each in self.councils if each != slug))


def read(parameters: Mapping[str, str]) -> Asked:
    """What the parameters of an address ask for. Raises Refused for what no link or form of ours could send."""
    council = slug_in(parameters.get("council", ""))
    return Asked(
        council=council,
        year=year_in(parameters.get("year", "")),
        figure=one_of(HEADLINE, parameters.get("figure", ""), "a figure") or HEADLINE[0],
        group=one_of(Group, parameters.get("with", ""), "a group of councils"),
        councils=_list(parameters.get("councils", ""), council),
        sort=one_of(Sort, parameters.get("sort", ""), "an order") or Sort.NAME,
    )


def slug_in(text: str) -> str:
    slug = text.strip().lower()
    if slug and (len(slug) > _LONGEST_SLUG or not SLUG.fullmatch(slug)):
        raise unknown([slug])
    return slug


def year_in(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[12][0-9]{3}", text):
        raise no_such_year()
    return int(text)


def one_of(choices: Iterable, text: str, what: str):
    if not text:
        return None
    for choice in choices:
        if choice == text:
            return choice
    raise Refused(404, f"The address asks for {what} that there is not.")


def _list(text: str, council: str) -> tuple[str, ...]:
    """Each council once, in the order given, without the one that they are compared with."""
    slugs = dict.fromkeys(
        slug for slug in text[:100_000].lower().split(",") if slug.strip() and slug != council
    )
    if len(slugs) > LIST_AT_MOST:
        raise Refused(
            400,
            f"The address names {len(slugs)} councils to compare with. At most {LIST_AT_MOST} fit into one comparison.",
        )
    return tuple(map(slug_in, slugs))


def unknown(slugs: list[str]) -> Refused:
    named = "; ".join(f"“{_short(slug)}”" for slug in slugs)
    return Refused(404, f"No council has this address: {named}.")


def no_such_year() -> Refused:
    return Refused(404, "No letters are published for the year that the address asks for.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
