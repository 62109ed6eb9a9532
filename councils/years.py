"""The reporting year of the letters: 1 April to 31 March, known by the year in which it ends."""

from datetime import date


def year_ending(day: date) -> int:
    """When the reporting year of `day` ends: 2020 for each day from 1 April 2019 to 31 March 2020."""
    return day.year + (day.month >= 4)


def in_years(year_ending: int) -> str:
    """A reporting year in words, as the letters of today write it: "2019–20" for the one that ends in 2020."""
    return f"{year_ending - 1}–{year_ending % 100:02}"


def reporting_year(day: date) -> tuple[date, date]:
    """First and last day of the reporting year that contains `day`."""
    ends = year_ending(day)
    return date(ends - 1, 4, 1), date(ends, 3, 31)
