"""Whose a rate or an average is, where lines around it tell of others or it stands between two blocks."""

import pytest

from tests.odd_pdfs import COMPLIANCE, REMEDIES, UPHELD, letter
from tests.readings import codes, read_here
from tests.test_reading_caveats import sure


@pytest.mark.parametrize(
    "said", ["Last year", "Last year:", "In 2018-19,", "Nationally", "All councils in England:", "Target:"]
)
@pytest.mark.parametrize("where", ["over the sentence", "between rate and sentence", "over both"])
def test_a_line_of_its_own_that_tells_of_others_leaves_the_rate_to_a_person(said, where):
    sentence = COMPLIANCE[1]
    alone = sentence.removeprefix("In 88% ")
    lines = {
        "over the sentence": (said, sentence),
        "between rate and sentence": ("88%", said, alone),
        "over both": (said, "88%", alone),
    }
    reading = read_here(letter((*UPHELD, COMPLIANCE[0], *lines[where], *COMPLIANCE[2:], *REMEDIES)))
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize(
    "said", ["What we found", "Your results", "Last year we wrote to you about this.", "How you did:"]
)
def test_a_line_of_its_own_that_tells_of_no_others_does_no_harm(said):
    reading = read_here(letter((*UPHELD, COMPLIANCE[0], said, *COMPLIANCE[1:], *REMEDIES)))
    assert sure(reading) == {"upheld", "compliance", "satisfactory-remedies"}


BARE = [tuple(text for text in block if "average" not in text) for block in (UPHELD, COMPLIANCE, REMEDIES)]
AVERAGES = [next(text for text in block if "average" in text) for block in (UPHELD, COMPLIANCE, REMEDIES)]


@pytest.mark.parametrize(
    "statistics",
    [
        (AVERAGES[0], *BARE[0], AVERAGES[1], *BARE[1], AVERAGES[2], *BARE[2]),
        (*BARE[0], AVERAGES[1], *BARE[1], *REMEDIES),
        (*BARE[0], AVERAGES[1], *BARE[1], AVERAGES[2], *BARE[2]),
    ],
)
def test_an_average_before_the_heading_of_its_block_is_for_a_person(statistics):
    reading = read_here(letter(statistics))
    true = {"upheld": 45, "compliance": 99, "satisfactory-remedies": 20}
    for figure in reading.statistics:
        assert not figure.readers_agree or figure.average in {None, true[figure.measure]}
    assert ("average-doubtful", "upheld") in codes(reading)


def test_averages_at_the_end_of_their_own_blocks_are_sure():
    statistics = [text for bare, average in zip(BARE, AVERAGES, strict=True) for text in (*bare, average)]
    reading = read_here(letter(statistics))
    assert [figure.average for figure in reading.statistics if figure.readers_agree] == [45, 99, 20]


@pytest.mark.parametrize("broken", ["In 1\n8%", "In 1\n88%"])
def test_a_number_that_goes_over_a_lines_end_is_for_a_person(broken):
    reading = read_here(
        letter([text.replace("In 88%", broken) for text in (*UPHELD, *COMPLIANCE, *REMEDIES)])
    )
    assert "compliance" not in sure(reading)
    assert reading.problems


@pytest.mark.parametrize(
    "said",
    [
        "Addendum: In 75% of cases we were satisfied that it had.",
        "Amended figure: 75%",
        "Please note that the compliance rate is now 75%.",
        "This replaces the figure of 88% for compliance.",
        "The figure for compliance has been revised to 75%.",
        "The compliance rate above is incorrect; it is 75%.",
        "Following a review it is 75% and not 88%.",
        "Please disregard the compliance rate.",
        "These figures are provisional and may change.",
        "Superseded",
    ],
)
def test_figures_that_a_letter_takes_back_are_for_a_person(said):
    reading = read_here(letter((*UPHELD, *COMPLIANCE, *REMEDIES, said)))
    assert ("says-corrected", None) in codes(reading)
    assert sure(reading) == set()


@pytest.mark.parametrize(
    "said",
    [
        "We asked the Council to put a correction on its website.",
        "It has amended its policy and revised its relief from business rates.",
        "We hope that these figures are useful. Please let us know where your contact has been replaced.",
    ],
)
def test_what_else_was_put_right_takes_no_figure_back(said):
    reading = read_here(letter((*UPHELD, *COMPLIANCE, *REMEDIES, said)))
    assert sure(reading) == {"upheld", "compliance", "satisfactory-remedies"}
