"""The forms that the letters' statistics have had, and the years of each. A letter's own form tells its era."""

from collections.abc import Mapping
from types import MappingProxyType

THREE_YEARS, ANNUAL_REVIEW, REPORT, BLOCKS = (
    "three-year-tables",
    "annual-review",
    "report-tables",
    "three-blocks",
)
# By the year in which the period ends. What comes after the last is read as that, if it has its form.
_YEARS = {
    THREE_YEARS: range(2006, 2009),
    ANNUAL_REVIEW: range(2009, 2014),
    REPORT: range(2014, 2019),
    BLOCKS: range(2019, 2100),
}
IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        THREE_YEARS: "tables of three years, as to 2008",
        ANNUAL_REVIEW: "annual review, as of 2009 to 2013",
        REPORT: "local authority report, as of 2014 to 2018",
        BLOCKS: "three headline figures, as from 2019",
    }
)


def usual(year_ending: int | None) -> str | None:
    """The era whose form letters of a year have; None for a year from which no letter is known."""
    return next((era for era, years in _YEARS.items() if year_ending in years), None)
