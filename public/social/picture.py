"""A letter's headline figures as a picture, and the same in words for those who do not see it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from public import citing
from public.figures import NOT_STATED
from public.pack import printing
from public.panels import Panel

LAYOUT = Path(__file__).with_name("social.typ")


@dataclass(frozen=True)
class Figure:
    """A number, as large as there is room, and what it is of."""

    number: str
    words: str


@dataclass(frozen=True)
class Picture:
    name: str
    of: str
    figures: tuple[Figure, ...]
    source: str
    site: str = citing.SITE

    @property
    def in_words(self) -> str:
        """For those who do not see the picture: all that is written on it."""
        said = self._said()
        return f"{self.name}, {self.of}{f': {said}' if said else ''}. {self.source}"

    @property
    def beneath(self) -> str:
        """What stands beneath the title of a link, where others show few of its words: the figures first."""
        return f"{self._said() or self.of}. {self.source}"

    def _said(self) -> str:
        return "; ".join(f"{each.number} {each.words}" for each in self.figures)


def picture(letter: Any, panels: Sequence[Panel]) -> Picture:
    """Of a public letter and its headline panels: counts before rates, and nothing that the letter does not state."""
    author = citing.author(letter.review.year_ending)
    return Picture(
        letter.council.name,
        f"The Ombudsman’s annual letter for {letter.review.years}",
        tuple(_figure(panel) for panel in panels if panel.stated and not panel.none_due),
        f"Source: {author}. {citing.notice()}".strip(),
    )


def _figure(panel: Panel) -> Figure:
    if " of " in panel.count:
        return Figure(panel.count, f"{panel.of_what}{' (our count)' if panel.count_is_ours else ''}")
    if panel.rate == NOT_STATED:
        return Figure(panel.count, panel.of_what)
    based = "" if panel.base == NOT_STATED else f", based on {panel.base}"
    return Figure(panel.rate, f"{panel.name}{based}")


def as_data(drawn: Picture) -> str:
    return json.dumps(printing.printable(asdict(drawn)), sort_keys=True)
