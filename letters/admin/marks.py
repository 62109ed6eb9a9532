"""What the letter's page shows of its figures: each with its marks on the pages, and the problems with their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from letters.extraction.types import READ_BY_OCR, Problem
from letters.forms.reviewing import FigureForm, ReviewForm
from letters.measures import FAMILIES, MEASURES, Measure, family_of, in_full, measure
from letters.models import Letter, State, Statistic
from letters.workflow.reviewing import SETTLED_BY, SETTLED_BY_FIGURES

READERS_DIFFER = "readers-differ"
_PLACES = {code: f"id_{name}" for name, codes in reversed(SETTLED_BY.items()) for code in codes}


@dataclass(frozen=True)
class Mark:
    """Where a number was read: on which page, in which box (fractions of the page), in which words."""

    anchor: str
    field_id: str
    label: str
    page: int
    x: float
    y: float
    width: float
    height: float
    quotation: str


@dataclass(frozen=True)
class Row:
    """One number of a figure: the field to change it or the number as it is, and its mark."""

    label: str
    value: Any
    field: Any
    mark: Mark | None


@dataclass(frozen=True)
class ShownFigure:
    """A figure on the letter's page."""

    measure: Measure
    statistic: Statistic | None
    last_year: Statistic | None
    form: FigureForm | None
    rows: list[Row]

    @property
    def anchor(self) -> str:
        return f"figure-{self.measure.slug}"

    @property
    def family(self) -> str:
        """The table that the figure belongs to; empty where it stands by itself."""
        family = family_of(self.measure.slug)
        return family.prefix if family else ""

    @property
    def heading(self) -> str:
        """The heading that the figure stands under, as printed where it was read."""
        sources = self.statistic.sources if self.statistic else ()
        read = (source["quotation"] for source in sources if source["field"] == "heading")
        return next(read, self.measure.name)

    @property
    def origin(self) -> str:
        """Who vouches for the figure."""
        if self.statistic is None:
            return "not stated in the letter"
        if self.statistic.origin == Statistic.Origin.ENTERED:
            return "entered by staff"
        problems = self.statistic.letter.problems
        if any(problem["code"] == READ_BY_OCR for problem in problems):
            return "read by OCR"
        if self.statistic.readers_agree:
            return "read by both readers"
        if self.family:
            return "not proven by its total: compare it"
        differ = {problem["measure"] for problem in problems if problem["code"] == READERS_DIFFER}
        return "the readers differ" if self.measure.slug in differ else "not sure: compare it with the page"


def figures_of(letter: Letter, form: ReviewForm | None) -> list[ShownFigure]:
    """The letter's figures in the registry's order; with fields where there is a form."""
    forms = form.figures if form else _read_only(letter)
    last_year = _last_year(letter)
    return [
        ShownFigure(
            measure=figure.measure,
            statistic=figure.statistic,
            last_year=last_year.get(figure.measure.slug),
            form=figure if form else None,
            rows=[_row(figure, field, source, form is not None) for field, source in figure.numbered()],
        )
        for figure in forms
    ]


def _read_only(letter: Letter) -> list[FigureForm]:
    by_measure = {statistic.measure: statistic for statistic in letter.statistics.all()}
    slugs = [slug for slug in MEASURES if slug in by_measure]
    slugs += [slug for family in FAMILIES.values() for slug in family.of(by_measure)]
    return [FigureForm(measure(slug), by_measure[slug]) for slug in slugs]


def _row(figure: FigureForm, field: Any, source: dict | None, editable: bool) -> Row:
    mark = _mark(figure.measure, field, source) if source else None
    return Row(field.label, field.initial, field if editable else None, mark)


def _mark(measure: Measure, field: Any, source: dict) -> Mark:
    x0, top, x1, bottom = source["box"]
    return Mark(
        anchor=f"box-{measure.slug}-{field.name}",
        field_id=field.auto_id,
        label=f"{in_full(measure.slug)}: {field.label}",
        page=source["page"],
        x=x0,
        y=top,
        width=x1 - x0,
        height=bottom - top,
        quotation=source["quotation"],
    )


def _last_year(letter: Letter) -> dict[str, Statistic]:
    """The council's approved figures of the year before, by measure."""
    if letter.council is None or letter.review is None:
        return {}
    before = Letter.objects.filter(
        council=letter.council, review__year_ending=letter.review.year_ending - 1, state=State.APPROVED
    )
    standing = before.order_by("-number").prefetch_related("statistics").first()
    return {statistic.measure: statistic for statistic in standing.statistics.all()} if standing else {}


@dataclass(frozen=True)
class ShownTable:
    """The figures of one table together, and the rows in which others can be entered."""

    name: str
    figures: list[ShownFigure]
    anew: list[Any]


def tables_of(figures: Iterable[ShownFigure], form: ReviewForm | None) -> list[ShownTable]:
    """The figures that belong to tables, table by table; those without any figure or row are left out."""
    figures = list(figures)
    tables = [
        ShownTable(
            family.name,
            [figure for figure in figures if figure.family == prefix],
            [each for each in (form.anew if form else ()) if each.family is family],
        )
        for prefix, family in FAMILIES.items()
    ]
    return [table for table in tables if table.figures or table.anew]


def restated_in(letter: Letter) -> list[dict]:
    """What the letter repeats of earlier years, beside what that year's approved letter says, where there is one."""
    years = {check["year_ending"] for check in letter.restated}
    approved = Statistic.objects.filter(
        letter__council=letter.council, letter__review__year_ending__in=years, letter__state=State.APPROVED
    ).order_by("letter__number")
    known = {
        (each.letter.review.year_ending, each.measure): each
        for each in (approved.select_related("letter__review") if years and letter.council else ())
    }
    return [
        check
        | {"name": in_full(check["measure"]), "then": known.get((check["year_ending"], check["measure"]))}
        for check in letter.restated
    ]


def pages_of(letter: Letter, figures: Iterable[ShownFigure]) -> list[tuple[int, list[Mark]]]:
    """Each page's number with the marks on it."""
    marks = [row.mark for figure in figures for row in figure.rows if row.mark]
    return [
        (number, [mark for mark in marks if mark.page == number])
        for number in range(1, (letter.page_count or 0) + 1)
    ]


def with_places(problems: Iterable[Problem], figures: list[ShownFigure]) -> list[tuple[Problem, str]]:
    """Each problem with the id of the field where it is put right, or nothing where there is none."""
    by_measure = {figure.measure.slug: figure for figure in figures}
    return [(problem, _place(problem, by_measure)) for problem in problems]


def _field(figure: ShownFigure, name: str | None) -> str:
    """The field of that name, or the figure's first."""
    fields = [row.field for row in figure.rows]
    return next((field for field in fields if field.name == name), fields[0]).auto_id


def _place(problem: Problem, figures: dict[str, ShownFigure]) -> str:
    figure = figures.get(problem.measure or "")
    if problem.code in SETTLED_BY_FIGURES:
        figure = next(iter(figures.values()), None)
    if figure and figure.form and figure.rows:
        return _field(figure, problem.field)
    if figure:
        return figure.anchor
    return _PLACES.get(problem.code, "")
