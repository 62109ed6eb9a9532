"""Our averages of the authorities similar to a council, figure by figure and year by year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count

from councils.models import Council
from letters import published
from public.comparison import Average, average_of
from public.sentences import Rate

# Of each figure (its slug) and year.
Averages = Mapping[tuple[str, int], Average]


def averages(
    council: Council, measures: Iterable[str], year_endings: Iterable[int], now: datetime
) -> Averages:
    """Sums of counts over sums of bases of the letters public at `now`, the council's own included; in one query.

    Nothing for a body that the Ombudsman compares with nobody.
    """
    group, measures = council.similar_group, list(measures)
    if group is None or not measures:
        return {}
    stated = (
        published.statistics(now)
        .filter(
            letter__council__kind__in=group.kinds,
            letter__review__year_ending__in=list(year_endings),
            measure__in=measures,
        )
        .values_list("measure", "letter__review__year_ending", "percent", "numerator", "denominator")
        .annotate(letters=Count("pk"))
        .order_by()
    )
    counts = defaultdict(list)
    for measure, year, percent, count, base, letters in stated:
        if known := Rate(percent, count, base).known_counts:
            counts[measure, year] += [known] * letters
    return {key: average for key, of_it in counts.items() if (average := average_of(of_it))}
