"""From numbers to places in a drawing."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scale:
    """Puts 0 at `start` and `most` at `end`, both in the units of the drawing, and all between in proportion."""

    most: float
    start: float
    end: float

    def at(self, number: Decimal | float) -> float:
        """The place of a number, to a tenth of a unit."""
        return round(self.start + float(number) / self.most * (self.end - self.start), 1)


def round_number_above(number: Decimal) -> int:
    """The first of 1, 2, 5, 10, 20, 50, … that `number` does not go beyond: the top of an axis."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if number <= step * power:
                return step * power
        power *= 10
