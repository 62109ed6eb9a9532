"""The one door to the public: what anyone may know of decisions, reports and improvements at a given instant.

A decision is public three months after it was made, as a date in London, unless it is withheld; a report from the day
it was published; an improvement with its decision. The clock decides at each read: every function takes the instant.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO, Any, NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Value, When

from cases import report_pdfs, words
from cases.days import days_of, first_instant, last_decided, public_on, today
from cases.models import (
    Category,
    Decision,
    Outcome,
    Party,
    PublicReport,
    ReportFile,
    Response,
    ServiceImprovement,
    Tally,
)
from cases.references import day_of, first_place, joined, place_after
from cases.states import State, in_state, state_of, state_on
from councils.models import Council
from councils.years import year_ending

__all__ = ["Cell", "Chosen", "Outcome", "Response", "State", "in_state", "state_of", "state_on"]

# A search that finds more says so, and counts nothing.
MOST_FOUND = 250
FEW_BODIES = 20


@dataclass(frozen=True)
class Chosen:
    """Which decisions a list shows: of one body or of all; what is None or empty leaves the choice open."""

    council: Council | None = None
    category: Category | None = None
    part: Category | None = None
    outcome: str = ""
    year: int | None = None

    @property
    def marks(self) -> list[str]:
        """The choices as words of the search."""
        chosen = {
            "b": self.council and self.council.pk,
            "c": self.category and self.category.pk,
            "p": self.part and self.part.pk,
            "o": self.outcome,
            "y": self.year,
        }
        return [words.mark(kind, value) for kind, value in chosen.items() if value]


class Cell(NamedTuple):
    """How many public decisions of a category, or of a part of one, had an outcome in a reporting year.

    Of these, `withheld` have no words and are in no list.
    """

    category: int
    outcome: str
    year: int
    number: int
    withheld: int


class Hit(NamedTuple):
    """A decision that a search has found: where it stands, and what lists choose by."""

    place: int
    category: int
    part: int
    outcome: str
    year: int


def end(now: datetime) -> int:
    """The place before which all decisions are public."""
    return place_after(last_decided(now))


def decisions(now: datetime) -> QuerySet[Decision]:
    """The decisions that anyone may read, newest first, each with its category."""
    public = Decision.objects.filter(withheld=False, place__lt=end(now))
    return public.select_related("category", "subcategory").order_by("-place")


def listed(chosen: Chosen, now: datetime, before: int | None = None, since: int = 0) -> QuerySet[Decision]:
    """Of these, the ones that were chosen, without their long texts; of places from `since` on to below `before`."""
    prefix = "parties__" if chosen.council else ""
    by: dict[str, object] = {"withheld": False, "council": chosen.council}
    by |= {"category": chosen.category, "subcategory": chosen.part, "outcome": chosen.outcome}
    bounds = [end(now), *([] if before is None else [before])]
    if chosen.year:
        first, last = days_of(chosen.year)
        since = max(since, first_place(first))
        bounds.append(place_after(last))
    # All conditions on a body in one, or each would be met by any of a decision's bodies.
    by |= {"place__lt": min(bounds), "place__gte": since or None}
    wanted = {f"{prefix}{name}": value for name, value in by.items() if value not in (None, "")}
    rows = Decision.objects.filter(**wanted).select_related("category", "subcategory")
    return rows.order_by(f"-{prefix}place").defer("text", "remedy")


def on_one_of(councils: QuerySet[Council]) -> Q:
    """The condition on decisions that one of these bodies is among theirs; a query.

    What few bodies have is looked up, or all decisions would be asked for the few of national parks. Of many bodies
    there is soon enough among the newest.
    """
    keys = list(councils.values_list("pk", flat=True)[: FEW_BODIES + 1])
    if len(keys) <= FEW_BODIES:
        theirs = Party.objects.order_by().filter(council__in=keys, withheld=False)
        return Q(place__in=theirs.values("place"))
    return Q(Exists(Party.objects.filter(decision=OuterRef("pk"), council__in=councils)))


def found(
    asked: str, chosen: Chosen, now: datetime, before: int | None = None, at_most: int = MOST_FOUND + 1
) -> Any:
    """The places, below one if told, of the chosen decisions with all of these words: the newest, to be asked `at`."""
    limit = end(now) if before is None else min(before, end(now))
    return words.found(words.typed_words(joined(asked)), chosen.marks, limit, at_most)


def at(places: Any, now: datetime) -> QuerySet[Decision]:
    """The public decisions at these places, newest first, without their long texts."""
    return decisions(now).filter(place__in=places).defer("text", "remedy")


def cells(now: datetime, within: Category | None = None) -> list[Cell]:
    """All public decisions by category, outcome and year, and those of the parts of one category too; two queries."""
    last = last_decided(now)
    wanted = Q(category__within=None) | Q(category__within=within) if within else Q(category__within=None)
    told = Tally.objects.order_by().filter(wanted)
    return [*(Cell(*row) for row in _in_whole_periods(told, last)), *_of_the_month(last, within)]


def _in_whole_periods(tallies: QuerySet[Tally], last: date) -> QuerySet[Tally, Any]:
    """Those of whole years, and of the year in course of whole months, that ended by this day."""
    year = year_ending(last)
    ended = tallies.filter(last_day__lte=last).values_list(
        "category_id", "outcome", "year_ending", "number", "withheld"
    )
    whole_years = ended.filter(whole_year=True)
    if days_of(year)[1] <= last:
        return whole_years
    return whole_years.union(ended.filter(whole_year=False, year_ending=year), all=True)


def _of_the_month(last: date, within: Category | None) -> Iterator[Cell]:
    """What is public of a month that is not public as a whole."""
    if (last + timedelta(days=1)).day == 1:
        return
    begun = Decision.objects.order_by().filter(
        place__gte=first_place(last.replace(day=1)), place__lt=place_after(last)
    )
    for category, part, outcome, number, withheld in _counted(begun, within, "outcome"):
        for each in filter(None, (category, part)):
            yield Cell(each, outcome, year_ending(last), number, withheld)


def cells_of(council: Council, now: datetime, within: Category | None = None) -> list[Cell]:
    """The public decisions about a body by category, outcome and year, and those of the parts of one category too.

    One query, of an index alone.
    """
    own = Party.objects.order_by().filter(council=council, place__lt=end(now))
    return [
        Cell(each, outcome, year, number, withheld)
        for category, part, outcome, year, number, withheld in _counted(own, within, "outcome", "year_ending")
        for each in filter(None, (category, part))
    ]


def hits(places: Any, now: datetime) -> list[Hit] | None:
    """The public decisions at these places, newest first; None where there are more than `MOST_FOUND`."""
    there = decisions(now).order_by().filter(place__in=places)
    # Of an index alone: the year is told by the place.
    rows = there.values_list("place", "category_id", "subcategory_id", "outcome")
    found = sorted((Hit(*row, year_ending(day_of(row[0]))) for row in rows), reverse=True)
    return None if len(found) > MOST_FOUND else found


def cells_among(found: Iterable[Hit]) -> list[Cell]:
    """How many of them are of each category and part, outcome and year."""
    counted = Counter(
        (each, outcome, year) for _, category, part, outcome, year in found for each in (category, part)
    )
    return [Cell(*key, number, 0) for key, number in counted.items()]


def narrowed(found: Iterable[Hit], chosen: Chosen) -> list[Hit]:
    """Those of them that are of what was chosen besides a body."""
    by = {"category": chosen.category, "part": chosen.part, "outcome": chosen.outcome, "year": chosen.year}
    wanted = {name: getattr(value, "pk", value) for name, value in by.items() if value}
    return [hit for hit in found if all(getattr(hit, name) == value for name, value in wanted.items())]


def _counted(rows: QuerySet[Any], within: Category | None, *by: str) -> Iterator[Any]:
    part = Case(When(category=within, then="subcategory")) if within else Value(None, IntegerField())
    told = rows.annotate(part=part).values_list("category_id", "part", *by)
    yield from told.annotate(counted=Count("pk"), unseen=Count("pk", filter=Q(withheld=True)))


def categories() -> list[Category]:
    """All categories and their parts, in their order."""
    return list(Category.objects.all())


def improvements(now: datetime) -> QuerySet[ServiceImprovement]:
    """What councils agreed to make better, newest first, of decisions that anyone may read."""
    of_public = ServiceImprovement.objects.filter(
        decision__withheld=False, decision__place__lt=end(now), agreed_on__lte=today(now)
    )
    return of_public.select_related("decision__category", "decision__subcategory", "council").order_by(
        "-place"
    )


class Changes(NamedTuple):
    """Of a reporting year: how many decisions anyone may read, and since when the newest change to them is."""

    year: int
    number: int
    last: datetime


def changes(now: datetime) -> list[Changes]:
    """The years with decisions that anyone may read, the newest first; one query, of an index alone."""
    counted = decisions(now).order_by().values_list("year_ending")
    told = counted.annotate(Count("pk"), Max("place"), Max("written_at")).order_by("-year_ending")
    return [
        Changes(year, number, changed_at(public_on(day_of(last)), written))
        for year, number, last, written in told
    ]


def changed_at(public_on: date, *written: datetime | None) -> datetime:
    """When what a page says last changed for the public: by what was written since, or when it became public."""
    return max(first_instant(public_on), *filter(None, written))


def reports(now: datetime) -> QuerySet[PublicReport]:
    """The reports published by that day, newest first; each says whether it `has_pdf`."""
    has_pdf = Exists(report_pdfs.clean().filter(report=OuterRef("pk")))
    public = PublicReport.objects.filter(published_on__lte=today(now))
    return public.prefetch_related("bodies").annotate(has_pdf=has_pdf).order_by("-place")


def pdf(report: PublicReport) -> ReportFile | None:
    """The PDF of a report that came through this door, a clean copy; without its bytes."""
    return report_pdfs.clean().filter(report=report).first()


def opened(file: ReportFile) -> IO[bytes]:
    """The bytes of a PDF that came through this door, fetched as they are read."""
    return report_pdfs.opened(file)
