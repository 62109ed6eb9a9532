"""The questions of a committee pack: which figures bring up which question, and which do not."""

from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from councils.models import Council, Succession
from letters import clock, workflow
from letters.models import NoLetter
from public import record as records
from public.pack.facts import gather
from public.pack.questions import questions, without_letter
from public.pages.letters_of import of_year
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))

NOT_DONE = "Which of the Ombudsman’s recommendations were not carried out"
MADE_SURE = "How does the authority make sure"
STILL_OPEN = "Is anything that the Ombudsman recommended in earlier years"
WENT_WRONG = "What went wrong in the complaints"
HIGHER = "How does the authority explain that more"
KNOWN = "Do people know how to complain"
EARLY = "What kept the authority from putting things right"
NO_FIGURES = "Where can members see the authority’s figures"
NO_LETTER = "Did the authority receive the Ombudsman’s letter for"
HANDED_ON = "Which recommendations and lessons were handed on"
BEYOND = "What lies behind a rate that is beyond the limits of its kind two years running"
CHANGED = "What has changed since the year before"
IMPROVEMENTS = "Which service improvements"
LEARNED = "How do members hear what is learned"
TRAINED = "Have those who answer complaints been trained"
CODE = "Does the authority follow the Ombudsman’s Complaint Handling Code"
ALWAYS = [IMPROVEMENTS, LEARNED, TRAINED]


def rate(measure, percent, count, base, average=None, year=2020):
    def number(value):
        return None if value is None else Decimal(value)

    numbers = {
        "percent": number(percent),
        "numerator": count,
        "denominator": base,
        "average": number(average),
    }
    return factories.figure(measure, year, **numbers)


def upheld(*numbers):
    return rate("upheld", *numbers)


def compliance(*numbers):
    return rate("compliance", *numbers)


def remedies(*numbers):
    return rate("satisfactory-remedies", *numbers)


def asked(council, year=2020):
    """The questions for a council's letter of that year, as they stand now."""
    council = Council.objects.with_lineage().get(pk=council.pk)
    record = records.of(council, clock.now())
    return questions(gather(record, of_year(record.own, year), clock.now()))


def openings(found, every):
    """Which of the known questions were asked, in their order."""
    return [next(each for each in every if question.ask.startswith(each)) for question in found]


EVERY = [
    NOT_DONE, MADE_SURE, STILL_OPEN, WENT_WRONG, HIGHER, KNOWN, EARLY, BEYOND, CHANGED, NO_FIGURES, NO_LETTER,
    HANDED_ON, IMPROVEMENTS, LEARNED, TRAINED, CODE,
]  # fmt: skip


def publish(figures, council=None, year=2020):
    staff = factories.staff(f"staff-{year}")
    council = council or factories.council("Sometown Council")
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour, tick=False):
        factories.public_letter(factories.edition(year), staff, council, figures=figures)
        workflow.schedule(factories.edition(year), hour, staff, acknowledged=True)
    return council


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([compliance(92, None, 12, 99)], [NOT_DONE]),
        ([compliance(0, None, 1, 99)], [NOT_DONE]),
        ([compliance(100, None, 12, 99)], [MADE_SURE]),
        ([compliance(None, None, None, None)], [STILL_OPEN]),
        # A base or an average alone says nothing of compliance.
        ([compliance(None, None, 12, 99)], []),
        ([upheld(60, 12, 20, 55)], [WENT_WRONG]),
        ([upheld(100, 2, 2, 45)], [WENT_WRONG]),
        ([upheld(95, 38, 40, 60)], [WENT_WRONG, HIGHER]),
        # Lower than the average is no question, and no praise.
        ([upheld(10, 4, 40, 60)], [WENT_WRONG]),
        ([upheld(0, 0, 8, 55)], [KNOWN]),
        ([upheld(0, None, None, 55)], [KNOWN]),
        ([upheld(None, 3, 8, 55)], []),
        ([remedies(8, 1, 12, 11)], [EARLY]),
        ([remedies(0, 0, 2, 20)], [EARLY]),
        ([remedies(100, 12, 12, 11)], []),
        (
            [upheld(95, 38, 40, 60), compliance(50, None, 2, 99), remedies(0, 0, 38, 20)],
            [NOT_DONE, WENT_WRONG, HIGHER, EARLY],
        ),
        ([], [NO_FIGURES]),
        ([factories.figure("dealt-with", value=84, percent=None, numerator=None, denominator=None)], []),
    ],
)  # fmt: skip
def test_figures_bring_up_questions(figures, expected):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        found = asked(publish(figures))
    assert openings(found, EVERY) == [*expected, *ALWAYS]
    assert all(question.because for question in found)
    assert len(found) <= 8


def test_a_question_gives_the_counts_that_the_letter_states(db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        found = {
            question.ask[:20]: question.because
            for question in asked(publish([upheld(100, 2, 2, 45), compliance(92, None, 12, 99)]))
        }
    assert "complaints upheld at 100%, 2 of 2. Of so few cases" in found[WENT_WRONG[:20]]
    assert (
        "compliance at 92%. The Ombudsman’s letters of 2020 say: “An authority with" in found[NOT_DONE[:20]]
    )


def test_the_code_is_asked_about_since_there_is_one():
    with time_machine.travel(HOUR.replace(year=2025), tick=False):
        council = publish([rate("upheld", 60, 12, 20, 55, year=2024)], year=2024)
        assert openings(asked(council, 2024), EVERY) == [WENT_WRONG, IMPROVEMENTS, LEARNED, CODE]


def test_signs_over_two_years_are_asked_about():
    """The rules are those of the council's page; both find the same here."""
    staff = factories.staff()
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        for year, mine in ((2019, (25, 10, 40)), (2020, (95, 38, 40))):
            for number in range(12):
                name = f"Council {number}"
                numbers = mine if number == 0 else (50, 20, 40)
                figures = [rate("upheld", *numbers, 50, year=year)]
                factories.public_letter(
                    factories.edition(year), staff, factories.council(name), figures=figures
                )
            workflow.schedule(factories.edition(year), HOUR.replace(year=year), staff, acknowledged=True)
        council = factories.council("Council 0")
        found = asked(council)
    assert openings(found, EVERY) == [WENT_WRONG, HIGHER, CHANGED, *ALWAYS]
    [changed] = [each for each in found if each.ask.startswith(CHANGED)]
    assert changed.ask.endswith("(complaints upheld)?")
    assert changed.because.startswith(
        "In 2019–20, 38 of 40 investigations were upheld (95%); in 2018–19, 10 of 40"
    )


def test_missing_letters_are_asked_about_where_others_have_them():
    with time_machine.travel(HOUR.replace(year=2023), tick=False):
        council = publish([upheld(60, 12, 20, 55)])
        publish([rate("upheld", 60, 12, 20, 55, year=2021)], factories.council("Othertown Council"), 2021)
        publish([rate("upheld", 60, 12, 20, 55, year=2019)], factories.council("Othertown Council"), 2019)
        [missing] = [each for each in asked(council) if each.ask.startswith(NO_LETTER)]
        NoLetter.objects.create(
            council=council,
            review=factories.edition(2021),
            reason="It was sent a year later.",
            said_at=clock.now(),
            said_by=factories.staff(),
        )
        assert NO_LETTER not in openings(asked(council), EVERY)
    assert "2020–21" in missing.ask
    assert "2018–19" not in missing.ask


def test_an_abolished_council_has_handed_on_what_it_learned():
    council = factories.council("Sometown Council", last_day=date(2021, 3, 31))
    new = factories.council("Wideshire Council", kind="unitary", first_day=date(2021, 4, 1))
    Succession.objects.create(predecessor=council, successor=new, day=date(2021, 4, 1), how="merged")
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        publish([upheld(60, 12, 20, 55)], council)
        assert HANDED_ON not in openings(asked(council), EVERY)
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        [handed_on] = [each for each in asked(council) if each.ask.startswith(HANDED_ON)]
    assert handed_on.ask.endswith("to Wideshire Council?")
    assert handed_on.because == "Sometown Council was abolished on 31 March 2021."


def test_a_council_that_goes_on_under_another_name_has_handed_on_nothing():
    council = factories.council("Sometown Council", last_day=date(2021, 3, 31))
    new = factories.council("Wideshire Council", first_day=date(2021, 4, 1))
    Succession.objects.create(predecessor=council, successor=new, day=date(2021, 4, 1), how="renamed")
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        publish([upheld(60, 12, 20, 55)], council)
        assert HANDED_ON not in openings(asked(council), EVERY)


def test_no_letter_is_a_question_too(db):
    [question] = without_letter(factories.council("Sometown Council"))
    assert question.because == "No annual letter to Sometown Council is published here."
