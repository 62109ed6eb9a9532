"""Signs to look into: which rule finds what, where none is applied, and that chance is left its due."""

from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace

import pytest

from councils.models import Council
from public.comparison import Average
from public.funnel import TAILS, limits
from public.series import headline
from public.signs import comparable, pairs, signs

UNITARY = Council(name="Sometown Council", kind="unitary")
PARK = Council(name="Somewhere National Park Authority", kind="national-park")
# Our average is 80% in each year.
USUAL = Average(letters=60, count=800, base=1000)


@dataclass
class Stated:
    """A figure of a letter, as it comes through the door."""

    measure: str
    year: int
    percent: Decimal | None
    numerator: int | None
    denominator: int | None
    average: Decimal | None = None

    @property
    def letter(self):
        return SimpleNamespace(review=SimpleNamespace(year_ending=self.year))

    @property
    def none_due(self):
        return self.measure == "compliance" and self.percent is self.denominator is None


def upheld(year, count, base):
    return Stated("upheld", year, Decimal((200 * count + base) // (2 * base)), count, base)


def compliance(year, percent, base, count=None):
    return Stated("compliance", year, None if percent is None else Decimal(percent), count, base)


def found(*stated, year=2025, council=UNITARY, averages=None, letters_of=None):
    """What the rules find when the letters of those years state that; our average is 80% unless told otherwise."""
    letters_of = {each.year for each in stated} | {year} if letters_of is None else letters_of
    both = pairs(headline(letters_of, stated), year)
    usual = dict.fromkeys([(slug, each) for slug in comparable(both) for each in (year - 1, year)], USUAL)
    return signs(council, year, both, usual if averages is None else averages)


def rules(*stated, **values):
    return [(each.rule, each.measure.slug) for each in found(*stated, **values).found]


def reasons(*stated, **values):
    return {(each.rules, each.measure.slug): each.reason for each in found(*stated, **values).unapplied}


@pytest.mark.parametrize(
    ("stated", "is_sign", "words", "ours"),
    [
        (compliance(2025, 100, 28), False, "", False),
        (compliance(2025, 92, 38), True, "35 of 38 compliance outcomes were satisfactory (92%)", True),
        (compliance(2025, 0, 1), True, "0 of 1 compliance outcome was satisfactory (0%)", True),
        (compliance(2025, 13, 8, 1), True, "1 of 8 compliance outcomes was satisfactory (13%)", False),
        (compliance(2025, 99, 250), True, "99% of 250 compliance outcomes were satisfactory", False),
        (compliance(2025, 99, None), True, "99% of compliance outcomes were satisfactory", False),
        (compliance(2025, 50, 3), True, "50% of 3 compliance outcomes were satisfactory", False),
        (compliance(2025, None, None), False, "", False),
        (compliance(2025, 0, 2), True, "0 of 2 compliance outcomes were satisfactory (0%)", True),
    ],
)
def test_compliance_under_100(stated, is_sign, words, ours):
    signs_ = [each for each in found(stated).found if each.rule == 1]
    assert bool(signs_) is is_sign
    if is_sign:
        assert signs_[0].counts == f"In 2024–25, {words}."
        assert signs_[0].ours is ours


def test_compliance_that_is_not_stated_is_no_compliance_under_100():
    assert reasons(upheld(2025, 4, 5))["rule 1", "compliance"] == "not stated in the letter"
    assert reasons(compliance(2025, None, None))["rule 1", "compliance"] == "no recommendations were due"


def test_the_other_rates_under_100_are_no_sign():
    assert rules(upheld(2025, 1, 2)) == []


# Around 80% the 95% limits of 42 cases are 28 and 38.
@pytest.mark.parametrize(
    ("now", "before", "is_sign"),
    [
        ((42, 42), (41, 42), True),
        ((39, 42), (39, 42), True),
        ((39, 42), (38, 42), False),
        ((38, 42), (39, 42), False),
        ((27, 42), (27, 42), True),
        ((27, 42), (28, 42), False),
        ((42, 42), (20, 42), False),
        ((0, 5), (0, 5), True),
        ((5, 5), (5, 5), False),
        ((0, 4), (0, 5), False),
        ((0, 5), (0, 4), False),
    ],
)
def test_beyond_the_limits_two_years_running(now, before, is_sign):
    assert (limits(42, 80, TAILS["95%"]).lowest, limits(42, 80, TAILS["95%"]).highest) == (28, 38)
    assert ((2, "upheld") in rules(upheld(2025, *now), upheld(2024, *before))) is is_sign


def test_what_is_said_of_one_beyond_the_limits():
    sign = found(upheld(2025, 44, 45), upheld(2024, 42, 42)).found[0]
    assert (
        sign.counts == "In 2024–25, 44 of 45 investigations were upheld (98%); in 2023–24, 42 of 42 (100%)."
    )
    assert (
        "Our average of unitary councils is 80% (60 letters) for 2024–25 and 80% (60 letters)" in sign.reason
    )
    low, high = (
        f"{each.lowest} and {each.highest}" for each in (limits(45, 80, 0.025), limits(42, 80, 0.025))
    )
    assert f"between {low} of 45, and between {high} of 42 the year before" in sign.reason
    assert "above these limits both times" in sign.reason
    below = found(upheld(2025, 10, 45), upheld(2024, 10, 42)).found[0]
    assert "below these limits both times" in below.reason


@pytest.mark.parametrize(
    ("now", "before", "is_sign"),
    [
        # Fisher, two-sided: .0043, .0123; 5 of 5 after 0 of 5 is 2 of 252.
        ((13, 44), (2, 42), True),
        ((11, 44), (2, 42), False),
        ((2, 42), (13, 44), True),
        ((5, 5), (0, 5), True),
        ((5, 5), (1, 5), False),
        ((4, 4), (0, 50), False),
        ((50, 50), (0, 4), False),
        ((20, 40), (20, 40), False),
    ],
)
def test_a_change_larger_than_chance_explains(now, before, is_sign):
    assert ((3, "upheld") in rules(upheld(2025, *now), upheld(2024, *before), averages={})) is is_sign


@pytest.mark.parametrize(
    ("now", "before", "often"),
    [
        ((13, 44), (2, 42), "about 4 times in 1,000"),
        ((90, 100), (10, 100), "less than once in 1,000 times"),
        ((10, 13), (2, 17), "about once in 1,000 times"),
        ((13, 20), (4, 20), "less than 10 times in 1,000"),
    ],
)
def test_how_often_chance_would_do_it(now, before, often):
    (sign,) = found(upheld(2025, *now), upheld(2024, *before), averages={}).found
    assert f"so far {often} (Fisher’s exact test)" in sign.reason


@pytest.mark.parametrize(
    ("year", "compared"),
    [(2020, True), (2021, False), (2022, True), (2023, False), (2024, True), (2025, True), (2019, False)],
)
def test_no_rule_looks_across_a_break(year, compared):
    stated = (upheld(year, 42, 42), upheld(year - 1, 2, 42))
    assert (rules(*stated, year=year) == [(3, "upheld")]) is compared
    if not compared:
        said = reasons(*stated, year=year)["rules 2 and 3", "upheld"]
        assert said.startswith("the series breaks between ")


BEFORE = upheld(2024, 1, 42)


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        (
            [Stated("upheld", 2025, None, None, None, Decimal(80)), BEFORE],
            "2024–25: not stated in the letter",
        ),
        ([upheld(2025, 4, 4), BEFORE], "2024–25: fewer than 5 cases"),
        ([upheld(2025, 9, 9), upheld(2024, 0, 4)], "2023–24: fewer than 5 cases"),
        ([upheld(2025, 9, 9)], "2023–24: no letter"),
        ([upheld(2025, 9, 9), upheld(2023, 1, 42)], "2023–24: no letter"),
        ([Stated("upheld", 2025, Decimal(99), None, 250), BEFORE], "2024–25: the counts are not known"),
        ([Stated("upheld", 2025, Decimal(99), None, None), BEFORE], "2024–25: the counts are not known"),
        ([Stated("upheld", 2025, Decimal(90), 42, 42), BEFORE], "2024–25: the counts are not known"),
    ],
)
def test_why_two_years_are_not_compared(stated, reason):
    assert (rules(*stated), reasons(*stated)["rules 2 and 3", "upheld"]) == ([], reason)


def test_counts_that_are_worked_out_are_marked():
    (below, changed) = found(compliance(2025, 50, 20), compliance(2024, 100, 20), averages={}).found
    assert (below.rule, changed.rule) == (1, 3)
    assert changed.ours
    assert (
        changed.counts
        == "In 2024–25, 10 of 20 compliance outcomes were satisfactory (50%); in 2023–24, 20 of 20 (100%)."
    )
    assert not found(upheld(2025, 13, 44), upheld(2024, 2, 42), averages={}).found[0].ours


@pytest.mark.parametrize(
    ("council", "averages", "reason"),
    [
        (PARK, {}, "the Ombudsman compares it with no other authorities"),
        (UNITARY, {}, "2024–25: 0 letters of unitary councils published here, too few for an average"),
        (
            UNITARY,
            {("upheld", 2025): USUAL, ("upheld", 2024): Average(9, 80, 100)},
            "2023–24: 9 letters of unitary councils published here, too few for an average",
        ),
    ],
)
def test_a_kind_needs_an_average(council, averages, reason):
    stated = upheld(2025, 42, 42), upheld(2024, 42, 42)
    assert rules(*stated, council=council, averages=averages) == []
    assert reasons(*stated, council=council, averages=averages)["rule 2", "upheld"] == reason


def test_only_the_year_in_view_and_the_one_before_are_looked_at():
    stated = [upheld(2025, 42, 42), upheld(2024, 41, 42), upheld(2023, 2, 42)]
    assert rules(*stated) == [(2, "upheld")]
    assert rules(*stated, year=2024) == [(3, "upheld")]


def test_whether_any_rule_could_be_applied():
    assert found(compliance(2025, 100, 5)).applied
    assert not found(upheld(2025, 2, 2)).applied
    assert found(upheld(2025, 40, 50), upheld(2024, 40, 50)).applied
    assert not found(year=2010).applied
