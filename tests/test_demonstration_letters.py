"""The demonstration's letters: their words, and what a reader is expected to find."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from demonstration import wording
from demonstration.facts import NONE_DUE, OverviewFacts, RateFacts, percent_of, rate_of
from demonstration.published import (
    BUCKINGHAMSHIRE_2024,
    ISLE_OF_WIGHT_2025,
    OXFORDSHIRE_2025,
    PUBLISHED,
    WELLINGBOROUGH_2020,
)
from tests.letters.rows import NONE_DUE_2022, ROWS, SINGULARS, WITHOUT_AVERAGES

LETTERS = Path(__file__).parent / "letters"


def sentences_of(facts) -> str:
    """Everything on the statistics page, in reading order, without the marks for bold."""
    letter = wording.letter(facts)
    parts = [letter.overview or ""]
    for block in letter.blocks:
        parts += [block.heading, *block.sentences, *(block.count or ()), *block.small_print]
    return " ".join(parts).replace("**", "")


@pytest.mark.parametrize(
    ("year", "title", "remedies_base"),
    [
        (2019, "Annual Review letter 2019", "3 detailed investigations"),
        (2020, "Annual Review letter 2020", "3 detailed investigations"),
        (2022, "Annual Review letter 2022", "3 detailed investigations"),
        (2023, "Annual Review letter 2022-23", "3 detailed investigations"),
        (2024, "Annual Review letter 2023-24", "3 upheld decisions"),
        (2025, "Annual Review letter 2024-25", "3 upheld decisions"),
    ],
)
def test_each_era_has_its_title_and_its_name_for_the_remedies_base(year, title, remedies_base):
    facts = replace(WELLINGBOROUGH_2020, year_ending=year, upheld=rate_of(3, 4), remedies=rate_of(1, 3))
    letter = wording.letter(facts)
    assert letter.title == title
    period = f"for the period between 1 April {year - 1} to 31 March {year}"
    assert letter.blocks[0].small_print == (
        f"Statistics are based on a total of 4 detailed investigations {period}",
    )
    assert letter.blocks[2].small_print == (f"Statistics are based on a total of {remedies_base} {period}",)


@pytest.mark.parametrize(
    ("facts", "present"),
    [
        (WELLINGBOROUGH_2020, "100% of complaints we investigated were upheld."),
        (WELLINGBOROUGH_2020, "This compares to an average of 45% in similar authorities."),
        (WELLINGBOROUGH_2020, "2 upheld decisions"),
        (
            WELLINGBOROUGH_2020,
            "In 100% of cases we were satisfied the authority had successfully implemented our recommendations.",
        ),
        (WELLINGBOROUGH_2020, "a total of 1 compliance outcome for the period"),
        (
            WELLINGBOROUGH_2020,
            "In 0% of upheld cases we found the authority had provided a satisfactory remedy before the"
            " complaint reached the Ombudsman.",
        ),
        (WELLINGBOROUGH_2020, "0 satisfactory remedy decisions"),
        (BUCKINGHAMSHIRE_2024, "this is 5.5 upheld decisions per 100,000 residents.The average for"),
        (BUCKINGHAMSHIRE_2024, "authorities of this type is 4.6 upheld decisions per 100,000 residents."),
        (OXFORDSHIRE_2025, "We investigated 22 complaints and upheld 22."),
        (OXFORDSHIRE_2025, "this is 2.9 upheld decisions per 100,000 residents. The average for"),
        (
            OXFORDSHIRE_2025,
            "Between 1 April 2024 to 31 March 2025, we dealt with 84 complaints. Of these, 29 were not for us"
            " or not ready for us to investigate. We assessed and closed 33 complaints. We investigated 22"
            " complaints.",
        ),
        (NONE_DUE_2022, "No recommendations were due for compliance in this period"),
        (SINGULARS, "1 upheld decision Statistics"),
        (SINGULARS, "a total of 1 detailed investigation for"),
        (SINGULARS, "a total of 1 compliance outcome for"),
        (SINGULARS, "1 satisfactory remedy decision Statistics"),
        (SINGULARS, "a total of 1 upheld decision for"),
        (SINGULARS, "We investigated 1 complaint and upheld 1."),
        (SINGULARS, "Of these, 1 was not for us"),
        (SINGULARS, "We assessed and closed 1 complaint."),
        (SINGULARS, "this is 2 upheld decisions per 100,000 residents."),
        (replace(SINGULARS, per_100000=Decimal("11.0")), "this is 11 upheld decisions per 100,000"),
        (
            replace(SINGULARS, overview=OverviewFacts(1, 0, 0, 1)),
            "dealt with 1 complaint. Of these, 0 were",
        ),
    ],
)
def test_the_statistics_page_says(facts, present):
    assert present in sentences_of(facts)


@pytest.mark.parametrize(
    ("facts", "absent"),
    [
        (WELLINGBOROUGH_2020, "per 100,000"),
        (WELLINGBOROUGH_2020, "we dealt with"),
        (BUCKINGHAMSHIRE_2024, "we dealt with"),
        (BUCKINGHAMSHIRE_2024, "and upheld"),
        (OXFORDSHIRE_2025, "recommendations"),
        (OXFORDSHIRE_2025, "remed"),
        (ISLE_OF_WIGHT_2025, "The average for"),
        (WITHOUT_AVERAGES, "average"),
        (NONE_DUE_2022, "compliance outcome"),
    ],
)
def test_the_statistics_page_leaves_out_what_was_not_published(facts, absent):
    assert absent not in sentences_of(facts)


def test_the_running_text_lays_false_trails():
    running = " ".join(paragraph.text for paragraph in wording.letter(WELLINGBOROUGH_2020).body)
    assert {"80%", "90%", "100%", "12%", "97%"} <= set(re.findall(r"\d+%", running))
    for heading in (
        "Complaints upheld",
        "Compliance with",
        "Satisfactory remedies provided by the authority",
    ):
        assert heading in running


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (1, 8, 13),
        (7, 8, 88),
        (0, 2, 0),
        (2, 2, 100),
        (1, 3, 33),
        (2, 3, 67),
        (1, 200, 1),
        (31, 39, 79),
        (2, 31, 6),
    ],
)
def test_rates_are_rounded_half_up(numerator, denominator, percent):
    assert percent_of(numerator, denominator) == percent


def test_a_base_of_zero_has_no_rate():
    with pytest.raises(ZeroDivisionError):
        percent_of(0, 0)


@pytest.mark.parametrize("facts", PUBLISHED, ids=lambda facts: facts.council)
def test_published_figures_agree_with_themselves(facts):
    for rate in (facts.upheld, facts.remedies):
        assert rate is None or rate.percent == percent_of(rate.numerator, rate.denominator)
    if facts.overview:
        o = facts.overview
        assert o.dealt_with == o.not_for_us + o.assessed_and_closed + o.investigated
        assert o.investigated == facts.upheld.denominator


def test_what_is_expected_of_a_reader():
    expected = WELLINGBOROUGH_2020.expected()
    period = {"period_start": "2019-04-01", "period_end": "2020-03-31"}
    assert expected == {
        "council": "Wellingborough Borough Council",
        "year_ending": 2020,
        "letter_date": "2020-07-22",
        "publication_date": "2020-07-29",
        "recipient": {"name": "Ms Example", "post": "Managing Director"},
        "statistics": [
            {
                "measure": "upheld",
                "percent": 100,
                "value": None,
                "numerator": 2,
                "denominator": 2,
                "average": 45,
                "base_label": "detailed investigations",
                **period,
            },
            {
                "measure": "compliance",
                "percent": 100,
                "value": None,
                "numerator": None,
                "denominator": 1,
                "average": 99,
                "base_label": "compliance outcome",
                **period,
            },
            {
                "measure": "satisfactory-remedies",
                "percent": 0,
                "value": None,
                "numerator": 0,
                "denominator": 2,
                "average": 20,
                "base_label": "detailed investigations",
                **period,
            },
        ],
    }


def test_what_is_not_stated_is_expected_as_nothing():
    compliance = next(s for s in NONE_DUE_2022.expected()["statistics"] if s["measure"] == "compliance")
    assert compliance.pop("measure") == "compliance"
    assert set(compliance.values()) == {None}
    measures = [s["measure"] for s in OXFORDSHIRE_2025.expected()["statistics"]]
    assert measures == [
        "upheld",
        "upheld-per-100000",
        "dealt-with",
        "not-for-us",
        "assessed-and-closed",
        "investigated",
    ]


@pytest.mark.parametrize("name", ROWS)
def test_golden_letters_have_the_expected_reading_beside_them(name):
    """If this fails after a change of rows or words, run tests/letters/make_golden.py."""
    assert json.loads((LETTERS / f"{name}.json").read_text()) == ROWS[name].expected()
    printed = list(LETTERS.glob(f"{name}-*.pdf"))
    assert len(printed) == (4 if ROWS[name].real else 1)


def test_compliance_prints_no_count():
    facts = replace(WELLINGBOROUGH_2020, compliance=RateFacts(67, 99, None, 3))
    block = wording.letter(facts).blocks[1]
    assert block.count is None
    assert facts.expected()["statistics"][1]["numerator"] is None
    assert wording.letter(replace(facts, compliance=NONE_DUE)).blocks[1].rate is None
