"""The three blocks in words, in all the ways in which letters of their kind have put them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from demonstration.era import COMPLAINTS, REMEDY_DECISIONS, UPHELD_DECISIONS, base_labels, in_full
from demonstration.facts import LetterFacts, RateFacts


@dataclass(frozen=True)
class Block:
    """One headline figure. `about` holds the rate, `alone` the same sentence without it, for a rate in large type."""

    measure: str
    heading: str
    rate: str
    about: str
    alone: str
    others: tuple[str, ...] = ()
    count: tuple[str, str] | None = None
    base: str = ""


@dataclass(frozen=True)
class Manner:
    """How one letter puts its numbers: what of a rate is bold, what its body is called, what runs together."""

    rate: str
    number: str
    who: str
    together: bool
    stray_sign: bool
    zeros: bool
    since: str
    footnote: bool

    @classmethod
    def drawn(cls, dice: Random) -> "Manner":
        return cls(
            rate=dice.choice(["{}%", "**{}%**", "**{}**%", "{}**%**", "**{}** %"]),
            number=dice.choice(["{}", "**{}**"]),
            who=dice.choice(["authority", "authority", "council", "Council", "organisation"]),
            together=dice.random() < 0.3,
            stray_sign=dice.random() < 0.15,
            zeros=dice.random() < 0.3,
            since=dice.choice(["between {} to {}", "between {} and {}", "from {} to {}", "{} to {}"]),
            footnote=dice.random() < 0.15,
        )


def blocks(facts: LetterFacts, manner: Manner) -> list[Block]:
    """The blocks that the letter has, in their usual order."""
    found = []
    if facts.upheld:
        found.append(_upheld(facts, facts.upheld, manner))
    if facts.compliance:
        found.append(_compliance(facts, facts.compliance, manner))
    if facts.remedies:
        found.append(_remedies(facts, facts.remedies, manner))
    return found


def _upheld(facts: LetterFacts, rate: RateFacts, manner: Manner) -> Block:
    alone = "of complaints we investigated were upheld."
    others = [*_average(rate, manner), *_per_100000(facts, manner)]
    if facts.year_ending >= 2025:
        base, count = (manner.number.format(number) for number in (rate.denominator, rate.numerator))
        others.append(f"We investigated {base} {COMPLAINTS.of(rate.denominator)} and upheld {count}.")
    return Block(
        "upheld", "Complaints upheld", f"{rate.percent}%", f"{manner.rate.format(rate.percent)} {alone}",
        alone, _joined(others, manner),
        (str(rate.numerator), UPHELD_DECISIONS.of(rate.numerator or 0)), _base(facts, "upheld", rate, manner),
    )  # fmt: skip


def _compliance(facts: LetterFacts, rate: RateFacts | str, manner: Manner) -> Block:
    heading = "Compliance with Ombudsman recommendations"
    if not isinstance(rate, RateFacts):
        said = "No recommendations were due for compliance in this period"
        return Block("compliance", heading, "", said, said)
    alone = f"of cases we were satisfied the {manner.who} had successfully implemented our recommendations."
    return Block(
        "compliance", heading, f"{rate.percent}%", f"In {manner.rate.format(rate.percent)} {alone}", alone,
        _joined(_average(rate, manner), manner), None, _base(facts, "compliance", rate, manner),
    )  # fmt: skip


def _remedies(facts: LetterFacts, rate: RateFacts, manner: Manner) -> Block:
    alone = (
        f"of upheld cases we found the {manner.who} had provided a satisfactory remedy before the complaint reached"
        " the Ombudsman."
    )
    return Block(
        "satisfactory-remedies", f"Satisfactory remedies provided by the {manner.who.lower()}", f"{rate.percent}%",
        f"In {manner.rate.format(rate.percent)} {alone}", alone, _joined(_average(rate, manner), manner),
        (str(rate.numerator), REMEDY_DECISIONS.of(rate.numerator or 0)),
        _base(facts, "satisfactory-remedies", rate, manner),
    )  # fmt: skip


def _average(rate: RateFacts, manner: Manner) -> list[str]:
    if rate.average is None:
        return []
    bodies = {"council": "councils", "Council": "councils", "organisation": "organisations"}
    return [
        f"This compares to an average of {manner.rate.format(rate.average)} in similar"
        f" {bodies.get(manner.who, 'authorities')}."
    ]


def _per_100000(facts: LetterFacts, manner: Manner) -> list[str]:
    if facts.per_100000 is None:
        return []
    sign = "%" if manner.stray_sign else ""
    own = f"{_short(facts.per_100000, manner)}{sign} {UPHELD_DECISIONS.many} per 100,000 residents"
    said = [f"Adjusted for {facts.council}'s population, this is {own}."]
    if facts.per_100000_average is not None:
        average = f"{_short(facts.per_100000_average, manner)} {UPHELD_DECISIONS.many} per 100,000 residents"
        said.append(f"The average for authorities of this type is {average}.")
    return said


def _short(value, manner: Manner) -> str:
    return f"{value:.1f}" if manner.zeros else f"{value:.1f}".removesuffix(".0")


def _joined(sentences: Sequence[str], manner: Manner) -> tuple[str, ...]:
    return ("".join(sentences),) if manner.together and sentences else tuple(sentences)


def _base(facts: LetterFacts, measure: str, rate: RateFacts, manner: Manner) -> str:
    label = base_labels(facts.year_ending)[measure].of(rate.denominator)
    total = manner.number.format(rate.denominator)
    since = manner.since.format(*map(in_full, facts.period))
    sign = "^^1^^" if manner.footnote else ""
    return f"Statistics are based on a total of {total} {label}{sign} for the period {since}"


def overview(facts: LetterFacts, manner: Manner) -> str:
    """The sentences of 2025 on, that say how many complaints were dealt with."""
    if facts.overview is None:
        return ""
    start, end = map(in_full, facts.period)
    each = [
        f"{manner.number.format(number)} {COMPLAINTS.of(number)}"
        for number in (
            facts.overview.dealt_with,
            facts.overview.assessed_and_closed,
            facts.overview.investigated,
        )
    ]
    not_for_us = facts.overview.not_for_us
    return (
        f"Between {start} to {end}, we dealt with {each[0]}. Of these, {manner.number.format(not_for_us)}"
        f" {'was' if not_for_us == 1 else 'were'} not for us or not ready for us to investigate. We assessed and"
        f" closed {each[1]}. We investigated {each[2]}."
    )
