"""What the pages say in words of their own, number by number."""

from decimal import Decimal

import pytest

from public.figures import count_of, counted, number, percent, size
from public.intervals import counts_behind, wilson
from public.sentences import Comparison, Rate, compare, comparison, summary, too_few


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (2, 2, 34.24, 100.0),
        (0, 2, 0.0, 65.76),
        (1, 2, 9.45, 90.55),
        (22, 22, 85.13, 100.0),
        (31, 39, 64.47, 89.22),
        (0, 1, 0.0, 79.35),
        # Newcombe (1998), Statistics in Medicine 17: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_interval(count, base, low, high):
    assert wilson(count, base) == pytest.approx((low, high), abs=0.005)


@pytest.mark.parametrize(
    ("printed", "base", "counts"),
    [
        (100, 28, [28]),
        (0, 2, [0]),
        (13, 8, [1]),  # 12.5 is rounded up
        (88, 8, [7]),
        (50, 3, []),
        (99, 250, [247, 248]),
        (45.5, 11, []),
    ],
)
def test_counts_behind_a_printed_rate(printed, base, counts):
    assert counts_behind(printed, base) == counts


@pytest.mark.parametrize(
    ("rate", "outcome"),
    [
        (Rate(100, 2, 2, 45), Comparison.TOO_FEW),
        (Rate(100, 4, 4, 1), Comparison.TOO_FEW),
        (Rate(None, None, 0, None), Comparison.TOO_FEW),
        (Rate(100, 5, 5, 45), Comparison.HIGHER),
        (Rate(100, 22, 22, 89), Comparison.NOT_CLEAR),
        (Rate(73, 11, 15, 80), Comparison.NOT_CLEAR),
        (Rate(89, 105, 118, 81), Comparison.HIGHER),
        (Rate(0, 0, 20, 45), Comparison.LOWER),
        (Rate(0, 0, 20, 16), Comparison.NOT_CLEAR),
        (Rate(100, 31, 39, None), Comparison.NOT_STATED),
        (Rate(100, None, None, 45), Comparison.NOT_STATED),
        (Rate(None, 2, 12, 45), Comparison.NOT_STATED),
        (Rate(100, 13, 12, 45), Comparison.NOT_STATED),
        # Compliance letters state no count: every count that is printed so is allowed for.
        (Rate(100, None, 28, 99), Comparison.NOT_CLEAR),
        (Rate(92, None, 120, 99), Comparison.LOWER),
        (Rate(50, None, 7, 99), Comparison.NOT_STATED),
        # The average, printed as 85, may be 84.51: 85.13 is not beyond it.
        (Rate(100, 22, 22, 85), Comparison.NOT_CLEAR),
        (Rate(100, 22, 22, 84), Comparison.HIGHER),
    ],
)
def test_higher_or_lower_only_where_the_interval_leaves_out_the_average(rate, outcome):
    assert compare(rate) is outcome


def test_no_comparison_is_a_verdict():
    for rate in (Rate(100, 9, 9, 45), Rate(0, 0, 20, 45), Rate(50, 5, 10, 45), Rate(100, 2, 2, 45)):
        assert not {"better", "worse", "good", "bad", "poor"} & set(comparison(rate).lower().split())


NAME = "Sometown Council"
INVESTIGATED = "The Ombudsman investigated"


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (
            Rate(100, 2, 2, 45),
            f"{INVESTIGATED} 2 complaints about {NAME} in detail and upheld both. "
            "That is too few to compare with other authorities.",
        ),
        (
            Rate(100, 1, 1, 45),
            f"{INVESTIGATED} 1 complaint about {NAME} in detail and upheld it. "
            "That is too few to compare with other authorities.",
        ),
        (
            Rate(0, 0, 1, 45),
            f"{INVESTIGATED} 1 complaint about {NAME} in detail and did not uphold it. "
            "That is too few to compare with other authorities.",
        ),
        (
            Rate(0, 0, 3, 45),
            f"{INVESTIGATED} 3 complaints about {NAME} in detail and upheld none of them. "
            "That is too few to compare with other authorities.",
        ),
        (
            Rate(79, 31, 39, 79),
            f"{INVESTIGATED} 39 complaints about {NAME} in detail and upheld 31 of them. "
            "The rate is not clearly different from the average of similar authorities (79%).",
        ),
        (
            Rate(100, 22, 22, 60),
            f"{INVESTIGATED} 22 complaints about {NAME} in detail and upheld all of them. "
            "The rate is higher than the average of similar authorities (60%).",
        ),
        (
            Rate(10, 2, 20, 60),
            f"{INVESTIGATED} 20 complaints about {NAME} in detail and upheld 2 of them. "
            "The rate is lower than the average of similar authorities (60%).",
        ),
        (Rate(50, 5, 10, None), f"{INVESTIGATED} 10 complaints about {NAME} in detail and upheld 5 of them."),
        (
            Rate(50, None, 10, None),
            f"{INVESTIGATED} 10 complaints about {NAME} in detail and upheld 50% of them.",
        ),
        (
            Rate(65, 1234, 1898, None),
            f"{INVESTIGATED} 1,898 complaints about {NAME} in detail and upheld 1,234 of them.",
        ),
        (Rate(50, None, None, None), "The Ombudsman upheld 50% of the complaints it investigated."),
        (Rate(None, 0, 0, None), f"{INVESTIGATED} no complaints about {NAME} in detail."),
        (Rate(None, None, 10, 45), ""),
        (Rate(None, 10, None, 45), ""),
        (Rate(None, None, None, 45), ""),
    ],
)
def test_sentence_on_complaints_upheld(rate, sentence):
    assert summary("upheld", NAME, rate) == sentence


CHECKED = f"the Ombudsman checked whether {NAME} had done what it recommended, and was"


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (
            Rate(100, None, 1, 99),
            f"In 1 case {CHECKED} satisfied. That is too few to compare with other authorities.",
        ),
        (
            Rate(0, None, 1, 99),
            f"In 1 case {CHECKED} not satisfied. That is too few to compare with other authorities.",
        ),
        (
            Rate(100, None, 28, 99),
            f"In 28 cases {CHECKED} satisfied in all of them. "
            "The rate is not clearly different from the average of similar authorities (99%).",
        ),
        (Rate(None, 9, 9, None), f"In 9 cases {CHECKED} satisfied in all of them."),
        (
            Rate(100, None, 2, None),
            f"In 2 cases {CHECKED} satisfied in both. That is too few to compare with other authorities.",
        ),
        (Rate(0, None, 6, None), f"In 6 cases {CHECKED} satisfied in none of them."),
        (Rate(92, None, 12, None), f"In 12 cases {CHECKED} satisfied in 92% of them."),
        # 299 of 300 are printed as 100%, too.
        (Rate(100, None, 300, None), f"In 300 cases {CHECKED} satisfied in 100% of them."),
        (Rate(80, None, None, 99), f"The Ombudsman was satisfied with what {NAME} had done in 80% of cases."),
        (Rate(None, None, 0, None), f"There were no recommendations to {NAME} to check."),
        (Rate(None, None, None, None), ""),
    ],
)
def test_sentence_on_compliance(rate, sentence):
    assert summary("compliance", NAME, rate) == sentence


BEFORE = (
    f"{NAME} had put things right to the Ombudsman’s satisfaction before the complaint reached the Ombudsman."
)


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (
            Rate(0, 0, 2, 20),
            f"In none of 2 upheld complaints, {BEFORE} That is too few to compare with other authorities.",
        ),
        (
            Rate(100, 1, 1, 20),
            f"The Ombudsman upheld 1 complaint; {NAME} had put it right to the Ombudsman’s satisfaction before it "
            "reached the Ombudsman. That is too few to compare with other authorities.",
        ),
        (
            Rate(0, 0, 1, 20),
            f"The Ombudsman upheld 1 complaint; {NAME} had not put it right to the Ombudsman’s satisfaction before it "
            "reached the Ombudsman. That is too few to compare with other authorities.",
        ),
        (Rate(6, 2, 31, None), f"In 2 of 31 upheld complaints, {BEFORE}"),
        (Rate(6, None, 31, None), f"In 6% of 31 upheld complaints, {BEFORE}"),
        (Rate(6, None, None, None), f"In 6% of upheld complaints, {BEFORE}"),
        (Rate(None, 0, 0, None), f"The Ombudsman upheld no complaints about {NAME}."),
        (Rate(None, None, 31, 12), ""),
    ],
)
def test_sentence_on_satisfactory_remedies(rate, sentence):
    assert summary("satisfactory-remedies", NAME, rate) == sentence


@pytest.mark.parametrize(
    ("base", "mark"),
    [
        (0, "Too few to compare (0 investigations)"),
        (1, "Too few to compare (1 investigation)"),
        (2, "Too few to compare (2 investigations)"),
        (4, "Too few to compare (4 investigations)"),
        (5, ""),
        (None, ""),
    ],
)
def test_fewer_than_five_are_too_few(base, mark):
    assert too_few(base, "investigation", "investigations") == mark


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("5.50"), "5.5"),
        (Decimal("11.00"), "11"),
        (Decimal("100.00"), "100"),
        (Decimal("0.00"), "0"),
        (1234, "1,234"),
        (Decimal("1234567.25"), "1,234,567.25"),
        (0, "0"),
        (None, "Not stated in the letter"),
    ],
)
def test_numbers_are_written_as_printed(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("45.00"), "45%"), (0, "0%"), (Decimal("45.50"), "45.5%"), (None, "Not stated in the letter")],
)
def test_rates_are_written_as_printed(value, written):
    assert percent(value) == written


@pytest.mark.parametrize(
    ("count", "base", "written"),
    [
        (2, 2, "2 of 2"),
        (0, 2, "0 of 2"),
        (None, 28, "28"),
        (3, None, "3"),
        (None, None, "Not stated in the letter"),
    ],
)
def test_counts_are_written_with_their_base(count, base, written):
    assert count_of(count, base) == written


def test_nouns_follow_their_number():
    assert counted(1, "page", "pages") == "1 page"
    assert counted(0, "page", "pages") == "0 pages"
    assert counted(1200, "page", "pages") == "1,200 pages"


@pytest.mark.parametrize(
    ("bytes_", "written"),
    [(10, "1 KB"), (58_396, "58 KB"), (999_499, "999 KB"), (999_999, "1.0 MB"), (1_250_000, "1.2 MB")],
)
def test_file_sizes(bytes_, written):
    assert size(bytes_) == written
