"""Letters and figures that contradict others."""

from decimal import Decimal
from uuid import uuid4

from letters import workflow
from letters.across.stated import Stated
from tests import factories

D = Decimal


def stated(measure="upheld", year=2020, kind="district", **numbers) -> Stated:
    none = dict.fromkeys(("percent", "value", "numerator", "denominator", "average"))
    numbers = none | {
        name: D(number) if isinstance(number, str) else number for name, number in numbers.items()
    }
    return Stated(uuid4(), 1, kind, year, measure, **numbers)


def district(n):
    return factories.council(f"District {n} District Council")


def letters_of_a_year(n=3, average=45, **values):
    return [
        factories.letter(
            factories.edition(2020), council=district(i), figures=[factories.figure(average=D(average))], **values
        )
        for i in range(n)
    ]  # fmt: skip


def codes(letter):
    return [problem.code for problem in workflow.open_problems(letter)]
