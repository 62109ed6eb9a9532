"""Numbers and dates as letters print them: any of them is read back, and nothing else is taken for one."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from letters.extraction import numbers

COUNTS = st.integers(0, 9_999_999)
BOLD = st.sampled_from(["{}", "**{}**", " {} ", "_{}_", "\n{}"])
DAYS = st.dates(date(1974, 1, 1), date(2100, 12, 31))
ORDINALS = st.sampled_from(["", "st", "nd", "rd", "th"])


@given(COUNTS, st.booleans(), BOLD)
def test_counts_come_back(number, with_commas, bold):
    assert numbers.count(bold.format(f"{number:,}" if with_commas else number)) == number


@given(st.decimals(0, 999, places=1), st.sampled_from(["%", " %", "** %", " per cent", "per  cent"]), BOLD)
def test_rates_come_back_with_their_sign_alone(rate, sign, bold):
    assert numbers.percent(bold.format(f"{rate}{sign}")) == rate
    assert numbers.percent(bold.format(rate)) is None


@given(st.decimals(0, 9999, places=1), st.booleans())
def test_figures_with_decimals_come_back_without_a_stray_sign(value, with_sign):
    for printed in (str(value), str(value).removesuffix(".0")):
        assert numbers.decimal(printed + "%" * with_sign) == value


@given(DAYS, ORDINALS, st.sampled_from([" ", "\n", " of ", "  "]), st.sampled_from([" ", ", ", "\n"]))
def test_days_come_back_however_they_are_broken(day, ordinal, before, after):
    assert numbers.day(f"{day.day}{ordinal}{before}{day:%B}{after}{day.year}") == day


@given(st.integers(2001, 2098), st.sampled_from(["/", " / ", "-", "\u2013"]), st.booleans())
def test_years_come_back_by_the_one_in_which_they_end(year, sign, is_short):
    assert numbers.year(f"{year - 1}{sign}{year % 100:02}" if is_short else f"{year - 1}{sign}{year}") == year
    assert numbers.year(f"01/04/{year - 1} - 31/03/{year}") == year
    assert numbers.year(f"{year - 1}{sign}{year + 1}") is None


@given(st.text("0123456789.,%*O l\n-", max_size=12))
def test_what_is_taken_for_a_number_is_what_its_digits_say(printed):
    whole, rate, value = numbers.count(printed), numbers.percent(printed), numbers.decimal(printed)
    plain = printed.strip("*_ \t\n\r")
    if whole is not None:
        assert str(whole) == plain.replace(",", "")
    if rate is not None:
        assert "%" in plain
        assert rate == Decimal(plain.rstrip("% *\n"))
    if value is not None:
        assert value == Decimal(plain.rstrip("% *\n"))


@given(st.text(max_size=30))
def test_any_text_is_answered(printed):
    for read in (
        numbers.count,
        numbers.percent,
        numbers.decimal,
        numbers.cell,
        numbers.day,
        numbers.in_words,
    ):
        assert read(printed) is None or read(printed) == read(printed.strip())


def test_numbers_in_words_come_back():
    assert [numbers.in_words(spelt(number)) for number in range(101)] == list(range(101))


UNITS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelt(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number == 100:
        return "a hundred"
    return TENS[number // 10 - 2] + (f"-{UNITS[number % 10]}" if number % 10 else "")
