"""A letter's figures as the page shows them: everything worded, nothing left to work out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from councils.models import Council
from letters import headings
from letters.measures import FAMILIES, HEADLINE, MEASURES, Measure, family_of, in_full, measure
from public import sentences
from public.charts.bar import Bar, bar
from public.figures import NOT_STATED, count_of, counted, number, percent

# What one, and several, of the cases behind a headline rate are called, and what a count of them counts.
_WORDS = {
    "upheld": ("investigation", "investigations", "upheld"),
    "compliance": ("compliance outcome", "compliance outcomes", "satisfactory"),
    "satisfactory-remedies": (
        "upheld complaint",
        "upheld complaints",
        "put right, to the Ombudsman’s satisfaction, before it had to step in",
    ),
}


# What the numbers of a table count, over their column.
_COUNTED = {"received": "Complaints and enquiries", "decided": "Decisions"}


@dataclass(frozen=True)
class Quotation:
    """Words of the letter, and the page they stand on, counted from 1."""

    page: int
    words: str


@dataclass(frozen=True)
class Panel:
    """One of the three headline figures: "2 of 2" (`count`) "investigations upheld" (`of_what`), and the rest.

    `count_is_ours` where the letter states rate and base alone, and only one count is printed as that rate.
    """

    measure: Measure
    stated: bool = False
    none_due: bool = False
    count: str = ""
    count_is_ours: bool = False
    of_what: str = ""
    rate: str = NOT_STATED
    average: str = NOT_STATED
    base: str = NOT_STATED
    period: str = NOT_STATED
    too_few: str = ""
    summary: str = ""
    bar: Bar | None = None
    chance: str = ""
    entered: bool = False
    corrected: datetime | None = None
    quotations: tuple[Quotation, ...] = ()

    @property
    def name(self) -> str:
        return self.measure.name

    @property
    def has_rate(self) -> bool:
        return self.rate != NOT_STATED

    @property
    def has_average(self) -> bool:
        return self.average != NOT_STATED


@dataclass(frozen=True)
class Fact:
    """Any other figure of the letter."""

    measure: Measure
    value: str
    average: str = ""
    entered: bool = False
    corrected: datetime | None = None
    quotations: tuple[Quotation, ...] = ()
    heading: str = ""

    @property
    def name(self) -> str:
        """A name that needs no table's title above it."""
        return in_full(self.measure.slug)

    @property
    def written_out(self) -> str:
        """What later letters call the same, where the heading is an abbreviation; else empty."""
        return headings.written_out(self.measure.name)

    @property
    def place(self) -> int | None:
        """The page of the letter that the figure stands on."""
        return self.quotations[0].page if self.quotations else None

    @property
    def is_total(self) -> bool:
        return self.measure.slug.partition(":")[2].startswith("total")


def quotations(sources: Iterable[Mapping[str, Any]]) -> tuple[Quotation, ...]:
    """The sentences that a figure was read from, each once, in the order of the letter's pages."""
    found = dict.fromkeys(Quotation(source["page"], source["quotation"]) for source in sources)
    return tuple(sorted(found, key=lambda quotation: quotation.page))


def headline(council: Council, year: int, statistics: Mapping[str, Any]) -> list[Panel]:
    """The headline figures that letters of that year state, from the letter's statistics by measure."""
    return [
        _panel(council, MEASURES[slug], statistics.get(slug))
        for slug in HEADLINE
        if slug in statistics or MEASURES[slug].stated_in(year)
    ]


def others(statistics: Mapping[str, Any]) -> list[Fact]:
    """The letter's other figures; not those it does not state, for letters differ in what they hold."""
    single = [slug for slug in MEASURES if slug in statistics and slug not in HEADLINE]
    tabled = [slug for family in FAMILIES.values() for slug in family.of(statistics)]
    return [_fact(measure(slug), statistics[slug]) for slug in single + tabled]


def alone(facts: Iterable[Fact]) -> list[Fact]:
    """Those that belong to no table."""
    return [fact for fact in facts if family_of(fact.measure.slug) is None]


@dataclass(frozen=True)
class FactTable:
    """A table of the letter: its rows under their headings as printed, its totals last, and what does not compare."""

    name: str
    slug: str
    count: str
    rows: tuple[Fact, ...]
    breaks: tuple[str, ...]

    @property
    def has_abbreviations(self) -> bool:
        return any(fact.written_out for fact in self.rows)


def tables(facts: Iterable[Fact]) -> list[FactTable]:
    """The tables that the figures belong to, received first."""
    facts = list(facts)
    found = []
    for prefix, family in FAMILIES.items():
        rows = [fact for fact in facts if family_of(fact.measure.slug) is family]
        if rows:
            rows.sort(key=lambda fact: fact.is_total)
            breaks = tuple(each.note for each in family.breaks)
            found.append(FactTable(family.name, prefix, _COUNTED[prefix], tuple(rows), breaks))
    return found


def _panel(council: Council, measure: Measure, statistic: Any) -> Panel:
    if statistic is None:
        return Panel(measure)
    where = {
        "entered": statistic.origin == "entered",
        "corrected": statistic.corrected_at,
        "quotations": quotations(statistic.sources),
    }
    period = statistic.period or NOT_STATED
    if statistic.none_due:
        return Panel(measure, stated=True, none_due=True, period=period, **where)
    base = statistic.denominator
    rate = sentences.Rate(statistic.percent, statistic.numerator, base, statistic.average)
    count = rate.count if rate.our_count is None else rate.our_count
    one, many, _ = _WORDS[measure.slug]
    return Panel(
        measure,
        stated=True,
        count="" if count is base is None else count_of(count, base),
        count_is_ours=rate.our_count is not None,
        of_what=of_what(measure, count, base),
        rate=percent(rate.percent),
        average=percent(rate.average),
        base=_base(measure, base, statistic.base_label),
        period=period,
        too_few=sentences.too_few(base, one, many),
        summary=sentences.summary(measure.slug, council.name, rate),
        bar=bar(measure.name, rate),
        chance=sentences.chance(rate),
        **where,
    )


def of_what(measure: Measure, count: int | None, base: int | None) -> str:
    """What a count of that base counts, in words: "investigations upheld"."""
    one, many, outcome = _WORDS[measure.slug]
    cases = one if (count if base is None else base) == 1 else many
    return cases if count is None else f"{cases} {outcome}"


def _base(measure: Measure, base: int | None, label: str) -> str:
    """The base under the letter's own name for it."""
    if base is None:
        return NOT_STATED
    one, many, _ = _WORDS[measure.slug]
    return f"{number(base)} {label}" if label else counted(base, one, many)


def _fact(measure: Measure, statistic: Any) -> Fact:
    return Fact(
        measure,
        value=number(statistic.value),
        average="" if statistic.average is None else number(statistic.average),
        entered=statistic.origin == "entered",
        corrected=statistic.corrected_at,
        quotations=quotations(source for source in statistic.sources if source["field"] != "heading"),
        heading=_heading(statistic) or measure.name,
    )


def _heading(statistic: Any) -> str:
    """The heading as the letter prints it; empty for what staff have entered."""
    read = (source["quotation"] for source in statistic.sources if source["field"] == "heading")
    return next(read, "")
