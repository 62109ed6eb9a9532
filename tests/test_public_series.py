"""Figures over the years and the places they are drawn at, number by number."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest

from letters.measures import Break, Measure
from public.charts.scale import Scale, round_number_above
from public.charts.trend import trends
from public.series import Series, Year, in_words, over_the_years


@dataclass
class Stated:
    """A figure of a letter, as it comes through the door."""

    measure: str
    year: int
    percent: Decimal | None = None
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    average: Decimal | None = None
    none_due: bool = False

    @property
    def letter(self):
        return SimpleNamespace(review=SimpleNamespace(year_ending=self.year))


def upheld(year, percent, count=None, base=None, average=None):
    return Stated("upheld", year, Decimal(percent), None, count, base, average)


def series(*values, first=2001, breaks=(), form="rate", averages=None):
    """A made-up measure from `first` on; None is a year without a letter."""
    measure = Measure("made-up", "Made up", "", form, "", first_year=first, breaks=breaks)
    averages = averages or [None] * len(values)
    return Series(
        measure,
        tuple(
            Year(
                first + place,
                measure,
                has_letter=value is not None,
                figure=None if value is None else Decimal(value),
                average=None if average is None else Decimal(average),
                without="No letter",
            )
            for place, (value, average) in enumerate(zip(values, averages, strict=True))
        ),
    )


@pytest.mark.parametrize(
    ("most", "start", "end", "number", "place"),
    [
        (100, 10, 280, 0, 10),
        (100, 10, 280, 100, 280),
        (100, 10, 280, Decimal(45), 131.5),
        (100, 144, 28, 100, 28),
        (100, 144, 28, 0, 144),
        (100, 144, 28, 34.24, 104.3),
        (5, 60, 272, 2.5, 166),
    ],
)
def test_scale(most, start, end, number, place):
    assert Scale(most, start, end).at(number) == place


@pytest.mark.parametrize(
    ("number", "top"),
    [
        ("0", 1),
        ("0.6", 1),
        ("1", 1),
        ("1.2", 2),
        ("4.6", 5),
        ("5.5", 10),
        ("11", 20),
        ("21", 50),
        ("51", 100),
    ],
)
def test_an_axis_ends_at_a_round_number(number, top):
    assert round_number_above(Decimal(number)) == top


@pytest.mark.parametrize(
    ("values", "breaks", "runs"),
    [
        ([1, 2, 3], [], [[2001, 2002, 2003]]),
        ([1, None, 3], [], [[2001], [2003]]),
        ([1, 2, 3], [2003], [[2001, 2002], [2003]]),
        ([1, 2, 3, 4], [2002, 2003], [[2001], [2002], [2003, 2004]]),
        ([1, None, 3, 4], [2002], [[2001], [2003, 2004]]),
        ([1, 2], [2001], [[2001, 2002]]),
        ([None, 2, 3], [2002], [[2002, 2003]]),
        ([0, 0], [], [[2001, 2002]]),
        ([None, None], [], []),
    ],
)
def test_no_run_crosses_a_break_or_a_gap(values, breaks, runs):
    made = series(*values, breaks=tuple(Break(year, "Why.") for year in breaks))
    assert [[each.year for each in run] for run in made.runs(lambda each: each.figure)] == runs


@pytest.mark.parametrize(
    ("years", "marked"),
    [((2014, 2015), [2015]), ((2015, 2018), []), ((2018, 2019), [2019]), ((2020, 2025), [2021, 2023])],
)
def test_breaks_are_those_between_two_of_the_years(years, marked):
    (found,) = over_the_years(years, [upheld(year, 50) for year in years])
    assert [each.year for each in found.breaks] == marked


def test_years_without_a_letter_or_a_figure_stay_in_the_series():
    years = [2018, 2020, 2021]
    found = {each.measure.slug: each for each in over_the_years(years, [upheld(2018, 40), upheld(2021, 60)])}
    assert list(found) == ["upheld"]
    assert [(each.year, each.has_letter, each.written) for each in found["upheld"].years] == [
        (2018, True, "40%"),
        (2019, False, "No letter"),
        (2020, True, "Not stated in the letter"),
        (2021, True, "60%"),
    ]


def test_a_series_begins_where_its_measure_does():
    figures = [Stated("satisfactory-remedies", 2020, Decimal(0), None, 0, 2), upheld(2014, 50)]
    spans = {
        each.measure.slug: (each.years[0].year, each.years[-1].year)
        for each in over_the_years([2010, 2014, 2020], figures)
    }
    assert spans == {"upheld": (2014, 2020)}
    spans = [each.years[0].year for each in over_the_years([2010, 2019, 2020], figures[:1])]
    assert spans == [2019]


@pytest.mark.parametrize("years", [[], [2020]])
def test_one_year_is_no_trend(years):
    assert over_the_years(years, [upheld(year, 50) for year in years]) == []


def test_that_nothing_was_due_is_no_figure():
    nothing = Stated("compliance", 2021, none_due=True)
    (found,) = over_the_years([2020, 2021], [Stated("compliance", 2020, Decimal(100)), nothing])
    assert found.years[1].written == "No recommendations were due"
    assert found.years[1].figure is None


@pytest.mark.parametrize(
    ("stated", "counts", "interval_"),
    [
        (Stated("upheld", 2020, Decimal(40), None, 2, 5), "2 of 5", "12–77%"),
        (Stated("compliance", 2020, Decimal(94), None, None, 16), "15 of 16", "72–99%"),
        (Stated("compliance", 2020, Decimal(99), None, None, 250), "250", "97–100%"),
        (Stated("upheld", 2020, Decimal(40)), "Not stated", ""),
        (Stated("upheld", 2020, Decimal(40), None, 2), "2", ""),
        (Stated("upheld", 2020, None, None, 2, 5), "2 of 5", ""),
    ],
)
def test_a_row_of_the_table(stated, counts, interval_):
    other = Stated(stated.measure, 2019, Decimal(1))
    row = over_the_years([2019, 2020], [stated, other])[0].years[1]
    assert (row.counts_written, row.interval_written) == (counts, interval_)


def test_a_drawing_in_words():
    years = [2018, 2020, 2021]
    figures = [upheld(2018, 40, 2, 5, 50), upheld(2020, 100, 2, 2, 60), upheld(2021, 50, 5, 10, 55)]
    assert in_words(over_the_years(years, figures)[0]) == (
        "The rate lies between 40% and 100%. The average of similar authorities lies between 50% and 60%. "
        "The series breaks at 2018–19, 2020–21. Fewer than 5 cases: 2019–20. No figure: 2018–19."
    )
    assert in_words(series(7, 7, form="number")) == "The figure is 7."


def test_places_of_a_trend():
    made = series(0, 100, None, 50, breaks=(Break(2002, "Why."),), averages=[50, 50, None, None])
    (drawn,) = trends([made]).drawings
    assert [[(mark.x, mark.y) for mark in line.marks] for line in drawn.lines] == [
        [(60, 144)],
        [(130.7, 28)],
        [(272, 86)],
    ]
    assert [line.points for line in drawn.averages] == ["60.0,86.0", "130.7,86.0"]
    assert [(cut.x, cut.letter, cut.note) for cut in drawn.cuts] == [(95.3, "A", "Why.")]
    assert [(tick.at, tick.words) for tick in drawn.values] == [(144, "0%"), (86, "50%"), (28, "100%")]
    assert [(tick.at, tick.words) for tick in drawn.years] == [
        (60, "2000–01"),
        (130.7, "2001–02"),
        (201.3, "2002–03"),
        (272, "2003–04"),
    ]


def test_the_axis_of_a_number_holds_the_average_too():
    (drawn,) = trends([series("1.9", "2", form="number", averages=["4.6", None])]).drawings
    assert [tick.words for tick in drawn.values] == ["0", "2.5", "5"]
    assert [mark.few or mark.whisker for line in drawn.lines for mark in line.marks] == [None, None]


@pytest.mark.parametrize("length", [2, 5, 6, 12, 20])
def test_years_are_named_as_far_as_there_is_room(length):
    (drawn,) = trends([series(*range(length))]).drawings
    places = [tick.at for tick in drawn.years]
    assert drawn.years[-1].words == drawn.series.years[-1].years
    assert all(after - before >= 60 for before, after in pairwise(places))


def test_a_break_has_the_same_letter_in_every_drawing():
    years = [2018, 2020, 2021, 2023]
    figures = [upheld(year, 50) for year in years]
    figures += [Stated("satisfactory-remedies", year, Decimal(50)) for year in (2020, 2021, 2023)]
    drawn = {each.series.measure.slug: each for each in trends(over_the_years(years, figures)).drawings}
    assert [cut.letter for cut in drawn["upheld"].cuts] == ["A", "B", "C"]
    assert [cut.letter for cut in drawn["satisfactory-remedies"].cuts] == ["B", "C"]


def test_the_key_explains_only_what_is_drawn():
    plain = trends(over_the_years([2019, 2020], [upheld(2019, 50), upheld(2020, 60)]))
    assert (plain.has_breaks, plain.has_few, plain.has_intervals, plain.has_averages) == (False,) * 4
    full = trends(over_the_years([2020, 2021], [upheld(2020, 50, 1, 2, 40), upheld(2021, 60)]))
    assert (full.has_breaks, full.has_few, full.has_intervals, full.has_averages) == (True,) * 4
