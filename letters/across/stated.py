"""The figures of letters as they are held against one another: fetched side by side, in one query each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from councils.kinds import SimilarGroup
from letters.models import Letter, State, Statistic

# Letters that say something: neither waiting to be read nor withdrawn.
STANDING = (State.READ, State.UNREADABLE, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure of a letter, with whose it is and of which year."""

    letter: UUID
    council: int
    kind: str
    year: int
    measure: str
    percent: Decimal | None
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    average: Decimal | None

    @property
    def key(self) -> tuple[int, int, str]:
        """Whose figure it is, of which year."""
        return self.council, self.year, self.measure

    @property
    def group(self) -> SimilarGroup | None:
        """The council's comparator group."""
        return SimilarGroup.of(self.kind)


# The averages that the letters of a year and comparator group print of a measure, and how many print each.
Printed = Mapping[tuple[int, SimilarGroup, str], Counter[Decimal]]
# A council's figures of a year, by measure.
ByYear = Mapping[tuple[int, int], Mapping[str, Stated]]

_FIELDS = (
    *("letter_id", "letter__council_id", "letter__council__kind", "letter__review__year_ending"),
    *("measure", "percent", "value", "numerator", "denominator", "average"),
)


def of(letters: QuerySet[Letter]) -> list[Stated]:
    """All figures of those of the letters whose council and year are known. One query."""
    return _stated(Statistic.objects.filter(letter__in=letters.order_by().values("pk")))


def _stated(figures: QuerySet[Statistic]) -> list[Stated]:
    known = Q(letter__state__in=STANDING, letter__council__isnull=False, letter__review__isnull=False)
    return [Stated(*row) for row in figures.filter(known).values_list(*_FIELDS)]


def averages(years: Iterable[int]) -> Printed:
    """What the letters of these years print as averages of similar authorities. One query."""
    kinds = [kind for group in SimilarGroup for kind in group.kinds]
    figures = Statistic.objects.filter(
        letter__state__in=STANDING,
        letter__review__year_ending__in=years,
        letter__council__kind__in=kinds,
        average__isnull=False,
    )
    by = ("letter__review__year_ending", "letter__council__kind", "measure", "average")
    printed: dict[tuple[int, SimilarGroup, str], Counter[Decimal]] = defaultdict(Counter)
    for year, kind, measure, average, count in (
        figures.order_by().values_list(*by).annotate(letters=Count("letter"))
    ):
        if group := SimilarGroup.of(kind):
            printed[year, group, measure][average] += count
    return printed


def before(figures: Collection[Stated]) -> ByYear:
    """What the councils of these were told in the two years before: as approved, else as read. One query.

    It names councils and years; asked to find them out by the letters themselves, PostgreSQL may do so again for
    every figure there is.
    """
    earlier = Statistic.objects.filter(
        letter__council__in={figure.council for figure in figures},
        letter__review__year_ending__in={figure.year - back for figure in figures for back in (1, 2)},
    )
    found: dict[tuple[int, int], dict[str, Stated]] = defaultdict(dict)
    latest_last = (F("letter__approved_at").asc(nulls_first=True), "letter__number", "letter__received_at")
    for figure in _stated(earlier.order_by(*latest_last)):
        found[figure.council, figure.year][figure.measure] = figure
    return found
