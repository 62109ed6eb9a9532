"""Title, dates and promised publication: read in every form that letters print them in, or missing with a problem."""

from datetime import date

import pytest

from tests.odd_pdfs import OPENING, letter
from tests.readings import codes, read_here


def with_opening(old: str, new: str) -> bytes:
    text = "\n\n".join(OPENING)
    assert old in text
    return letter(opening=text.replace(old, new).split("\n\n"))


@pytest.mark.parametrize(
    ("title", "year_ending"),
    [
        ("Annual Review letter 2020", 2020),
        ("Annual Review Letter 2020", 2020),
        ("Annual review letter 2019-20", 2020),
        ("Annual Review letter 2019/20", 2020),
        ("Annual Review letter 2019–20", 2020),
        ("Annual Review letter 2019-2020", 2020),
        ("Annual Review letter\n2020", 2020),
    ],
)
def test_titles(title, year_ending):
    reading = read_here(with_opening("Annual Review letter 2020", title))
    assert reading.year_ending == year_ending
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("promise", "day"),
    [
        ("along with a copy of this letter on 29 July 2020.", date(2020, 7, 29)),
        ("along with a copy\nof this letter on Wednesday 29th July 2020.", date(2020, 7, 29)),
        (
            "which we published on 3 March 2020, along with a copy of this letter on 29 July 2020.",
            date(2020, 7, 29),
        ),
        ("with a copy of this letter. We shall publish our report on 5 August 2020.", date(2020, 8, 5)),
        ("along with a copy of this letter, soon.", None),
        ("along with a copy of this letter on 31 June 2020.", None),
    ],
)
def test_promised_publication(promise, day):
    reading = read_here(with_opening("along with a copy of this letter on 29 July 2020.", promise))
    assert reading.publication_date == day
    assert (("publication-date-missing", None) in codes(reading)) == (day is None)


@pytest.mark.parametrize(
    "printed", ["22 July 2020", "22nd July 2020", "Wednesday 22 July 2020", "Date: 22 July 2020"]
)
def test_letter_dates(printed):
    assert read_here(with_opening("22 July 2020", printed)).letter_date == date(2020, 7, 22)


@pytest.mark.parametrize(
    "printed", ["22/07/2020", "22.7.20", "Date: 22/07/2020", "22 Jul 2020", "22 Sept. 2020"]
)
def test_a_day_written_in_short_is_not_read_and_is_nobodys_name(printed):
    """Close above the address, without the line "By email" between."""
    reading = read_here(with_opening("22 July 2020\n\nBy email\n\nMs Example", f"{printed}\nMs Example"))
    assert (reading.recipient.name, reading.recipient.post) == ("Ms Example", "Chief Executive")
    assert reading.authority == "Wellingborough Borough Council"
    assert codes(reading) == {("letter-date-missing", None)}
