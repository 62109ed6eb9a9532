"""What the yearly tables say of the councils of these letters."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet

from letters.across.tables import OfFigure, Tabled
from letters.models import AnnualReview, Letter
from letters.tables.models import TableFigure

# By council, year and measure.
InTables = Mapping[tuple[int, int, str], OfFigure]

_FIELDS = (
    *("council_id", "review__year_ending", "measure", "field"),
    *("number", "sheet", "row", "column"),
)


def of(letters: QuerySet[Letter]) -> InTables:
    """Of the councils and years of these letters. One query."""
    these = letters.order_by()
    return _found(
        TableFigure.objects.filter(council__in=these.values("council"), review__in=these.values("review"))
    )


def of_edition(review: AnnualReview) -> InTables:
    """All that was imported for an edition. One query."""
    return _found(TableFigure.objects.filter(review=review))


def _found(figures: QuerySet[TableFigure]) -> InTables:
    found: dict[tuple[int, int, str], dict[str, Tabled]] = defaultdict(dict)
    counting = figures.filter(superseded_at=None, number__isnull=False).order_by()
    for council, year, measure, field, *where in counting.values_list(*_FIELDS):
        found[council, year, measure][field] = Tabled(*where)
    return found
