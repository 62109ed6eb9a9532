"""Counting decisions when they are brought in or taken down, so that pages need not."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from cases.days import days_of
from cases.models import Decision, Tally

# Category and outcome, with the first day of the month; what is counted is all, and those withheld.
Cell = tuple[date, int, str]


def recount(years: Iterable[int]) -> None:
    """Count the decisions of these reporting years anew; call it inside the transaction that changes them."""
    for year in sorted(set(years)):
        Tally.objects.filter(year_ending=year).delete()
        numbers, withheld = _months(year)
        Tally.objects.bulk_create(
            [*_tallies(year, numbers, withheld, False), *_tallies(year, numbers, withheld, True)],
            batch_size=500,
        )


def _months(year: int) -> tuple[Counter[Cell], Counter[Cell]]:
    numbers: Counter[Cell] = Counter()
    withheld: Counter[Cell] = Counter()
    of_the_year = Decision.objects.order_by().filter(decided_on__range=days_of(year))
    for name in ("category_id", "subcategory_id"):
        rows = of_the_year.annotate(month=TruncMonth("decided_on")).values_list("month", name, "outcome")
        for *cell, number, hidden in rows.annotate(
            counted=Count("pk"), unseen=Count("pk", filter=Q(withheld=True))
        ):
            numbers[tuple(cell)] += number
            withheld[tuple(cell)] += hidden
    return numbers, withheld


def _tallies(year: int, numbers: Counter[Cell], withheld: Counter[Cell], whole_year: bool) -> list[Tally]:
    sums: Counter[tuple[date, date, int, str]] = Counter()
    hidden: Counter[tuple[date, date, int, str]] = Counter()
    for (month, category, outcome), number in numbers.items():
        first, last = days_of(year) if whole_year else (month, _end_of(month))
        sums[first, last, category, outcome] += number
        hidden[first, last, category, outcome] += withheld[month, category, outcome]
    return [
        Tally(
            first_day=first,
            last_day=last,
            year_ending=year,
            whole_year=whole_year,
            category_id=category,
            outcome=outcome,
            number=number,
            withheld=hidden[first, last, category, outcome],
        )
        for (first, last, category, outcome), number in sums.items()
    ]


def _end_of(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
