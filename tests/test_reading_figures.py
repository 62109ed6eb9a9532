"""Putting figures together: where part of a page could not be told apart, nothing on it counts as read."""

from datetime import date
from decimal import Decimal

import pytest

from letters.extraction.eras import REPORT
from letters.extraction.figures import figures
from letters.extraction.formats.matches import Found
from letters.extraction.reconcile import Ledger

BLOCKS = {
    "upheld": {"percent": Decimal(80), "numerator": 8, "denominator": 10, "average": Decimal(55)},
    "compliance": {"percent": Decimal(100), "denominator": 4, "average": Decimal(99)},
    "satisfactory-remedies": {
        "percent": Decimal(25),
        "numerator": 2,
        "denominator": 8,
        "average": Decimal(20),
    },
}
PERIOD = {"period_start": date(2019, 4, 1), "period_end": date(2020, 3, 31)}


def found(measure, name, value):
    return Found(measure, name, str(value), value, 3, (0.1, 0.1, 0.2, 0.2), f"{name} {value}")


def read(left_out=(), **instead):
    """The figures that both readers find, without some fields and with others in the place of theirs."""
    fields = [
        found(measure, name, instead.get(f"{measure} {name}", value))
        for measure, stated in BLOCKS.items()
        for name, value in (stated | PERIOD).items()
        if (measure, name) not in left_out
    ]
    return figures(Ledger([fields, fields]), 2020)


def test_a_whole_page_is_sure():
    proposed, problems = read()
    assert problems == []
    assert all(figure.readers_agree for figure in proposed)


@pytest.mark.parametrize(
    "gap",
    [
        ("upheld", "percent"),
        ("upheld", "denominator"),
        ("upheld", "period_start"),
        ("compliance", "denominator"),
        ("satisfactory-remedies", "numerator"),
    ],
    ids=" ".join,
)
def test_a_gap_in_one_block_makes_the_others_doubtful(gap):
    """Where one block has lost a number, another may have got it: both readers then agree on what is wrong."""
    proposed, problems = read(left_out=[gap])
    assert not any(figure.readers_agree for figure in proposed)
    others = {measure for measure in BLOCKS if measure != gap[0]}
    assert others <= {problem.measure for problem in problems if problem.code == "layout-doubtful"}


def test_a_number_that_is_none_makes_the_others_doubtful():
    proposed, _ = read(**{"compliance percent": None})
    assert not any(figure.readers_agree for figure in proposed)


def test_an_average_that_a_letter_does_not_state_leaves_the_others_sure():
    """National parks, and some councils' own reports, have none."""
    proposed, _ = read(left_out=[("compliance", "average"), ("satisfactory-remedies", "average")])
    assert all(figure.readers_agree for figure in proposed)


def test_a_base_of_compliance_without_its_rate_is_told():
    """Letters of 2018 have the rate apart from the table that its base stands in."""
    fields = [found("compliance", "denominator", 5), found("decided:total", "value", 7)]
    _, problems = figures(Ledger([fields, fields]), 2018, REPORT)
    assert ("rate-missing", "compliance") in {(problem.code, problem.measure) for problem in problems}
