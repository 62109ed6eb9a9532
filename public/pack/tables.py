"""The tables of a pack."""

from collections.abc import Iterable

from public import figures
from public.comparison import NONE_DUE, Average
from public.pack.blocks import Cell, Table
from public.pack.facts import Beside, Facts
from public.panels import Fact, Panel, Quotation
from public.sentences import Comparison, Rate, compare
from public.series import Series, Year

_STANDS = {
    Comparison.NOT_STATED: "Cannot be said: the letter states too little",
    Comparison.TOO_FEW: "Too few cases to compare",
    Comparison.NOT_CLEAR: "Not clearly different from the average printed",
    Comparison.HIGHER: "Higher than the average printed",
    Comparison.LOWER: "Lower than the average printed",
}


def headline(facts: Facts) -> Table:
    """The three figures of the year: counts, rate, printed average and interval."""
    rates = {each.measure.slug: each.row.rate for each in facts.beside}
    return Table(
        f"The headline figures of the letter for {facts.years}",
        ("Figure", "Count", "Rate", "Average of similar authorities", "95% interval (ours)"),
        tuple(_headline_row(panel, rates.get(panel.measure.slug)) for panel in facts.panels),
        (30, 30, 12, 15, 13),
    )


def _headline_row(panel: Panel, rate: Rate | None) -> tuple[Cell, ...]:
    name = Cell(panel.measure.name)
    if rate is None:
        return (name, Cell(NONE_DUE if panel.none_due else figures.NOT_STATED), *[Cell("")] * 3)
    ours = "Our count, worked out from the rate" if panel.count_is_ours else ""
    return (
        name,
        Cell(
            f"{panel.count} {panel.of_what}" if panel.count else figures.NOT_STATED,
            ". ".join(note for note in (panel.too_few, ours) if note),
        ),
        Cell(_short(panel.rate)),
        Cell(_short(panel.average)),
        Cell(_interval(rate)),
    )


def _short(written: str) -> str:
    return "Not stated" if written == figures.NOT_STATED else written


def _interval(rate: Rate) -> str:
    if rate.interval is None:
        return ""
    low, high = (figures.whole(end) for end in rate.interval)
    return f"{low}–{high}%"


def beside(facts: Facts) -> Table:
    """The headline figures beside the two averages, and where they stand."""
    return Table(
        f"Beside {facts.council.similar_group.label}, {facts.years}",
        ("Figure", "This authority", "Average printed", "Our average", "Where the rate stands"),
        tuple(_beside_row(each) for each in facts.beside if each.row.rate is not None),
        (28, 14, 14, 20, 24),
    )


def _beside_row(each: Beside) -> tuple[Cell, ...]:
    counts = f"{each.row.count_written}{' (our count)' if each.row.count_is_ours else ''}"
    return (
        Cell(each.measure.name),
        Cell(_short(each.row.rate_written), counts),
        Cell(_short(each.row.average_written)),
        _our_average(each.ours),
        Cell(_STANDS[compare(each.row.rate)]),
    )


def _our_average(ours: Average | None) -> Cell:
    if ours is None:
        return Cell("")
    counts = f"{figures.count_of(ours.count, ours.base)}, in {ours.letters_written}"
    return Cell(figures.percent(ours.rounded), counts)


def over_the_years(series: Series, seen: int) -> Table:
    """A figure year by year, the year `seen` marked."""
    is_rate = series.measure.form == "rate"
    rows = tuple(
        (_year(each, seen), *(_rate_of(each) if is_rate else _number_of(each))) for each in series.years
    )
    if is_rate:
        head = ("Year", "Count", "Rate", "95% interval (ours)", "Average")
        return Table(series.measure.name, head, rows, (17, 28, 13, 25, 17))
    return Table(series.measure.name, ("Year", "Figure", "Average"), rows, (30, 40, 30))


def _year(year: Year, seen: int) -> Cell:
    """The year's name, and under which name the letter came if that was a former one."""
    return Cell(year.years, f"as {year.former}" if year.former else "", seen=year.year == seen)


def _rate_of(year: Year) -> tuple[Cell, ...]:
    if year.figure is None and year.average is None and year.base is None and year.count is None:
        return (Cell(year.without), *[Cell("")] * 3)
    ours = " (ours)" if year.rate.our_count is not None else ""
    return (
        Cell(year.counts_written + ours),
        Cell(year.written),
        Cell(year.interval_written),
        Cell(year.average_written),
    )


def _number_of(year: Year) -> tuple[Cell, ...]:
    return (Cell(year.written), Cell("" if year.figure is None else year.average_written))


def others(facts: Facts, caption: str) -> Table:
    """Every figure that the letter states and that is no headline figure."""
    return Table(
        caption,
        ("Figure", "In the letter", "Average of similar authorities"),
        tuple(
            (Cell(each.name), Cell(each.value), Cell(each.average or "Not stated")) for each in facts.others
        ),
        (50, 25, 25),
    )


def where(facts: Facts) -> Table:
    """For each figure the page and the words of the letter that it was read from."""
    read = [each for each in (*facts.panels, *facts.others) if each.quotations or each.entered]
    return Table(
        "The words of the letter behind each figure",
        ("Figure", "Page", "In the letter’s words"),
        tuple(row for each in read for row in _where_rows(each)),
        (32, 8, 60),
    )


def _where_rows(each: Panel | Fact) -> Iterable[tuple[Cell, ...]]:
    if each.entered:
        yield (Cell(each.name), Cell(""), Cell("Entered by staff from the letter"))
    for page, words in _by_page(each.quotations):
        yield (Cell(each.name), Cell(str(page)), Cell(" · ".join(f"“{each}”" for each in words)))


def _by_page(quotations: Iterable[Quotation]) -> Iterable[tuple[int, list[str]]]:
    pages: dict[int, list[str]] = {}
    for quotation in quotations:
        pages.setdefault(quotation.page, []).append(quotation.words)
    return pages.items()
