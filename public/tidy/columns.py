"""What the columns of the table are: told once, for the API's schema, the heads of files and their descriptions."""

from dataclasses import dataclass
from enum import Enum


class Type(Enum):
    """What a column holds, by its name in JSON Schema and Data Packages; null is always allowed where `may_be_null`."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "datetime"


@dataclass(frozen=True)
class Column:
    """One column. `ours` where this site works it out: the Ombudsman's letter does not state it."""

    name: str
    title: str
    type: Type
    description: str
    unit: str = ""
    ours: bool = False
    may_be_null: bool = True


@dataclass(frozen=True)
class Several(Column):
    """A column of lists of words: an array in JSON; in one cell, with semicolons between them."""

    type: Type = Type.TEXT
    description: str = ""
    may_be_null: bool = False


def text(name: str, title: str, description: str, may_be_null: bool = False, ours: bool = False) -> Column:
    return Column(name, title, Type.TEXT, description, ours=ours, may_be_null=may_be_null)


def whole(name: str, title: str, description: str, may_be_null: bool = False, ours: bool = False) -> Column:
    return Column(name, title, Type.WHOLE, description, ours=ours, may_be_null=may_be_null)


def day(name: str, title: str, description: str, may_be_null: bool = False, ours: bool = False) -> Column:
    return Column(name, title, Type.DATE, description, ours=ours, may_be_null=may_be_null)


def _always(name: str, title: str, kind: Type, description: str, ours: bool = False) -> Column:
    return Column(name, title, kind, description, ours=ours, may_be_null=False)


_PERCENT = "per cent"
_CASES = "cases"

COLUMNS: tuple[Column, ...] = (
    _always(
        "council",
        "Council’s address",
        Type.TEXT,
        "Names the authority for good: its part of its page’s address.",
    ),
    _always("council_name", "Council", Type.TEXT, "The authority’s official name."),
    Column(
        "gss_code_then",
        "GSS code in that year",
        Type.TEXT,
        "The code of the Office for National Statistics that the authority bore at the end of the year; for a year"
        " before 2014–15 only if the authority has never had another. Null where it is not known.",
        ours=True,
    ),
    Column(
        "gss_code_now",
        "GSS code now",
        Type.TEXT,
        "The code that the authority bears now, or bore last. Null where it is not known.",
        ours=True,
    ),
    _always(
        "council_kind",
        "Kind of authority",
        Type.TEXT,
        "county, district, metropolitan, unitary, london-borough, city-corporation, national-park,"
        " combined-authority, strategic-authority or other.",
        ours=True,
    ),
    Column("region", "Region", Type.TEXT, "The region of England that the authority lies in.", ours=True),
    _always(
        "year_ending",
        "Year ending",
        Type.WHOLE,
        "The calendar year in which the reporting year ends: 2020 is 1 April 2019 to 31 March 2020.",
    ),
    _always("year", "Year", Type.TEXT, "The same as the letters print it, such as 2019–20."),
    _always("measure", "Measure", Type.TEXT, "Names the figure for good, such as upheld."),
    _always("measure_name", "Name of the measure", Type.TEXT, "What the figure is called."),
    _always(
        "unit",
        "Unit",
        Type.TEXT,
        "What the figure counts or is given in: of rate_printed for a rate, else of number_printed.",
    ),
    Column(
        "rate_printed",
        "Rate as printed",
        Type.NUMBER,
        "The rate as the letter prints it. Null where it prints none.",
        _PERCENT,
    ),
    Column(
        "number_printed",
        "Number as printed",
        Type.NUMBER,
        "The figure as the letter prints it, in the row’s unit, of a measure that is no rate. Null if there is none.",
    ),
    Column(
        "rate_computed",
        "Rate computed",
        Type.NUMBER,
        "The rate, not rounded: 100 × the count / denominator, of the numerator as printed or else of"
        " numerator_computed. Null where why_not_computed says why.",
        _PERCENT,
        ours=True,
    ),
    Column(
        "numerator",
        "Numerator",
        Type.WHOLE,
        "How many of the cases the rate counts, as the letter states it. Null where it does not.",
        _CASES,
    ),
    Column(
        "denominator",
        "Denominator",
        Type.WHOLE,
        "Of how many cases, as the letter states it. Null where it does not.",
        _CASES,
    ),
    Column(
        "numerator_computed",
        "Numerator computed",
        Type.WHOLE,
        "Where the letter states rate and denominator alone: the count, if only one count is printed as that rate.",
        _CASES,
        ours=True,
    ),
    Column(
        "interval_low",
        "Interval, low end",
        Type.NUMBER,
        "Low end of the rate’s 95% interval (Wilson’s score): how far chance alone could move it. Where several counts"
        " are printed as the rate, the interval spans those of all of them.",
        _PERCENT,
        ours=True,
    ),
    Column("interval_high", "Interval, high end", Type.NUMBER, "High end of it.", _PERCENT, ours=True),
    Column(
        "average_printed",
        "Average as printed",
        Type.NUMBER,
        "The average of similar authorities as the letter prints it, in the row’s unit. Null where it prints none.",
    ),
    Column(
        "average_computed",
        "Average computed",
        Type.NUMBER,
        "Of the letters of the year to authorities of its group (districts, counties and so on; the City of London is"
        " with the London boroughs) that are public: the sum of counts over the sum of denominators, not rounded. Null"
        " for what is no rate, and for authorities that the Ombudsman compares with nobody.",
        _PERCENT,
        ours=True,
    ),
    Column("base_label", "What the denominator counts", Type.TEXT, "In the letter’s own words."),
    Column(
        "why_not_computed",
        "Why no rate is computed",
        Type.TEXT,
        "For a rate without rate_computed or without an interval: no recommendations due; no cases; rate not stated;"
        " denominator not stated; count not known; or counts do not fit the rate.",
        ours=True,
    ),
    Column(
        "period_start",
        "Period, first day",
        Type.DATE,
        "The first day that the figure is about, as the letter states it.",
    ),
    Column("period_end", "Period, last day", Type.DATE, "The last day, as the letter states it."),
    Column(
        "page",
        "Page",
        Type.WHOLE,
        "The page of the letter that the figure stands on, counted from 1. Null for a figure entered by staff.",
    ),
    Column(
        "box",
        "Place on the page",
        Type.TEXT,
        "Left, top, right and bottom of the words there, in parts of the page’s width and height from its top left.",
    ),
    Column("quotation", "Quotation", Type.TEXT, "The letter’s own words at that place."),
    _always(
        "origin", "Origin", Type.TEXT, "read: read from the letter’s file; entered: entered by staff from it."
    ),
    Column(
        "corrected",
        "Corrected",
        Type.DATE,
        "The day on which the figure was last put right here while its letter was public. Null if it never was.",
        ours=True,
    ),
    _always("letter", "Letter", Type.TEXT, "The letter’s permanent address; with .pdf at its end, the file."),
    Column("letter_date", "Date of the letter", Type.DATE, "As printed on it."),
    _always(
        "published_at", "Published", Type.INSTANT, "Since when the letter is public here, in UTC.", ours=True
    ),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)

_BY_NAME = {column.name: column for column in COLUMNS}


def as_of_figures(*names: str) -> tuple[Column, ...]:
    """The columns of these names, for a table beside this one that has them too."""
    return tuple(_BY_NAME[name] for name in names)
