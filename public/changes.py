"""What changed in a headline figure since the year before, over the same authorities. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from letters.measures import Measure
from public.comparison import Average, Row, is_counted, our_average
from public.figures import counted, number, whole, years
from public.fisher import fisher
from public.signs import LEVEL


@dataclass(frozen=True)
class Change:
    """The sums of those authorities whose letters give the numbers for both years.

    `compared` of them have enough cases in both; of these, the rates of `rose` and `fell` moved further than chance
    explains, by the rule of `public.signs`.
    """

    measure: Measure
    year: int
    before: Average
    now: Average
    compared: int
    rose: int
    fell: int

    @property
    def points(self) -> float:
        """Between the two rates as they are written, in percentage points."""
        return round(_tenth(self.now) - _tenth(self.before), 1)

    @property
    def words(self) -> str:
        authorities = counted(self.now.letters, "authority", "authorities")
        letter = "letter gives" if self.now.letters == 1 else "letters give"
        return (
            f"In the {authorities} whose {letter} the numbers for both years: {_written(self.before)} in "
            f"{years(self.year - 1)}, {_written(self.now)} in {years(self.year)}. That is {self._difference}."
        )

    @property
    def _difference(self) -> str:
        if not self.points:
            return "the same rate"
        size = f"{abs(self.points):.1f}".removesuffix(".0")
        return f"{size} percentage point{'' if size == '1' else 's'} {'more' if self.points > 0 else 'less'}"

    @property
    def chance_words(self) -> str:
        """How many of the authorities' own rates moved; empty where none has enough cases in both years."""
        if not self.compared:
            return ""
        if self.compared == 1:
            moved = "rose" if self.rose else "fell" if self.fell else "moved no"
            return f"Of the one with 5 cases or more in both, the rate {moved} further than chance explains."
        return (
            f"Of the {number(self.compared)} with 5 cases or more in both, the rate rose further than chance "
            f"explains in {_none_or(self.rose)}, and fell so in {_none_or(self.fell)}."
        )


def _none_or(amount: int) -> str:
    return number(amount) if amount else "none"


def _tenth(average: Average) -> float:
    """In per cent, rounded half up."""
    return whole(10 * average.exactly) / 10


def _written(average: Average) -> str:
    return f"{number(average.count)} of {number(average.base)} ({_tenth(average):.1f}%)"


def change(measure: Measure, year: int, before: Iterable[Row], now: Iterable[Row]) -> Change | None:
    """The figure beside that of the year before; None where no authority has both."""
    earlier: Mapping[int, Row] = {row.council.pk: row for row in before if is_counted(row)}
    pairs = [(earlier[row.council.pk], row) for row in now if is_counted(row) and row.council.pk in earlier]
    sums = our_average(row for row, _ in pairs), our_average(row for _, row in pairs)
    if sums[0] is None or sums[1] is None:
        return None
    enough = [(old, new) for old, new in pairs if not old.too_few and not new.too_few]
    moved = [new.position - old.position for old, new in enough if _beyond_chance(old, new)]
    rose = sum(difference > 0 for difference in moved)
    return Change(measure, year, sums[0], sums[1], len(enough), rose, len(moved) - rose)


def _beyond_chance(old: Row, new: Row) -> bool:
    return fisher(new.count, new.rate.base, old.count, old.rate.base) < LEVEL


def not_comparable(measure: Measure, year: int) -> str:
    """Why the figures of the year and of the one before do not compare; empty where they do."""
    if not measure.stated_in(year - 1):
        return f"The letters state this figure from {years(measure.first_year)}."
    notes = [each.note for each in measure.breaks if each.year == year]
    return " ".join(notes)
