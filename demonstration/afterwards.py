"""What was put right after publication, so that its pages can be seen: a figure, a replaced letter, a withdrawn one.

All three are made up, and their notes say so.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal

from django.contrib.auth.models import User

from letters import clock, published, workflow
from letters.extraction.types import NUMBERS
from letters.models import Letter, State, Statistic
from letters.workflow.reviewing import Details, Numbers

from .comparison import differences
from .facts import rate_of
from .plan import Planned

MADE_UP = "Made up, to show what this looks like:"
MEASURE = "upheld"
CORRECTED = "leeds-city-council-2021.pdf"
REPLACED = "city-of-york-council-2021.pdf"
WITHDRAWN = "cheltenham-borough-council-2021.pdf"


def slip(letter: Letter, by: User) -> None:
    """Enter an average wrongly before the letter is approved, as a tired reviewer might."""
    figure = letter.statistics.get(measure=MEASURE)
    wrong = replace(_numbers(figure), average=figure.average - 10)
    details = Details(**{field.name: getattr(letter, field.name) for field in fields(Details)})
    workflow.claim(letter, by)
    workflow.save_review(letter, by, details, {MEASURE: wrong})


def _numbers(figure: Statistic) -> Numbers:
    return Numbers(**{name: getattr(figure, name) for name in NUMBERS})


def correct(letter: Letter, planned: Planned, by: User) -> None:
    """Put the slip right, now that everyone sees it."""
    figure = letter.statistics.get(measure=MEASURE)
    right = replace(_numbers(figure), average=Decimal(planned.facts.upheld.average))
    if right.average != figure.average and published.is_public(letter, clock.now()):
        note = (
            f"{MADE_UP} the average of similar authorities was entered otherwise than the letter prints it."
        )
        workflow.correct(letter, by, MEASURE, right, reason="A slip of the demonstration.", note=note)


def withdraw(letter: Letter, _planned: Planned, by: User) -> None:
    """Take a letter away that should not be there."""
    if letter.state == State.APPROVED:
        workflow.withdraw(letter, by, f"{MADE_UP} the letter was addressed to another council.")


def replacement_of(planned: Planned) -> Planned:
    """The letter that comes in place of the first: one upheld decision fewer."""
    upheld, remedies = planned.facts.upheld, planned.facts.remedies
    count = upheld.numerator - 1
    facts = replace(
        planned.facts,
        upheld=rate_of(count, upheld.denominator, upheld.average),
        remedies=rate_of(min(remedies.numerator, count), count, remedies.average),
    )
    return replace(planned, name=planned.name.replace(".pdf", "-corrected.pdf"), facts=facts)


def publish_replacement(letter: Letter, planned: Planned, by: User) -> None:
    """Let the newer letter, once it has been read as it was printed, take the place of the first."""
    if letter.state == State.READ and not differences(planned.facts, letter):
        reason = f"{MADE_UP} the first letter counted one case twice."
        workflow.approve(letter, by, reason, replacement_reason=reason)
        workflow.publish_now(letter, by)


EXAMPLES = {CORRECTED: correct, WITHDRAWN: withdraw}


def put_right(planned: Mapping[str, Planned], letters: Mapping[str, Letter], by: User) -> None:
    """Correct one figure and withdraw one letter, where the plan has them; done already, it does nothing."""
    for name, deed in EXAMPLES.items():
        if name in planned and name in letters:
            deed(letters[name], planned[name], by)
