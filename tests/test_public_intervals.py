"""Rates, their counts and their intervals: as stated, as ours, in words and on a bar."""

import pytest

from public.charts.bar import WIDTH, bar
from public.intervals import interval, only_count
from public.sentences import Rate, chance


@pytest.mark.parametrize(
    ("printed", "base", "count"),
    [
        (100, 28, 28),
        (0, 3, 0),
        (94, 16, 15),
        (99, 250, None),
        (0, 0, None),
        (50, 3, None),
        (13, 8, 1),
        (12, 8, None),
    ],
)
def test_a_count_is_worked_out_only_where_there_is_a_single_one(printed, base, count):
    assert only_count(printed, base) == count


@pytest.mark.parametrize(
    ("rate", "ours"),
    [
        (Rate(94, None, 16), 15),
        (Rate(94, 15, 16), None),
        (Rate(94, None, None), None),
        (Rate(None, None, 16), None),
        (Rate(0, None, 0), None),
    ],
)
def test_our_count_stands_only_for_one_that_is_not_stated(rate, ours):
    assert rate.our_count == ours


@pytest.mark.parametrize(
    ("percent", "count", "base", "ends"),
    [
        (100, 2, 2, (34.24, 100)),
        (0, 0, 2, (0, 65.76)),
        (100, None, 28, (87.94, 100)),
        # 247 or 248 of 250: from the lower end of the one to the upper end of the other.
        (99, None, 250, (96.53, 99.78)),
        (12, 1, 8, (2.24, 47.09)),
        (45.5, 5, 11, (21.27, 71.99)),
        (50, None, 3, None),
        (100, 31, 39, None),
        (100, 13, 12, None),
        (None, 2, 12, None),
        (100, 2, None, None),
        (0, 0, 0, None),
    ],
)
def test_the_interval_of_a_rate_as_stated(percent, count, base, ends):
    found = interval(percent, count, base)
    assert found == (None if ends is None else pytest.approx(ends, abs=0.005))


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (
            Rate(100, 2, 2, 45),
            "On so few cases, chance alone could put the rate anywhere between 34% and 100%.",
        ),
        (
            Rate(100, None, 1, 99),
            "On a single case, chance alone could put the rate anywhere between 21% and 100%.",
        ),
        (Rate(79, 31, 39, 79), "Chance alone could put the rate anywhere between 64% and 89%."),
        (Rate(79, None, None, 79), ""),
        (Rate(100, 31, 39, 79), ""),
    ],
)
def test_the_interval_in_words(rate, sentence):
    assert chance(rate) == sentence


@pytest.mark.parametrize(
    ("rate", "low", "high", "mark", "average", "few"),
    [
        (Rate(79, 31, 39, 79), 184.1, 250.9, 223.3, 223.3, False),
        (Rate(0, 0, 20, 45), 10, 53.5, 10, 131.5, False),
        (Rate(100, 22, 22, 89), 239.9, 280, 280, 250.3, False),
        (Rate(100, 5, 5, None), 162.7, 280, 280, None, False),
        (Rate(100, 2, 2, 45), 102.4, 280, 280, None, True),
        (Rate(100, 4, 4, 45), 147.7, 280, 280, None, True),
    ],
)
def test_places_on_the_bar(rate, low, high, mark, average, few):
    drawn = bar("Complaints upheld", rate)
    assert (drawn.low, drawn.high, drawn.rate.x) == (low, high, mark)
    assert (drawn.average and drawn.average.x) == average
    assert drawn.few is few


@pytest.mark.parametrize(
    "rate", [Rate(100, None, None, 45), Rate(None, 2, 2, 45), Rate(None, 0, 0, None), Rate(100, 31, 39, 79)]
)
def test_without_an_interval_there_is_no_bar(rate):
    assert bar("Complaints upheld", rate) is None


@pytest.mark.parametrize("percent", range(0, 101, 5))
def test_words_of_a_mark_stay_inside_the_bar(percent):
    mark = bar("", Rate(percent, percent, 100, None)).rate
    room = 17 * 8.5  # "this council 100%" in a wide bold type
    begins = {"start": mark.words_x, "middle": mark.words_x - room / 2, "end": mark.words_x - room}
    assert begins[mark.anchor] >= 0
    assert begins[mark.anchor] + room <= WIDTH


def test_the_bar_says_what_it_shows():
    assert bar("Complaints upheld", Rate(79, 31, 39, 80)).words == (
        "Complaints upheld: 79% and its 95% interval, beside the average of similar authorities, 80%, "
        "on a line from 0% to 100%."
    )
    assert "average" not in bar("Complaints upheld", Rate(100, 2, 2, 45)).words
