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
