"""What importing a table would do: what is new, what changes, what is refused and why, and where letters differ."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from councils.misspelt import near
from councils.models import Council
from letters.across import stated, tabled
from letters.across.averages import name_of, sign_of
from letters.across.tables import Tabled, differences
from letters.models import AnnualReview, Letter
from letters.tables.models import FIELDS, TableFigure
from letters.tables.opening import opened
from letters.tables.reading import CouncilRow, Left, Number, Read, read
from letters.wording import as_printed

Key = tuple[int, str, str]  # council, measure, field
MOST_SUGGESTIONS = 3
# So many unknown names are looked up; who has more of them has uploaded another kind of table.
MOST_LOOKED_UP = 60


@dataclass(frozen=True)
class Change:
    """A number that would be kept: what stands there now (None for nothing), and what would."""

    council: Council
    sheet: str
    number: Number
    before: TableFigure | None

    @property
    def figure(self) -> str:
        return f"{name_of(self.number.figure.measure)}: {FIELDS[self.number.figure.field]}"

    @property
    def now(self) -> str:
        return self._in_words(self.number.number)

    @property
    def then(self) -> str:
        return self._in_words(self.before.number if self.before else None)

    def _in_words(self, number: Decimal | None) -> str:
        figure = self.number.figure
        sign = sign_of(figure.measure) if figure.field in {"percent", "average"} else ""
        return "not stated" if number is None else f"{as_printed(number)}{sign}"


@dataclass
class Preview:
    """All that a person should see before confirming."""

    read: Read
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    councils: int = 0
    left: list[Left] = field(default_factory=list)
    differing: list[tuple[Letter, list[str]]] = field(default_factory=list)

    @property
    def refused(self) -> list[Left]:
        return [each for each in self.left if each.refused]

    @property
    def left_out(self) -> list[Left]:
        return [each for each in self.left if not each.refused]

    @property
    def changes(self) -> list[Change]:
        return [*self.new, *self.changed]

    @property
    def digest(self) -> str:
        """What names exactly these changes, so that what is confirmed is what was seen."""
        lines = sorted(f"{c.council.pk} {c.number.figure} {c.then} {c.now}" for c in self.changes)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def preview(content: bytes, review: AnnualReview) -> Preview:
    """What importing this file for an edition would do. Raises NoTable for what is no table at all."""
    found = read(opened(content), review.year_ending)
    shown = Preview(found, left=list(found.left))
    numbers = _stated_once(_named(found.rows, review, shown.left), shown.left)
    shown.councils = len({council for council, _, _ in numbers})
    counting = TableFigure.objects.filter(review=review, superseded_at=None)
    before = {(figure.council_id, figure.measure, figure.field): figure for figure in counting}
    for key, (council, sheet, number) in numbers.items():
        _compare(Change(council, sheet, number, before.get(key)), shown)
    shown.differing = _against_letters(review, shown.changes)
    return shown


Taken = tuple[Council, str, Number]


def _named(
    rows: Iterable[CouncilRow], review: AnnualReview, left: list[Left]
) -> list[tuple[Council, CouncilRow]]:
    """The rows with their councils; those of unknown ones are left, with suggestions."""
    rows, day = list(rows), date(review.year_ending, 3, 31)
    councils = Council.objects.all_named({row.name for row in rows}, day)
    suggestions = _suggestions([name for name, council in councils.items() if council is None], day)
    taken = []
    for row in rows:
        council = councils[row.name]
        if council and council.existed_in_year_of(day):
            taken.append((council, row))
        else:
            why = (
                f"{council} did not exist in {review.years}"
                if council
                else f"the register knows no such council in {review.years}, or more than one"
            )
            left.append(
                Left(row.sheet, f"row {row.row}", row.name, why, suggestions=suggestions.get(row.name, ()))
            )
    return taken


def _suggestions(unknown: list[str], day: date) -> dict[str, tuple[str, ...]]:
    """Councils of the year that are nearly called so."""
    if not unknown:
        return {}
    names = Council.objects.open_in_year_of(day).plain_names()
    near_by = {name: sorted(found.items(), key=lambda each: each[1]) for name in unknown[:MOST_LOOKED_UP]
               if (found := near(name, names))}  # fmt: skip
    in_year = Council.objects.open_in_year_of(day).in_bulk(
        {key for found in near_by.values() for key, _ in found}
    )
    return {
        name: tuple(str(in_year[key]) for key, _ in found if key in in_year)[:MOST_SUGGESTIONS]
        for name, found in near_by.items()
    }


def _stated_once(rows: Iterable[tuple[Council, CouncilRow]], left: list[Left]) -> dict[Key, Taken]:
    """Each number by what it is of. One stated in several places, otherwise each time, is left."""
    places: dict[Key, list[tuple[Council, CouncilRow, Number]]] = defaultdict(list)
    for council, row in rows:
        for number in row.numbers:
            places[council.pk, number.figure.measure, number.figure.field].append((council, row, number))
    taken = {}
    for key, found in places.items():
        stating = [each for each in found if each[2].number is not None] or found
        if len({number.number for _, _, number in stating}) > 1:
            left += [_twice(row, number) for _, row, number in stating]
        else:
            council, row, number = stating[0]
            taken[key] = (council, row.sheet, number)
    return taken


def _twice(row: CouncilRow, number: Number) -> Left:
    figure = f"{name_of(number.figure.measure)}: {FIELDS[number.figure.field]}"
    why = f"{figure}: {as_printed(number.number)} here, and another number in another row or sheet"
    return Left(row.sheet, number.cell.place, row.name, why)


def _compare(change: Change, shown: Preview) -> None:
    before, now = change.before, change.number.number
    if before is None and now is None:
        return
    if before is None:
        shown.new.append(change)
    elif before.number != now:
        shown.changed.append(change)
    else:
        shown.same += 1


def _against_letters(review: AnnualReview, changes: list[Change]) -> list[tuple[Letter, list[str]]]:
    """The letters that would differ from the tables, were these changes made."""
    would: Mapping = tabled.of_edition(review)
    for change in changes:
        figure, cell = change.number.figure, change.number.cell
        of_figure = would[change.council.pk, review.year_ending, figure.measure]
        of_figure.pop(figure.field, None)
        if change.number.number is not None:
            of_figure[figure.field] = Tabled(change.number.number, change.sheet, cell.row, cell.column)
    said = defaultdict(list)
    for figure in stated.of(Letter.objects.filter(review=review)):
        said[figure.letter] += [f"{told}." for _, told in differences(figure, would.get(figure.key, {}))]
    letters = Letter.objects.select_related("council").filter(
        pk__in=[each for each, told in said.items() if told]
    )
    return [(letter, said[letter.pk]) for letter in letters.order_by("council__name")]
