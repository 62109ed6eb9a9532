"""Questions that members of a committee may ask, chosen by rule from the figures. The texts are ours.

They follow what the letters advise: look into every recommendation that was not carried out, put things right early,
learn from complaints rather than count them. They are prompts, and find no fault with anyone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cases.published import Response
from public.decisions.beside import UPHELD
from public.figures import count_of, full_day, in_a_sentence, number, percent, years
from public.pack.facts import Facts
from public.sentences import Comparison, Rate, compare
from public.signs import Rule

# What the letters of 2020 say, word for word.
_ON_COMPLIANCE = (
    "“An authority with a compliance rate below 100% should scrutinise those complaints where it failed to comply and "
    "identify any learning.”"
)
_ON_RARITY = "“Failure to comply with our recommendations is rare.”"
_ON_LEARNING = "“the emphasis is on learning, not numbers”"
_ON_EARLY_RESOLUTION = "“We want to encourage the early resolution of complaints”"
_ON_SCRUTINY = "“a key source of information for governance, audit, risk and scrutiny functions”"
# The law on public reports: the Local Government Act 1974.
_ON_REPORTS = (
    "The law gives an authority three months to tell the Ombudsman what it has done, or will do, about a report (Local "
    "Government Act 1974, section 31)."
)
_STANDING = {
    Response.SATISFIED: "{} satisfied the Ombudsman",
    Response.NOT_SATISFIED: "{} did not satisfy the Ombudsman",
    Response.WAITING: "the Ombudsman is waiting for {}",
    Response.NOT_STATED: "of {} it is not stated whether the Ombudsman was satisfied",
}
_FEW = "Of so few cases the rate tells little; the decisions themselves, which the Ombudsman publishes, tell more. "
# The Ombudsman and the Housing Ombudsman issued their Complaint Handling Codes in February 2024.
_CODE_SINCE = 2024


@dataclass(frozen=True)
class Question:
    """What to ask, and why it is put here."""

    ask: str
    because: str


def questions(facts: Facts) -> list[Question]:
    """The questions for the year of a letter, those that its figures bring up first."""
    return [
        *_on_compliance(facts),
        *_on_upheld(facts),
        *_on_remedies(facts),
        *_on_signs(facts),
        *_on_reports(facts),
        *_on_letters(facts),
        *_on_what_follows(facts),
        *_on_improvements(facts),
        *_for_every_authority(facts),
    ]


def without_letter(council) -> list[Question]:
    """The question for an authority of which no letter is published here."""
    return [
        Question(
            "Has the authority received an annual letter from the Ombudsman, and was it put before members?",
            f"No annual letter to {council} is published here.",
        )
    ]


def _rate(facts: Facts, measure: str) -> Rate | None:
    """The rate, where the letter states one."""
    row = facts.rates.get(measure)
    return row.rate if row is not None and row.rate.percent is not None else None


def _written(rate: Rate) -> str:
    """ "50%, 2 of 4"; the counts as far as the letter states them."""
    if rate.count is None or rate.base is None:
        return percent(rate.percent)
    return f"{percent(rate.percent)}, {count_of(rate.count, rate.base)}"


def _on_compliance(facts: Facts) -> Iterator[Question]:
    rate = _rate(facts, "compliance")
    if facts.none_due:
        yield Question(
            "Is anything that the Ombudsman recommended in earlier years still to be done?",
            "The letter says that no recommendations were due in this year.",
        )
    elif any(sign.rule == Rule.BELOW_100 for sign in facts.signs):
        yield Question(
            "Which of the Ombudsman’s recommendations were not carried out to its satisfaction, or not in time? Why, "
            "and what has been done since?",
            f"The letter puts compliance at {_written(rate)}. The Ombudsman’s letters of 2020 say: {_ON_COMPLIANCE}",
        )
    elif rate is not None:
        yield Question(
            "How does the authority make sure that what the Ombudsman recommends is done, and done on time?",
            f"The letter puts compliance at {_written(rate)}. The Ombudsman’s letters of 2020 say: {_ON_RARITY}",
        )


def _on_upheld(facts: Facts) -> Iterator[Question]:
    rate = _rate(facts, "upheld")
    if rate is None:
        return
    if rate.base == 0 or (rate.percent == 0 and rate.count in (0, None)):
        yield Question(
            "Do people know how to complain to the authority, and that they may then go to the Ombudsman?",
            "By the letter, no complaint was upheld in this year. That alone does not show that nothing went wrong.",
        )
        return
    yield Question(
        "What went wrong in the complaints that were upheld, in which services, and what has changed there since?",
        f"The letter puts complaints upheld at {_written(rate)}. {_FEW if rate.too_few else ''}Of its figures the "
        f"Ombudsman said in 2020: {_ON_LEARNING}.{_where(facts)}",
    )
    if compare(rate) is Comparison.HIGHER and not _is_beyond(facts, "upheld"):
        yield Question(
            "How does the authority explain that more of the complaints investigated were upheld than is usual?",
            f"The rate is higher than the average of similar authorities ({percent(rate.average)}), by more than "
            "chance explains. It does not say why.",
        )


def _where(facts: Facts) -> str:
    """The subjects of upheld decisions, those with most first; empty where none is published."""
    upheld = {each.name: sum(each.outcomes[one] for one in UPHELD) for each in facts.decided.subjects}
    most = sorted(filter(upheld.get, upheld), key=lambda name: -upheld[name])
    told = ", ".join(f"{name} ({number(upheld[name])})" for name in most)
    return f" Upheld decisions of the year that are published here: {told}." if told else ""


def _on_remedies(facts: Facts) -> Iterator[Question]:
    rate = _rate(facts, "satisfactory-remedies")
    if rate is not None and rate.base != 0 and rate.percent < 100:
        yield Question(
            "What kept the authority from putting things right before people went to the Ombudsman?",
            f"The letter puts satisfactory remedies at {_written(rate)}. The Ombudsman’s letters of 2020 say: "
            f"{_ON_EARLY_RESOLUTION}.",
        )


def _is_beyond(facts: Facts, measure: str) -> bool:
    return any(sign.rule == Rule.BEYOND_TWICE and sign.measure.slug == measure for sign in facts.signs)


def _on_signs(facts: Facts) -> Iterator[Question]:
    """On what the other rules find; on compliance under 100% there is a question already."""
    asks = {
        Rule.OVERDUE: "What keeps the authority from doing what it agreed with the Ombudsman, and when will it be "
        "done?",
        Rule.BEYOND_TWICE: "What lies behind a rate that is beyond the limits of its kind two years running ({name})?",
        Rule.CHANGED: "What has changed since the year before ({name})?",
    }
    for sign in facts.signs:
        if sign.rule in asks:
            yield Question(asks[sign.rule].format(name=in_a_sentence(sign.about)), sign.counts)


def _on_reports(facts: Facts) -> Iterator[Question]:
    reports = facts.decided.reports
    if not reports:
        return
    these, stand = f"the report “{reports[0].title}”", f"{reports[0].get_satisfied_display()}."
    if len(reports) > 1:
        these, stand = f"the {number(len(reports))} reports", _responses(reports)
    yield Question(
        f"What did members decide on {these} that the Ombudsman published in this year, and has it been done?",
        f"{stand} {_ON_REPORTS}",
    )


def _responses(reports: Iterable[Any]) -> str:
    """How many of the responses satisfied the Ombudsman, and how the others stand."""
    counts = Counter(each.satisfied for each in reports)
    told = [words.format(number(counts[each])) for each, words in _STANDING.items() if counts[each]]
    return f"Of the responses to them, {', '.join(told)}."


def _on_letters(facts: Facts) -> Iterator[Question]:
    if not facts.others and not any(panel.stated for panel in facts.panels):
        yield Question(
            "Where can members see the authority’s figures for this year?",
            "The letter states none.",
        )
    if facts.years_without_letter:
        missing = ", ".join(years(each) for each in facts.years_without_letter)
        yield Question(
            f"Did the authority receive the Ombudsman’s letter for {missing}, and was it put before members?",
            "No letter to it for that time is published here.",
        )


def _on_what_follows(facts: Facts) -> Iterator[Question]:
    if facts.is_abolished and facts.successors:
        yield Question(
            f"Which recommendations and lessons were handed on to {' and '.join(facts.successors)}?",
            f"{facts.council} was abolished on {full_day(facts.council.last_day)}.",
        )


def _on_improvements(facts: Facts) -> Iterator[Question]:
    """Whatever is published of them; of late ones a sign has asked already."""
    if not facts.decided.improvements:
        yield Question(
            "Which service improvements did the authority agree with the Ombudsman, and were they made by the day "
            "agreed?",
            "The Ombudsman publishes the improvements that authorities have agreed to make.",
        )
        return
    yield Question(
        "Has what the authority agreed to make better made a difference, and how is that known?",
        "What it agreed, and how that stands, is in this pack; evidence that something was done does not show that it "
        "worked.",
    )


def _for_every_authority(facts: Facts) -> Iterator[Question]:
    yield Question(
        "How do members hear what is learned from all complaints, those that never reach the Ombudsman included?",
        f"What the Ombudsman publishes is {_ON_SCRUTINY}, its letters of 2020 say.",
    )
    if facts.year >= _CODE_SINCE:
        yield Question(
            "Does the authority follow the Ombudsman’s Complaint Handling Code, and when did it last check?",
            "The code says how complaints should be handled, and what members should be told of them.",
        )
    else:
        yield Question(
            "Have those who answer complaints been trained for it?",
            "The Ombudsman offers training in handling complaints.",
        )
