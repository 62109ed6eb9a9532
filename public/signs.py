"""Signs to look into: what stated rules find, each with its reason. Never a verdict.

Pure. Three rules look at a letter's headline figures. Rule 1: compliance under 100%. Rule 2: a rate beyond the limits
of its kind two years running. Rule 3: a change from the year before that is larger than chance explains. Rule 4 looks
at what a council agreed to make better (public/decisions/overdue.py). Why each is drawn where it is, the guidance says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from councils.models import Council
from letters.measures import Measure
from public.comparison import Average
from public.figures import counted, in_a_sentence, number, percent, years
from public.fisher import fisher
from public.funnel import TAILS, Limits, limits
from public.sentences import ENOUGH_TO_COMPARE
from public.series import Series, Year
from public.similar import Averages

# Beyond 95% limits on the same side in two years running: by chance 1 in 800, about as rare as beyond 99.8% in one.
TAIL = TAILS["95%"]
# Of the hundreds of figures of a year, chance alone should make but a few look like a change.
LEVEL = 0.01
# An average of fewer letters would be too much the council's own.
ENOUGH_LETTERS = 10

COMPLIANCE = "compliance"


class Rule(IntEnum):
    """The rules by their numbers, which pages say."""

    BELOW_100 = 1
    BEYOND_TWICE = 2
    CHANGED = 3
    OVERDUE = 4


# The cases behind a rate, one and several, and what the count counts.
_CASES = {
    "upheld": ("investigation", "investigations", "upheld"),
    COMPLIANCE: ("compliance outcome", "compliance outcomes", "satisfactory"),
    "satisfactory-remedies": (
        "upheld complaint",
        "upheld complaints",
        "put right, to the Ombudsman’s satisfaction, before it had to step in",
    ),
}


@dataclass(frozen=True)
class Sign:
    """What a rule found: the figure, the counts in a sentence, and why it is a sign. `ours` marks counts of ours.

    `measure` is None for what no letter states.
    """

    rule: Rule
    title: str
    measure: Measure | None
    counts: str
    reason: str
    ours: bool = False

    @property
    def about(self) -> str:
        return self.measure.name if self.measure else "Service improvements"


@dataclass(frozen=True)
class Unapplied:
    """A rule that could not be applied to a figure, and why not; or two that could not for the same reason."""

    rule: Rule
    measure: Measure
    reason: str
    other_rule: Rule | None = None

    @property
    def rules(self) -> str:
        return f"rules {self.rule} and {self.other_rule}" if self.other_rule else f"rule {self.rule}"


# Of a rule that could be applied, and found nothing, there is nothing to say.
Outcome = Sign | Unapplied | None


@dataclass(frozen=True)
class Signs:
    """All that the rules came to: three of them in one year, the fourth today."""

    year: int
    found: tuple[Sign, ...]
    unapplied: tuple[Unapplied, ...]
    applied: bool

    @property
    def years(self) -> str:
        return years(self.year)

    @property
    def in_figures(self) -> list[Sign]:
        return [each for each in self.found if each.measure]


@dataclass(frozen=True)
class Pair:
    """A figure in the year in view and in the year before; `apart` says why they cannot be compared, if so."""

    measure: Measure
    now: Year
    before: Year
    apart: str


def pairs(every: Iterable[Series], year: int) -> list[Pair]:
    """The headline figures that letters of that year may state, each with the year before."""
    found = []
    for series in every:
        of = {each.year: each for each in series.years}
        if year in of:
            before = of.get(year - 1, Year(year - 1, series.measure, False, without="No letter"))
            found.append(Pair(series.measure, of[year], before, _apart(series.measure, of[year], before)))
    return found


def _apart(measure: Measure, now: Year, before: Year) -> str:
    if now.figure is None:
        return _unfit(now)
    if any(each.year == now.year for each in measure.breaks):
        return f"the series breaks between {before.years} and {now.years}"
    return _unfit(now) or _unfit(before)


def _unfit(year: Year) -> str:
    """Why a year's figure can be compared with nothing; empty if it can."""
    if year.figure is None:
        return f"{year.years}: {in_a_sentence(year.without)}"
    if year.rate.known_counts is None:
        return f"{year.years}: the counts are not known"
    if year.few:
        return f"{year.years}: fewer than {ENOUGH_TO_COMPARE} cases"
    return ""


def comparable(every: Iterable[Pair]) -> list[str]:
    """The figures of which two years can be compared: of these the second rule needs the averages."""
    return [pair.measure.slug for pair in every if not pair.apart]


def signs(
    council: Council, year: int, every: Iterable[Pair], averages: Averages, overdue: Sign | None = None
) -> Signs:
    """What the rules find in the letter of that year; `overdue` is what the fourth finds today."""
    outcomes = [outcome for pair in every for outcome in _outcomes(pair, council, averages)]
    found = [each for each in outcomes if isinstance(each, Sign)]
    return Signs(
        year,
        found=(*sorted(found, key=lambda each: each.rule), *([overdue] if overdue else [])),
        unapplied=tuple(each for each in outcomes if isinstance(each, Unapplied)),
        applied=any(not isinstance(each, Unapplied) for each in outcomes),
    )


def _outcomes(pair: Pair, council: Council, averages: Averages) -> list[Outcome]:
    """What each rule that is meant for the figure comes to."""
    outcomes = [_below_100(pair)] if pair.measure.slug == COMPLIANCE else []
    if pair.apart:
        return [*outcomes, Unapplied(Rule.BEYOND_TWICE, pair.measure, pair.apart, other_rule=Rule.CHANGED)]
    return [*outcomes, _beyond_twice(pair, council, averages), _changed(pair)]


def _below_100(pair: Pair) -> Outcome:
    year = pair.now
    if year.figure is None:
        return Unapplied(Rule.BELOW_100, pair.measure, in_a_sentence(year.without))
    if year.figure == 100 or year.base == 0:
        return None
    return Sign(
        Rule.BELOW_100,
        "compliance under 100%",
        pair.measure,
        f"In {year.years}, {_said(year)}.",
        "The Ombudsman calls it rare that a council does not do what it recommended. Its letters of 2020 ask a"
        " council under 100% to scrutinise the complaints in question and to identify what can be learned. Chance"
        " does not enter into this rule: each case counts, however few there are.",
        ours=year.count is None and year.rate.known_counts is not None,
    )


def _beyond_twice(pair: Pair, council: Council, averages: Averages) -> Outcome:
    if reason := _no_kind(pair, council, averages):
        return Unapplied(Rule.BEYOND_TWICE, pair.measure, reason)
    both = [(year, averages[pair.measure.slug, year.year]) for year in (pair.now, pair.before)]
    allowed = [limits(year.base, average.exactly, TAIL) for year, average in both]
    sides = {_side(year, of_it) for (year, _), of_it in zip(both, allowed, strict=True)}
    if len(sides) > 1 or sides == {""}:
        return None
    (now, average), (before, average_before) = both
    return Sign(
        Rule.BEYOND_TWICE,
        "beyond the limits of its kind two years running",
        pair.measure,
        _two_years(now, before),
        f"Our average of {council.similar_group.label} is {_average(average)} for {now.years} and"
        f" {_average(average_before)} for {before.years}. Of councils with exactly that rate, chance would leave"
        f" at least 95 in 100 {_between(allowed[0])}, and {_between(allowed[1])} the year before. Here the count lies"
        f" {sides.pop()} these limits both times, which chance alone would bring about for no more than 1 such figure"
        " in 800.",
        ours=pair.now.count is None or pair.before.count is None,
    )


def _no_kind(pair: Pair, council: Council, averages: Averages) -> str:
    """Why there is no average to hold both years against; empty if there is."""
    if council.similar_group is None:
        return "the Ombudsman compares it with no other authorities"
    for year in (pair.now, pair.before):
        average = averages.get((pair.measure.slug, year.year))
        letters = average.letters if average else 0
        if letters < ENOUGH_LETTERS:
            few = counted(letters, "letter", "letters")
            return (
                f"{year.years}: {few} of {council.similar_group.label} published here, too few for an average"
            )
    return ""


def _average(average: Average) -> str:
    return f"{percent(average.rounded)} ({average.letters_written})"


def _side(year: Year, allowed: Limits) -> str:
    count, _ = year.rate.known_counts
    if count < allowed.lowest:
        return "below"
    return "above" if count > allowed.highest else ""


def _between(allowed: Limits) -> str:
    return f"between {number(allowed.lowest)} and {number(allowed.highest)} of {number(allowed.base)}"


def _changed(pair: Pair) -> Sign | None:
    chance = fisher(*pair.now.rate.known_counts, *pair.before.rate.known_counts)
    if chance >= LEVEL:
        return None
    return Sign(
        Rule.CHANGED,
        "a change from the year before that is larger than chance explains",
        pair.measure,
        _two_years(pair.now, pair.before),
        "If the underlying rate had stayed the same, chance alone would part the two years so far"
        f" {_how_often(chance)} (Fisher’s exact test). A change is shown when that is less than 10 times in 1,000.",
        ours=pair.now.count is None or pair.before.count is None,
    )


def _how_often(chance: float) -> str:
    in_1000 = round(chance * 1000)
    if in_1000 >= 1000 * LEVEL:  # when rounded
        return f"less than {in_1000} times in 1,000"
    if in_1000 == 0:
        return "less than once in 1,000 times"
    return "about once in 1,000 times" if in_1000 == 1 else f"about {in_1000} times in 1,000"


def _two_years(now: Year, before: Year) -> str:
    return f"In {now.years}, {_said(now)}; in {before.years}, {_short(before)}."


def _said(year: Year) -> str:
    """The counts and the rate: "18 of 21 investigations were upheld (86%)"; the rate alone without counts."""
    one, many, outcome = _CASES[year.measure.slug]
    if year.rate.known_counts is None:
        base = "" if year.base is None else f"{number(year.base)} "
        return f"{percent(year.figure)} of {base}{one if year.base == 1 else many} were {outcome}"
    count, base = year.rate.known_counts
    verb = "was" if 1 in (count, base) else "were"
    return f"{number(count)} of {counted(base, one, many)} {verb} {outcome} ({percent(year.figure)})"


def _short(year: Year) -> str:
    count, base = year.rate.known_counts
    return f"{number(count)} of {number(base)} ({percent(year.figure)})"
