"""Whether a letter was read as it was printed."""

from letters.extraction.types import NUMBERS
from letters.models import Letter, State, Statistic

from .facts import LetterFacts
from .reports import ReportFacts


def differences(facts: LetterFacts | ReportFacts, letter: Letter) -> str:
    """What was read otherwise than it was printed, in words; empty where nothing was."""
    if letter.state == State.UNREADABLE:
        return letter.unreadable_reason
    return "; ".join(
        f"{name} was read as {read}, printed as {printed}"
        for name, read, printed in _pairs(facts, letter)
        if read != printed
    )


def _pairs(facts: LetterFacts | ReportFacts, letter: Letter) -> list[tuple[str, object, object]]:
    printed = {figure["measure"]: figure for figure in facts.expected()["statistics"]}
    read = {statistic.measure: statistic for statistic in letter.statistics.all()}
    return [
        ("the council", letter.council and letter.council.name, facts.council),
        ("the year", letter.review and letter.review.year_ending, facts.year_ending),
        *(
            (measure, _read(read.get(measure)), _printed(printed.get(measure)))
            for measure in printed.keys() | read.keys()
        ),
    ]


def _printed(figure: dict | None) -> list | None:
    return figure and [figure[name] for name in NUMBERS]


def _read(statistic: Statistic | None) -> list | None:
    if statistic is None:
        return None
    numbers = (getattr(statistic, name) for name in NUMBERS)
    return [number if number is None else float(number) for number in numbers]
