"""The letters to 2018: their tables in every look, by several programs, and what is refused rather than guessed."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demonstration.printing import print_letter, print_report
from demonstration.printing.looks import Look
from demonstration.report_wording import report
from demonstration.reports import YearCounts, with_totals
from letters.extraction.types import Reading
from letters.headings import DECISIONS_TO_2008, slug_of
from tests.letters.report_rows import LEEDS_2007, LEEDS_2010, LEEDS_2016, REPORTS
from tests.readings import codes, read_here, stated

GOLDEN = Path(__file__).parent / "letters"
GOLDEN_LETTERS = sorted(path for name in REPORTS for path in GOLDEN.glob(f"{name}-*.pdf"))
NUMBERS = ("percent", "value", "numerator", "denominator")
# Joined letters on their side come apart: such a heading is for a person.
TURNED = {path for path in GOLDEN_LETTERS if path.stem.endswith("chromium-turned")}
ERAS = {2007: "three-year-tables", 2010: "annual-review", 2016: "report-tables"}


def printed(statistics: list[dict]) -> dict[str, tuple]:
    return {figure["measure"]: tuple(figure[name] for name in NUMBERS) for figure in statistics}


def read_figures(reading: Reading, only_sure: bool = False) -> dict[str, tuple]:
    return {
        figure.measure: tuple(stated(figure)[name] for name in NUMBERS)
        for figure in reading.statistics
        if figure.readers_agree or not only_sure
    }


@cache
def golden_reading(letter: Path) -> Reading:
    return read_here(letter.read_bytes())


def golden_figures(letter: Path) -> dict[str, tuple]:
    [name] = [name for name in REPORTS if letter.name.startswith(name)]
    return printed(json.loads((GOLDEN / f"{name}.json").read_text())["statistics"])


@pytest.mark.parametrize("letter", GOLDEN_LETTERS, ids=lambda path: path.stem)
def test_no_figure_of_another_programs_letter_is_wrong_and_sure(letter):
    expected = golden_figures(letter)
    sure = read_figures(golden_reading(letter), only_sure=True)
    assert sure.items() <= expected.items()


@pytest.mark.parametrize("letter", sorted(set(GOLDEN_LETTERS) - TURNED), ids=lambda path: path.stem)
def test_reads_letters_of_other_programs(letter):
    reading = golden_reading(letter)
    assert read_figures(reading) == golden_figures(letter)
    assert codes(reading) == set()


@pytest.mark.parametrize(("program", "layout"), [("fpdf2", "stacked"), ("typst", "side-by-side")])
@pytest.mark.parametrize("row", REPORTS)
def test_reads_letters_printed_here(row, layout, program):
    facts = REPORTS[row]
    reading = read_here(print_letter(facts, program, layout))
    assert read_figures(reading, only_sure=True) == printed(facts.expected()["statistics"])
    assert codes(reading) == set()
    assert (reading.authority, reading.year_ending) == (facts.council, facts.year_ending)


@pytest.mark.parametrize(
    "look",
    [
        Look(align="left"),
        Look(rules="rows", align="right"),
        Look(rules="none"),
        Look(rules="none", align="left", size=7),
        Look(down=True, rules="none", landscape=False, align="right"),
        Look(turned=True),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "facts", [LEEDS_2007, LEEDS_2010, LEEDS_2016], ids=lambda facts: str(facts.year_ending)
)
def test_reads_every_look(facts, look):
    reading = read_here(print_report(report(facts), "fpdf2", look))
    assert read_figures(reading, only_sure=True) == printed(facts.expected()["statistics"])
    assert (reading.era, codes(reading)) == (ERAS[facts.year_ending], set())


def test_every_figure_has_its_place_and_its_heading():
    reading = golden_reading(GOLDEN / "leeds-2016-chromium-ruled.pdf")
    [housing] = [figure for figure in reading.statistics if figure.measure == "received:housing"]
    sources = {source.field: source for source in housing.sources}
    assert sources["heading"].quotation == "Housing"
    assert sources["value"].quotation == "Housing 8"
    heading, value = sources["heading"].box, sources["value"].box
    assert heading[0] <= (value[0] + value[2]) / 2 <= heading[2]
    assert heading[3] <= value[1]


def test_the_rows_of_earlier_years_are_checks_and_no_figures():
    reading = read_here(print_letter(LEEDS_2007))
    said = {(check.measure, check.year_ending): check.value for check in reading.restated}
    for year, counts in LEEDS_2007.restated.items():
        received, decided = with_totals(counts, 2007)
        for heading, count in received.items():
            assert said[f"received:{slug_of(heading)}", year] == count
        for heading, count in decided.items():
            assert said[f"decided:{slug_of(heading)}", year] == count
        assert said["days-to-respond", year] == counts.days_to_respond
    assert {figure.period_end for figure in reading.statistics} == {date(2007, 3, 31)}


def changed(facts, table: int, heading: str, cell: str):
    """The letter with another text in the first row of one of its tables."""
    words = report(facts)
    old = words.tables[table]
    label, cells = old.rows[0]
    at = old.headings.index(heading)
    new = replace(old, rows=((label, (*cells[:at], cell, *cells[at + 1 :])), *old.rows[1:]))
    return replace(words, tables=(*words.tables[:table], new, *words.tables[table + 1 :]))


@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize(
    ("table", "heading", "cell", "code"),
    [
        (0, "Housing", "9", "table-total"),
        (0, "Total", "82", "table-total"),
        (0, "Housing", "n/a", "table-total"),
        (0, "Housing", "8O", "table-total"),
        (1, "Upheld", "15", "table-total"),
        (1, "Uphold Rate", "62%", "rate-contradicts-counts"),
        (1, "Uphold Rate", "-", "rate-missing"),
    ],
)
def test_a_table_that_does_not_come_out_is_not_sure(table, heading, cell, code, rules):
    reading = read_here(print_report(changed(LEEDS_2016, table, heading, cell), "fpdf2", Look(rules=rules)))
    family = ("received:", "decided:")[table]
    found = {problem for problem, _ in codes(reading)}
    assert found & {code, "no-total", "table-missing", "new-layout"}
    if code == "table-total":
        assert not any(
            figure.readers_agree for figure in reading.statistics if figure.measure.startswith(family)
        )


@pytest.mark.parametrize("dash", ["–", "-", "—"])
def test_a_dash_is_taken_for_none_where_the_total_leaves_none_and_a_person_confirms(dash):
    facts = replace(
        LEEDS_2016, counts=replace(LEEDS_2016.counts, received={**LEEDS_2016.counts.received, "Housing": 0})
    )
    reading = read_here(print_report(changed(facts, 0, "Housing", dash)))
    figures = {figure.measure: figure for figure in reading.statistics}
    assert (figures["received:housing"].value, figures["received:housing"].readers_agree) == (0, False)
    assert figures["received:total"].readers_agree
    assert codes(reading) == {("dash-for-zero", "received:housing")}


def test_not_applicable_is_not_stated():
    facts = replace(
        LEEDS_2016, counts=replace(LEEDS_2016.counts, received={**LEEDS_2016.counts.received, "Housing": 0})
    )
    reading = read_here(print_report(changed(facts, 0, "Housing", "n/a")))
    assert "received:housing" not in {figure.measure for figure in reading.statistics}
    assert codes(reading) == set()


def test_a_row_of_another_council_is_not_believed():
    facts = replace(LEEDS_2016, council="Birmingham City Council")
    words = replace(report(LEEDS_2016), words=report(facts).words)
    reading = read_here(print_report(words))
    assert not any(figure.readers_agree for figure in reading.statistics)
    assert ("row-doubtful", "received:total") in codes(reading)


def test_the_councils_own_row_is_found_among_others():
    words = report(LEEDS_2016)
    tables = tuple(
        replace(table, rows=(("Wakefield MDC", tuple("7" for _ in table.headings)), *table.rows))
        for table in words.tables
    )
    reading = read_here(print_report(replace(words, tables=tables)))
    assert read_figures(reading, only_sure=True) == printed(LEEDS_2016.expected()["statistics"])


def test_the_form_of_another_era_is_told():
    words = report(LEEDS_2016)
    later = replace(words, words=replace(words.words, title="Annual Review letter 2021"))
    body = tuple(replace(each, text=each.text.replace("2016", "2021")) for each in words.words.body)
    reading = read_here(
        print_report(replace(later, words=replace(later.words, body=body, date="21 July 2021")))
    )
    assert "new-layout" in {code for code, _ in codes(reading)}
    assert not any(figure.readers_agree for figure in reading.statistics)


def test_tables_of_another_year_are_not_believed():
    words = replace(report(LEEDS_2016), period="For the period ending: 31/03/2015")
    reading = read_here(print_report(words))
    assert codes(reading) == {("year-differs", None)}
    assert not any(figure.readers_agree for figure in reading.statistics)


def with_words(facts, table: int, old: str, new: str):
    """The letter with one of its tables' title or headings in other words."""
    words = report(facts)
    was = words.tables[table]
    headings = tuple(new if heading == old else heading for heading in was.headings)
    changed = replace(was, title=was.title.replace(old, new), headings=headings)
    assert changed != was
    return replace(words, tables=(*words.tables[:table], changed, *words.tables[table + 1 :]))


@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize(
    ("facts", "table", "old", "new"),
    [
        (LEEDS_2016, 1, "Incomplete or Invalid", "Incomplete/Invalid"),
        (LEEDS_2010, 0, "LGO Advice Team", "Table 1. LGO Advice Team"),
        (LEEDS_2010, 1, "Investigative Team", "Table 2. Investigative Team"),
    ],
)
def test_tables_that_say_the_same_in_other_words(facts, table, old, new, rules):
    reading = read_here(print_report(with_words(facts, table, old, new), "fpdf2", Look(rules=rules)))
    assert read_figures(reading, only_sure=True) == read_figures(
        read_here(print_report(report(facts), "fpdf2", Look(rules=rules))), only_sure=True
    )


@pytest.mark.parametrize("rules", ["all", "none"])
def test_short_names_of_outcomes_do_not_make_one_years_tables_those_of_three(rules):
    """The letters of 2009 and 2010 still have "MI reps", "LS" … over a single year's numbers."""
    outcomes = dict(zip(DECISIONS_TO_2008, LEEDS_2010.counts.decided.values(), strict=False))
    facts = replace(LEEDS_2010, counts=replace(LEEDS_2010.counts, decided=outcomes))
    reading = read_here(print_report(report(facts), "fpdf2", Look(rules=rules)))
    sure = read_figures(reading, only_sure=True)
    assert reading.era == ERAS[2010]
    decided = {
        measure: int(numbers[1]) for measure, numbers in sure.items() if measure.startswith("decided:")
    }
    expected = {f"decided:{slug_of(outcome)}": count for outcome, count in outcomes.items()}
    assert decided == {**expected, "decided:total": sum(outcomes.values())}


def test_nothing_is_derived_to_2008():
    measures = {figure.measure for figure in read_here(print_letter(LEEDS_2007)).statistics}
    assert not measures & {"upheld", "compliance", "satisfactory-remedies"}


@pytest.mark.parametrize(
    ("sentence", "measure", "value"),
    [
        (
            "During the year our Advice Team received forty-five enquiries and complaints about your council.",
            "received:total",
            45,
        ),
        ("We made decisions on twelve complaints against your authority in the year.", "decided:total", 12),
    ],
)
def test_numbers_in_words_are_proposals(sentence, measure, value):
    words = report(LEEDS_2010)
    body = (*words.words.body, replace(words.words.body[0], text=sentence))
    reading = read_here(print_report(replace(words, words=replace(words.words, body=body), tables=())))
    [figure] = reading.statistics
    assert (figure.measure, figure.value, figure.readers_agree) == (measure, value, False)
    assert ("from-running-text", measure) in codes(reading)


def test_numbers_of_single_subjects_in_running_text_are_left_alone():
    words = report(LEEDS_2010)
    text = "We received twelve complaints about housing. We decided three complaints about benefits."
    body = (*words.words.body, replace(words.words.body[0], text=text))
    reading = read_here(print_report(replace(words, words=replace(words.words, body=body), tables=())))
    assert reading.statistics == ()


@st.composite
def random_facts(draw):
    """A letter of any era with counts of any size."""
    facts = draw(st.sampled_from([LEEDS_2007, LEEDS_2010, LEEDS_2016]))
    count = st.integers(0, 9) | st.integers(0, 999)

    def anew(counts: YearCounts) -> YearCounts:
        return YearCounts(
            {heading: draw(count) for heading in counts.received},
            {heading: draw(count) for heading in counts.decided},
            None if counts.first_enquiries is None else draw(count),
            None if counts.days_to_respond is None else draw(st.decimals(0, 99, places=1)),
        )

    due = draw(st.integers(1, 90))
    return replace(
        facts,
        counts=anew(facts.counts),
        restated={year: anew(counts) for year, counts in facts.restated.items()},
        compliance=(draw(st.integers(0, due)), due) if facts.compliance else None,
    )


LOOKS = st.builds(
    Look,
    rules=st.sampled_from(["all", "rows", "none"]),
    align=st.sampled_from(["left", "center", "right"]),
    down=st.booleans(),
    turned=st.booleans(),
    landscape=st.booleans(),
    size=st.sampled_from([6.5, 8, 10]),
)


@given(random_facts(), LOOKS, st.sampled_from(["fpdf2", "typst"]))
@settings(max_examples=15, deadline=None)
def test_any_table_is_read_as_printed_or_is_not_sure(facts, look, program):
    reading = read_here(print_report(report(facts), program, look))
    assert read_figures(reading, only_sure=True).items() <= printed(facts.expected()["statistics"]).items()
