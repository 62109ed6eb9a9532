"""What changed in the letters from year to year: title, labels of the bases, day of publication."""

from dataclasses import dataclass
from datetime import date

# The days of letters to 2018, of the years that the demonstration has.
EARLIER = {2007: date(2007, 6, 21), 2010: date(2010, 6, 24), 2016: date(2016, 7, 21), 2018: date(2018, 7, 18)}


@dataclass(frozen=True)
class Label:
    """What is counted, in the singular and the plural."""

    one: str
    many: str

    def of(self, number: int) -> str:
        return self.one if number == 1 else self.many


UPHELD_DECISIONS = Label("upheld decision", "upheld decisions")
REMEDY_DECISIONS = Label("satisfactory remedy decision", "satisfactory remedy decisions")
INVESTIGATIONS = Label("detailed investigation", "detailed investigations")
OUTCOMES = Label("compliance outcome", "compliance outcomes")
COMPLAINTS = Label("complaint", "complaints")


def base_labels(year_ending: int) -> dict[str, Label]:
    """What each rate's base is called; until 2022-23 the remedies' base is named as the investigations'."""
    remedies = INVESTIGATIONS if year_ending <= 2023 else UPHELD_DECISIONS
    return {"upheld": INVESTIGATIONS, "compliance": OUTCOMES, "satisfactory-remedies": remedies}


def title(year_ending: int) -> str:
    """ "Annual Review letter 2020" until 2022, then "Annual Review letter 2022-23"."""
    year = f"{year_ending - 1}-{year_ending % 100:02}" if year_ending >= 2023 else str(year_ending)
    return f"Annual Review letter {year}"


def dates(year_ending: int) -> tuple[date, date]:
    """The day of the letters and, a week later, of their publication: in July, from 2025 in May."""
    days = {
        **EARLIER,
        2019: date(2019, 7, 24),
        2020: date(2020, 7, 22),
        2021: date(2021, 7, 21),
        2022: date(2022, 7, 20),
        2023: date(2023, 7, 19),
        2024: date(2024, 7, 17),
        2025: date(2025, 5, 21),
    }
    sent = days[year_ending]
    return sent, date.fromordinal(sent.toordinal() + 7)


def in_full(day: date) -> str:
    """ "29 July 2020"."""
    return f"{day.day} {day:%B %Y}"
