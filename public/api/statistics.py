"""The figures: the one table that releases are made of, too (`public.tidy`)."""

from collections.abc import Iterator

from letters import published
from public.api import filters
from public.api.letters import LetterFilters, in_parts
from public.api.listing import Key, Listing, Row
from public.tidy import columns
from public.tidy import rows as figures

_BEGINNING = (0, "", "")
# So many figures a letter has at least, as a rule: of more letters than that a page is not made.
_OF_A_LETTER = 4


class StatisticFilters(LetterFilters):
    measure = filters.measure("statistics__measure")


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

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterator[Row]:
        """The figures of some letters at a time: a page costs the same at any place and however many there are."""
        letters = filters.filtered(self.filterset, given, published.letters(self.now))
        measure = {"measure": given["measure"]} if "measure" in given else {}
        at_once = most if measure else 1 + most // _OF_A_LETTER
        for part in in_parts(letters, given, (place or _BEGINNING)[:2], at_once, self.now):
            found = list(part.values_list("pk", "review"))
            if not found:
                continue
            # The years say nothing new, but keep PostgreSQL from reading all letters to join these.
            of_years = {"letter__review__in": {year for _, year in found}}
            of_them = published.figures_of([key for key, _ in found]).filter(**measure, **of_years)
            after = of_them.filter(figures.after(figures.Key(*place))) if place else of_them
            for row in figures.rows(figures.in_order(after)[:most], self.now):
                most -= 1
                yield row
            if not most:
                return
