"""What a map and the table beside it say of each authority: one figure of one year's letters. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from councils.models import Council
from letters.measures import Measure
from public.maps.steps import STEPS
from public.series import Year


class Shade(StrEnum):
    """How an area looks. What is no figure, or one of too few cases, has a pattern of its own."""

    STEP_1 = "step-1"
    STEP_2 = "step-2"
    STEP_3 = "step-3"
    STEP_4 = "step-4"
    STEP_5 = "step-5"
    FEW = "few"
    NO_FIGURE = "no-figure"
    NO_LETTER = "no-letter"

    @property
    def is_pattern(self) -> bool:
        return not self.startswith("step")


@dataclass(frozen=True)
class Entry:
    """One authority, and what its letter of the year states of the figure."""

    council: Council
    year: Year

    @property
    def has_letter(self) -> bool:
        return self.year.has_letter

    @property
    def too_few(self) -> bool:
        """Whether the letter states fewer cases than can be compared, even none."""
        return self.year.rate.too_few

    @cached_property
    def value(self) -> Decimal | float | None:
        """What it is shaded and sorted by: the figure as printed, or the share where only the counts are stated.

        None where there is no figure, or where count, base and rate do not fit together.
        """
        figure, count, base = self.year.figure, self.year.count, self.year.base
        if figure is None:
            return 100 * count / base if count is not None and base else None
        return None if base and self.year.rate.interval is None else figure

    @property
    def shade(self) -> Shade:
        if not self.has_letter:
            return Shade.NO_LETTER
        if self.too_few:
            return Shade.FEW
        if self.value is None:
            return Shade.NO_FIGURE
        return Shade(f"step-{STEPS[self.year.measure.slug].step(self.value)}")

    @property
    def counts_written(self) -> str:
        """ "1 of 3"; empty where the figure is no rate, or the letter states neither."""
        return "" if self.year.count is self.year.base is None else self.year.counts_written

    @property
    def count_is_ours(self) -> bool:
        return self.year.count is None and bool(self.year.base) and self.year.rate.our_count is not None

    @property
    def says_nothing(self) -> bool:
        """Whether there is neither a figure nor a count, only a reason why."""
        return self.year.figure is None and not self.counts_written

    @property
    def place_written(self) -> str:
        """What kind of authority it is, and where: "District council, South East"."""
        return ", ".join(each for each in (self.council.get_kind_display(), self.council.region) if each)

    @property
    def words(self) -> str:
        """The entry in a line: "Adur District Council: 1 of 3, 33%, too few to compare"."""
        stated = [self.counts_written, self.year.written, "too few to compare" if self.too_few else ""]
        return f"{self.council.name}: {', '.join(each for each in stated if each)}"


@dataclass(frozen=True)
class Line:
    """A line of the legend, and how many authorities look like that."""

    shade: Shade
    words: str
    number: int


def legend(measure: Measure, entries: Iterable[Entry]) -> list[Line]:
    """All steps, and of the other looks those that occur."""
    shades = [entry.shade for entry in entries]
    words: Mapping[Shade, str] = dict(zip(Shade, STEPS[measure.slug].labels, strict=False)) | {
        Shade.FEW: "too few to compare: under 5 cases",
        Shade.NO_FIGURE: "not stated in the letter, or none due",
        Shade.NO_LETTER: "no letter published",
    }
    lines = [Line(shade, words[shade], shades.count(shade)) for shade in Shade]
    return [line for line in lines if line.number or not line.shade.is_pattern]
