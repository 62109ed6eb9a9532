"""What the columns of the yearly tables mean, by their headings: tolerant in wording, strict about meaning.

A heading is taken as the set of its telling words, so that "% of complaints upheld" and "Uphold rate (%)" are one. A
heading with any word that is not known is unknown: it is reported by name, and its column left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from letters import headings
from letters.measures import FAMILIES, Family
from letters.tables.cells import Cell, Row


class Kind(StrEnum):
    """What a column holds besides figures."""

    NAME = "the council's name"
    YEAR = "the year"
    NOT_UPHELD = "decisions not upheld"
    DESCRIPTION = "left out: it describes the council"


@dataclass(frozen=True)
class Figure:
    """The number of a measure that a column holds; `field` is "percent", "value", "numerator" and so on."""

    measure: str
    field: str


Meaning = Kind | Figure


@dataclass(frozen=True)
class Column:
    """A column under a heading that is known."""

    cell: Cell
    meaning: Meaning


# Written otherwise, meant the same.
_SAME = {
    "uphold": "upheld", "remedies": "remedy", "outcome": "outcomes", "investigation": "investigations",
    "%": "rate", "percentage": "rate", "percent": "rate", "pc": "rate", "rates": "rate", "mean": "average",
    "councils": "council", "authorities": "authority", "residents": "people", "population": "people",
    "organisation": "authority", "body": "authority",
}  # fmt: skip
# Words that tell nothing apart in these tables. Neither "no" nor "not" is among them.
_FILL = frozenset({
    "the", "of", "a", "an", "in", "on", "for", "with", "where", "we", "were", "was", "by", "to", "and", "as", "our",
    "your", "number", "count", "cases", "case", "complaint", "complaints", "decision", "decisions", "total", "figures",
    "lgsco", "ombudsman",
})  # fmt: skip
_NUMBER_OF = re.compile(r"\bnos?\.(?=\s)|\bnos? of\b")
# In an average these say whose it is, which is always similar authorities.
_OF_SIMILAR = frozenset({
    "similar", "authority", "council", "type", "types", "kind", "comparator", "group", "all", "this", "peer",
})  # fmt: skip
_TELLING_SIMILAR = frozenset(["similar", "comparator", "peer"])

_NAMES = ("authority", "council", "local authority", "authority name", "council name", "local authority name",
          "local council", "name", "name authority")  # fmt: skip
_DESCRIPTIONS = ("authority type", "council type", "type", "kind", "region", "code", "ons code", "gss code",
                 "authority code", "local authority type", "area code", "people")  # fmt: skip
_YEARS = ("year", "financial year", "reporting year", "period", "year ending")
_FIGURES = {
    ("upheld", "numerator"): ("upheld",),
    ("upheld", "denominator"): ("investigations", "detailed investigations", "investigations completed"),
    ("upheld", "percent"): ("upheld rate", "upheld investigations rate", "upheld detailed investigations rate"),
    ("upheld", "average"): ("average upheld rate",),
    ("upheld-per-100000", "value"): ("upheld per 100000", "upheld rate per 100000"),
    ("upheld-per-100000", "average"): ("average upheld per 100000", "average upheld rate per 100000"),
    ("compliance", "denominator"): ("compliance outcomes",),
    ("compliance", "percent"): ("compliance rate", "compliance recommendations rate", "compliance outcomes rate"),
    ("compliance", "average"): ("average compliance rate",),
    ("satisfactory-remedies", "numerator"): ("satisfactory remedy", "upheld satisfactory remedy"),
    ("satisfactory-remedies", "percent"): ("satisfactory remedy rate", "upheld satisfactory remedy rate"),
    ("satisfactory-remedies", "average"): ("average satisfactory remedy rate",),
    ("dealt-with", "value"): ("dealt",),
    ("not-for-us", "value"): ("not us", "not us or ready investigate", "not us or not ready us investigate"),
    ("assessed-and-closed", "value"): ("assessed closed",),
    ("investigated", "value"): ("investigated",),
}  # fmt: skip

_MEANINGS: dict[frozenset[str], Meaning] = {
    frozenset({"not", "upheld"}): Kind.NOT_UPHELD,
    **{frozenset(words.split()): Kind.NAME for words in _NAMES},
    **{frozenset(words.split()): Kind.DESCRIPTION for words in _DESCRIPTIONS},
    **{frozenset(words.split()): Kind.YEAR for words in _YEARS},
    **{
        frozenset(words.split()): Figure(measure, field)
        for (measure, field), wordings in _FIGURES.items()
        for words in wordings
    },
}

_NOTE = re.compile(r"\[[^\]]*\]|\((?:note|see)[^)]*\)|[*†‡]+|(?<=[a-z)])[0-9]$")
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)(?P<first>\d\d)\s?[-–/]\s?(?:20)?(?P<last>\d\d)(?!\d)|(?<!\d)(?P<alone>(?:19|20)\d\d)(?!\d)"
)
_LONGEST_HEADING = 300


def meaning_of(heading: str, year_ending: int) -> Meaning | None:
    """What the column under this heading holds in a table of that year; None where that is not known for sure."""
    if len(heading) > _LONGEST_HEADING:
        return None
    text = " ".join(heading.split()).casefold().replace("per cent", "percent").replace("100,000", "100000")
    if any(year != year_ending for year in years_in(text)):
        return None
    text = _NUMBER_OF.sub(" ", _YEAR.sub(" ", _NOTE.sub(" ", text)))
    words = {
        _SAME.get(word, word) for word in re.findall(r"[a-z0-9]+|%|[^\W_]+", re.sub(r"['’]s\b", "", text))
    }
    return _MEANINGS.get(frozenset(_telling(words)))


def _telling(words: set[str]) -> set[str]:
    if words & _TELLING_SIMILAR:
        words = words | {"average"}
    if "average" in words:
        words = words - _OF_SIMILAR
    if "per" in words:
        words = words - {"people"}
    told = words - _FILL
    return _without_story(told)


def _without_story(words: set[str]) -> set[str]:
    """Remedies are described by half a sentence, of which only this tells them apart."""
    story = {"authority", "provided", "before", "reached", "found", "had", "offered", "already"}
    return words - story if {"satisfactory", "remedy"} <= words else words


def of_family(row: Row, year_ending: int) -> dict[int, Figure]:
    """The columns of a table by subject or by outcome, of the years whose letters have such tables.

    It is one where at least three headings are the usual ones of that table and year: then "Total" and "Other" are
    its own as well.
    """
    for prefix, family in FAMILIES.items():
        found = dict(_under(family, row, headings.usual(prefix, year_ending)))
        if sum(not figure.measure.endswith((":total", ":other")) for figure in found.values()) >= 3:
            return found
    return {}


def _under(family: Family, row: Row, usual: tuple[str, ...]) -> Iterator[tuple[int, Figure]]:
    slugs = {family.slug_of(heading) for heading in usual}
    for cell in row.values():
        slug = family.slug_of(_NOTE.sub(" ", cell.text)) if isinstance(cell.value, str) else ""
        if slug in slugs:
            yield cell.column, Figure(slug, "value")


def years_in(text: str) -> list[int]:
    """The years that a text names, by their ends: "2019-20", "2019/20" and "31 March 2020" are 2020."""
    found = []
    for match in _YEAR.finditer(text):
        if match["alone"]:
            found.append(int(match["alone"]))
        elif (int(match["first"]) + 1) % 100 == int(match["last"]):
            found.append(2000 + int(match["last"]))
    return found


def headings_of(row: Row, year_ending: int) -> tuple[list[Column], list[Cell]] | None:
    """The known and the unknown columns of a row of headings; None for any other row."""
    known, unknown = [], []
    family = of_family(row, year_ending)
    for cell in row.values():
        meaning: Meaning | None = family.get(cell.column)
        if meaning is None and isinstance(cell.value, str):
            meaning = meaning_of(cell.value, year_ending)
        if meaning is None:
            unknown.append(cell)
        else:
            known.append(Column(cell, meaning))
    has_name = sum(column.meaning is Kind.NAME for column in known) == 1
    has_figures = any(isinstance(column.meaning, Figure) for column in known)
    return (known, unknown) if has_name and has_figures else None


def twice(columns: list[Column]) -> Iterator[Column]:
    """Columns whose meaning another one of the sheet has too."""
    meanings = [column.meaning for column in columns if column.meaning is not Kind.DESCRIPTION]
    return (column for column in columns if meanings.count(column.meaning) > 1)
