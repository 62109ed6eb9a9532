"""Our averages of all groups of similar authorities, remembered until what is public may have changed.

They are those of `public.similar`: sums of counts over sums of bases. Made for one year in one query, when first asked
for, and kept in this process until the next deed that the history tells, or the next hour of publication.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from councils.kinds import SimilarGroup
from letters import published
from letters.measures import MEASURES
from public.comparison import average_of
from public.sentences import Rate

_RATES = [slug for slug, measure in MEASURES.items() if measure.form == "rate"]

# In per cent, not rounded: by the kind of a body, and the slug of a rate.
OfYear = Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class Known:
    """The averages as they stand from one instant until another, after one deed."""

    deed: str
    since: datetime
    until: datetime | None
    years: dict[int, OfYear] = field(default_factory=dict)

    def stands(self, deed: str, now: datetime) -> bool:
        return self.deed == deed and self.since <= now and (self.until is None or now < self.until)

    def of(self, year_ending: int) -> OfYear:
        if year_ending not in self.years:
            self.years[year_ending] = _of_year(year_ending, self.since)
        return self.years[year_ending]


_remembered: list[Known] = []


def known(now: datetime) -> Known:
    """The averages of what is public at that instant; one short query where they are remembered."""
    deed = published.last_deed()
    # Another thread may put another in its place at any time.
    for last in tuple(_remembered):
        if last.stands(deed, now):
            return last
    found = Known(deed, now, published.next_moment(now))
    # Before its first deed a site's history says nothing.
    _remembered[:] = [found] if deed else []
    return found


def _of_year(year_ending: int, now: datetime) -> OfYear:
    stated = (
        published.statistics(now)
        .filter(letter__review__year_ending=year_ending, measure__in=_RATES)
        .values_list("letter__council__kind", "measure", "percent", "numerator", "denominator")
        .annotate(letters=Count("pk"))
        .order_by()
    )
    counts = defaultdict(list)
    for kind, measure, percent, count, base, letters in stated:
        group = SimilarGroup.of(kind)
        if group and (known_counts := Rate(percent, count, base).known_counts):
            counts[group, measure] += [known_counts] * letters
    averages = {key: average.exactly for key, each in counts.items() if (average := average_of(each))}
    return {
        (kind, measure): exactly for (group, measure), exactly in averages.items() for kind in group.kinds
    }


def forget() -> None:
    """Remember nothing, as a new process does."""
    _remembered.clear()
