"""Made-up decisions, reports and service improvements, which say in every text that they are, and tell of nobody."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from django.contrib.auth.models import User
from django.utils import timezone

from cases.days import today
from cases.importing import deeds
from cases.models import CaseImport, Holds
from councils.kinds import CouncilKind
from councils.models import Council

DECISIONS, REPORTS, IMPROVEMENTS = 5000, 40, 1200
PER_YEAR = DECISIONS / 3
MADE_UP = "Made up, to show what this looks like. Nobody complained, and the Ombudsman decided nothing."

# The description of the API and docs/data.md name this decision, so it is there to be asked for: the one of those made
# that has this place, which is on one council, has its words, and has long been public.
NAMED, _NAMED_AT = "19 012 345", 3001

_SERVICES = {
    "Adult care services": [
        "Assessment and care plan",
        "Charging",
        "Residential care",
        "Disabled facilities grants",
    ],
    "Benefits and tax": ["Council tax", "Council tax support", "Housing benefit"],
    "Education": ["School transport", "School admissions", "Special educational needs"],
    "Children's care services": ["Child protection", "Fostering", "Looked after children"],
    "Environment and regulation": ["Noise", "Refuse and recycling", "Trees", "Licensing"],
    "Housing": ["Allocations", "Homelessness", "Private housing"],
    "Planning": ["Planning applications", "Enforcement", "Planning advice"],
    "Transport and highways": [
        "Parking and other penalties",
        "Highway repair and maintenance",
        "Rights of way",
    ],
    "Other categories": ["Land", "Leisure and culture", "Commercial and contracts"],
}
_OUTCOMES = ["Upheld"] * 11 + ["Not upheld"] * 4 + ["Closed after initial enquiries"] * 8
_AGREED = [
    "Policy or procedure",
    "Training and guidance",
    "Provide information or advice to the public",
    "Staffing or supervision",
    "Information technology",
]
# Words to be found by: things that nobody complains about.
_WORDS = (
    "alder amber anchor apple aster barley basalt beech birch brass cedar chalk clover cobalt copper coral elder "
    "ember fern flint garnet ginger hazel heather indigo iris ivory juniper larch lilac linen maple marble mint "
    "nettle oak olive opal pearl pepper pine plum quartz quince rowan ruby saffron sage silver slate sorrel thyme "
    "topaz tulip velvet violet walnut willow yarrow zinc"
)
_THINGS = _WORDS.split()


def decisions(
    number: int, last: date, names: list[str], per_year: float = PER_YEAR
) -> Iterator[dict[str, str]]:
    """So many decisions, the newest first, spread evenly over as many years as it takes; the same each time."""
    chance = Random(number)
    for each in range(number):
        category = chance.choice(list(_SERVICES))
        part = chance.choice(_SERVICES[category])
        bodies = chance.sample(names, 2) if each % 25 == 0 else [chance.choice(names)]
        report, withheld = each % 125 == 3, each % 60 == 7
        things = ", ".join(chance.sample(_THINGS, 6))
        outcome = "Report" if report else chance.choice(_OUTCOMES)
        remedied = outcome in ("Report", "Upheld") and not withheld
        yield {
            "reference": NAMED if each == _NAMED_AT else f"99 {each // 1000:03} {each % 1000:03}",
            "councils": "; ".join(bodies),
            "category": category,
            "sub-category": part,
            "outcome": outcome,
            "kind": "report" if report else "statement",
            "decided on": (last - timedelta(days=int(each * 365.25 / per_year))).isoformat(),
            "summary": "" if withheld else f"{MADE_UP} An example of {part.lower()}: {things}.",
            "text": "" if withheld else _text(each, category, part, things),
            "remedy": f"{MADE_UP} An example of a remedy: an apology." if remedied else "",
            "withheld": "yes" if withheld else "no",
        }


def _text(number: int, category: str, part: str, things: str) -> str:
    return (
        f"{MADE_UP}\n\nThis is decision {number + 1} of the demonstration. A real one has the complaint, what was "
        f"found, and what follows from it. This one has words to be found by: {things}; and its subjects, "
        f"{category.lower()} and {part.lower()}."
    )


def improvements(made: list[dict[str, str]], number: int, last: date) -> Iterator[dict[str, str]]:
    """So many improvements, of decisions that were upheld: most of them done, some of them late."""
    upheld = [each for each in made if each["outcome"] in ("Upheld", "Report") and each["withheld"] == "no"]
    chance = Random(number)
    for each in upheld[:: max(1, len(upheld) // number)][:number]:
        agreed = date.fromisoformat(each["decided on"])
        due = agreed + timedelta(days=chance.choice([60, 90, 120, 180]))
        evidence = due + timedelta(days=chance.randint(-50, 25))
        shown = evidence <= last and chance.random() < 0.95
        yield {
            "reference": each["reference"],
            "number": "1",
            "councils": each["councils"].partition(";")[0],
            "category": chance.choice(_AGREED),
            "text": f"{MADE_UP} An example of what a council may agree to do about {each['sub-category'].lower()}.",
            "agreed on": agreed.isoformat(),
            "due on": due.isoformat(),
            "evidence on": evidence.isoformat() if shown else "",
        }


def reports(made: list[dict[str, str]], number: int, last: date) -> Iterator[dict[str, str]]:
    """So many public reports, on decisions whose outcome was one."""
    reported = [each for each in made if each["outcome"] == "Report" and each["withheld"] == "no"]
    for place, each in enumerate(reported[:number]):
        answered = place > number // 8
        published = min(
            date.fromisoformat(each["decided on"]) + timedelta(days=92), last + timedelta(days=place)
        )
        yield {
            "references": each["reference"],
            "councils": each["councils"],
            "title": f"A made-up report: {each['sub-category'].lower()}, example {place + 1}",
            "published on": published.isoformat(),
            "summary": f"{MADE_UP} An example of what a report is about.",
            "response": f"{MADE_UP} An example of what a council answers." if answered else "",
            "satisfied": ("satisfied", "satisfied", "not satisfied")[place % 3] if answered else "waiting",
        }


def bring_in(by: User, say: Callable[[str], None]) -> None:
    """Import all of them, as staff would; once only."""
    if CaseImport.objects.exists():
        return
    now = timezone.now()
    last = today(now)
    made = list(decisions(DECISIONS, last, names_on(last)))
    for holds, rows in [
        (Holds.DECISIONS, made),
        (Holds.REPORTS, list(reports(made, REPORTS, last))),
        (Holds.IMPROVEMENTS, list(improvements(made, IMPROVEMENTS, last))),
    ]:
        row = deeds.receive(json.dumps(rows).encode(), f"made-up-{holds}.json", holds, by, now)
        done = deeds.confirm(row, by, deeds.look_at(row, now).digest, now)
        say(f"{done.new} made-up {holds} were imported.")


def names_on(day: date) -> list[str]:
    """The councils that exist on a day, by name."""
    kinds = [kind for kind in CouncilKind if kind.is_council]
    open_then = Council.objects.open_on(day).filter(kind__in=kinds)
    return list(open_then.order_by("name").values_list("name", flat=True))
