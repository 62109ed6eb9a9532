"""The figures: the one table that releases are made of, too (`public.tidy`)."""

from collections.abc import Iterable

from letters import published
from public.api import filters
from public.api.listing import Key, Listing, Row
from public.tidy import columns
from public.tidy import rows as figures


class StatisticFilters(filters.Filters):
    council = filters.council(figures.COUNCIL)
    council_kind = filters.kind("letter__council__kind")
    region = filters.region("letter__council__region")
    year_ending = filters.year_ending(figures.YEAR)
    from_year = filters.from_year(figures.YEAR)
    to_year = filters.to_year(figures.YEAR)
    measure = filters.measure(figures.MEASURE)


class Statistics(Listing):
    table, one = "statistics", "Statistic"
    about = (
        "The figures of the letters that count, one in each row with all there is to know of it: as printed, and as"
        " this site works it out. Ordered by year, council and measure."
    )
    filterset = StatisticFilters
    columns = columns.COLUMNS
    example = {
        "council": "wellingborough-borough-council",
        "council_name": "Wellingborough Borough Council",
        "gss_code_then": "E07000156",
        "gss_code_now": "E07000156",
        "council_kind": "district",
        "region": "East Midlands",
        "year_ending": 2020,
        "year": "2019–20",
        "measure": "upheld",
        "measure_name": "Complaints upheld",
        "unit": "%",
        "rate_printed": 100,
        "number_printed": None,
        "rate_computed": 100.0,
        "numerator": 2,
        "denominator": 2,
        "numerator_computed": None,
        "interval_low": 34.23802239546493,
        "interval_high": 100.0,
        "average_printed": 45,
        "average_computed": 45.2,
        "base_label": "detailed investigations",
        "why_not_computed": None,
        "period_start": "2019-04-01",
        "period_end": "2020-03-31",
        "page": 3,
        "box": "0.1 0.2 0.5 0.25",
        "quotation": "100% of complaints we investigated were upheld.",
        "origin": "read",
        "corrected": None,
        "letter": "http://localhost:8000/your-councils-performance/wellingborough-borough-council/annualletters/2020",
        "letter_date": "2020-07-22",
        "published_at": "2020-07-28T23:00:00Z",
    }

    def key_of(self, row: Row) -> Key:
        return figures.key_of(row)

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterable[Row]:
        found = figures.in_order(filters.filtered(self.filterset, given, published.statistics(self.now)))
        if place is not None:
            found = found.filter(figures.after(figures.Key(*place)))
        return figures.rows(found[:most], self.now)
