"""A letter in words: what its facts say, in the sentence forms of its year, with running text of our own.

The statistics keep the Ombudsman's sentence forms, because those are what a reader of letters has to know.
The running text is ours. It repeats the headings and mentions other percentages and counts, as real letters
do, so that a reader which takes the wrong ones is found out.
"""

from dataclasses import dataclass

from . import paragraphs
from .era import COMPLAINTS, REMEDY_DECISIONS, UPHELD_DECISIONS, base_labels, in_full, title
from .facts import LetterFacts, OverviewFacts, RateFacts

LETTERHEAD = "Local Government & Social Care OMBUDSMAN"
SIGNATURE = ("Pat Pretend (a made-up name)", "Local Government and Social Care Ombudsman")

NOTICE_MADE_UP = "Demonstration letter: the statistics and all else in it are made up."
NOTICE_REAL = "Demonstration letter: the statistics are as published, all else in it is made up."


@dataclass(frozen=True)
class Paragraph:
    """Running text, or a heading in it. Here as everywhere in a letter's words, **…** is printed bold."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class StatisticBlock:
    """One headline figure: `rate` as in the first sentence, `count` a number and its label."""

    heading: str
    rate: str | None
    sentences: tuple[str, ...]
    count: tuple[str, str] | None = None
    small_print: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """A letter ready to be printed, top to bottom; `notice` stands on every page."""

    notice: str
    letterhead: str
    date: str
    recipient: str
    post: str
    council: str
    greeting: str
    title: str
    body: tuple[Paragraph, ...]
    sign_off: tuple[str, ...]
    overview: str | None
    blocks: tuple[StatisticBlock, ...]

    @property
    def addressee_lines(self) -> tuple[str, str, str]:
        return self.recipient, self.post, self.council

    @property
    def has_statistics(self) -> bool:
        """Whether there is anything to print on a page of statistics."""
        return bool(self.overview or self.blocks)


def letter(facts: LetterFacts) -> Wording:
    """The words of the letter that states these facts."""
    return Wording(
        notice=NOTICE_REAL if facts.real else NOTICE_MADE_UP,
        letterhead=LETTERHEAD,
        date=in_full(facts.letter_date),
        recipient=facts.recipient_name,
        post=facts.recipient_post,
        council=facts.council,
        greeting=f"Dear {facts.recipient_name}",
        title=title(facts.year_ending),
        body=_body(facts),
        sign_off=("Yours sincerely,", *SIGNATURE),
        overview=facts.overview and _overview(facts, facts.overview),
        blocks=_blocks(facts),
    )


def _body(facts: LetterFacts) -> tuple[Paragraph, ...]:
    places = {
        "year_end": in_full(facts.period[1]),
        "publication": in_full(facts.publication_date),
        "council": facts.council,
    }
    return tuple(
        Paragraph(text.removeprefix("# ").format(**places), is_heading=text.startswith("# "))
        for text in paragraphs.of(facts.year_ending)
    )


def _blocks(facts: LetterFacts) -> tuple[StatisticBlock, ...]:
    blocks = [
        facts.upheld and _upheld(facts, facts.upheld),
        facts.compliance and _compliance(facts, facts.compliance),
        facts.remedies and _remedies(facts, facts.remedies),
    ]
    return tuple(block for block in blocks if block)


def _upheld(facts: LetterFacts, rate: RateFacts) -> StatisticBlock:
    sentences = [f"**{rate.percent}%** of complaints we investigated were upheld.", *_average(rate)]
    if facts.year_ending >= 2025:
        complaints = COMPLAINTS.of(rate.denominator)
        sentences.append(
            f"We investigated **{rate.denominator}** {complaints} and upheld **{rate.numerator}**."
        )
    return StatisticBlock(
        "Complaints upheld",
        f"{rate.percent}%",
        (*sentences, *_per_100000(facts)),
        count=(str(rate.numerator), UPHELD_DECISIONS.of(rate.numerator or 0)),
        small_print=(_base(facts, "upheld", rate),),
    )


def _compliance(facts: LetterFacts, rate: RateFacts | str) -> StatisticBlock:
    heading = "Compliance with Ombudsman recommendations"
    if not isinstance(rate, RateFacts):
        return StatisticBlock(heading, None, ("No recommendations were due for compliance in this period",))
    sentence = (
        f"In **{rate.percent}%** of cases we were satisfied the authority had successfully implemented"
        " our recommendations."
    )
    return StatisticBlock(
        heading,
        f"{rate.percent}%",
        (sentence, *_average(rate)),
        small_print=(_base(facts, "compliance", rate), paragraphs.COMPLIANCE_NOTE),
    )


def _remedies(facts: LetterFacts, rate: RateFacts) -> StatisticBlock:
    sentence = (
        f"In **{rate.percent}%** of upheld cases we found the authority had provided a satisfactory remedy"
        " before the complaint reached the Ombudsman."
    )
    return StatisticBlock(
        "Satisfactory remedies provided by the authority",
        f"{rate.percent}%",
        (sentence, *_average(rate)),
        count=(str(rate.numerator), REMEDY_DECISIONS.of(rate.numerator or 0)),
        small_print=(_base(facts, "satisfactory-remedies", rate),),
    )


def _average(rate: RateFacts) -> list[str]:
    if rate.average is None:
        return []
    return [f"This compares to an average of **{rate.average}%** in similar authorities."]


def _per_100000(facts: LetterFacts) -> list[str]:
    """The two sentences of 2023 on. Until 2024 they run together without a space, as some have been seen."""
    if facts.per_100000 is None:
        return []
    figure = f"{_short(facts.per_100000)} {UPHELD_DECISIONS.of(2)} per 100,000 residents"
    sentences = [f"Adjusted for {facts.council}'s population, this is {figure}."]
    if facts.per_100000_average is not None:
        average = f"{_short(facts.per_100000_average)} {UPHELD_DECISIONS.of(2)} per 100,000 residents"
        sentences.append(f"The average for authorities of this type is {average}.")
    return sentences if facts.year_ending >= 2025 else ["".join(sentences)]


def _short(value) -> str:
    """A figure per 100,000 as printed: one decimal, ".0" dropped."""
    return f"{value:.1f}".removesuffix(".0")


def _base(facts: LetterFacts, measure: str, rate: RateFacts) -> str:
    label = base_labels(facts.year_ending)[measure].of(rate.denominator)
    start, end = map(in_full, facts.period)
    total = f"{rate.denominator} {label}"
    return f"Statistics are based on a total of {total} for the period between {start} to {end}"


def _overview(facts: LetterFacts, overview: OverviewFacts) -> str:
    start, end = map(in_full, facts.period)
    not_for_us = f"{overview.not_for_us} {'was' if overview.not_for_us == 1 else 'were'}"
    return (
        f"Between {start} to {end}, we dealt with {_complaints(overview.dealt_with)}. Of these, {not_for_us}"
        " not for us or not ready for us to investigate. We assessed and closed"
        f" {_complaints(overview.assessed_and_closed)}. We investigated {_complaints(overview.investigated)}."
    )


def _complaints(number: int) -> str:
    return f"{number} {COMPLAINTS.of(number)}"
