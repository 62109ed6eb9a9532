"""An edition as a whole: which averages its letters print, kind by kind, and who prints another."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from councils.kinds import SimilarGroup
from letters.across import stated
from letters.across.averages import Majority, majority, name_of, sign_of
from letters.measures import MEASURES
from letters.models import AnnualReview, Letter
from letters.wording import as_printed


@dataclass(frozen=True)
class Printing:
    """One of the averages that are printed, and which letters do; they are not named where they are the usual ones."""

    average: str
    letters: int
    named: list[Letter]


@dataclass(frozen=True)
class GroupAverages:
    """The averages of a measure in the letters to one comparator group, the most frequent first."""

    group: str
    measure: str
    usual: Majority | None
    printed: list[Printing]

    @property
    def agrees(self) -> bool:
        return len(self.printed) == 1


def averages_of(review: AnnualReview) -> list[GroupAverages]:
    """What the edition's letters print, by measure and group. Two queries."""
    printed = _printed(review)
    differing = {
        letter
        for by_average in printed.values()
        for average, letters in by_average.items()
        if average != _usual_of(by_average)
        for letter in letters
    }
    named = Letter.objects.select_related("council").in_bulk(differing)
    order = {slug: number for number, slug in enumerate(MEASURES)}
    return [
        _of_group(group, measure, by_average, named)
        for (measure, group), by_average in sorted(
            printed.items(), key=lambda each: (order.get(each[0][0], len(order)), each[0])
        )
    ]


ByAverage = dict[Decimal, list[UUID]]


def _printed(review: AnnualReview) -> dict[tuple[str, SimilarGroup], ByAverage]:
    printed: dict[tuple[str, SimilarGroup], ByAverage] = defaultdict(lambda: defaultdict(list))
    for figure in stated.of(Letter.objects.filter(review=review)):
        if figure.group and figure.average is not None:
            printed[figure.measure, figure.group][figure.average].append(figure.letter)
    return printed


def _usual(by_average: ByAverage) -> Majority | None:
    return majority(Counter({average: len(letters) for average, letters in by_average.items()}))


def _usual_of(by_average: ByAverage) -> Decimal | None:
    usual = _usual(by_average)
    return usual.average if usual else None


def _of_group(
    group: SimilarGroup, measure: str, by_average: ByAverage, named: dict[UUID, Letter]
) -> GroupAverages:
    most_first = sorted(by_average.items(), key=lambda each: (-len(each[1]), each[0]))
    return GroupAverages(
        group=str(group.label),
        measure=name_of(measure),
        usual=_usual(by_average),
        printed=[
            Printing(
                f"{as_printed(average)}{sign_of(measure)}",
                len(letters),
                [named[letter] for letter in letters if letter in named and average != _usual_of(by_average)],
            )
            for average, letters in most_first
        ],
    )
