"""Which letters the demonstration makes, for whom, and how each is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from councils.models import Council

from .averages import FIRST_YEAR, LAST_YEAR, averages
from .era import EARLIER
from .facts import LetterFacts, RateFacts, rate_of
from .invent import KINDS, invent
from .invent_reports import invent_report
from .printing import Addressee, Layout, Program, print_letter
from .printing.scanning import scanned
from .published import PUBLISHED
from .reports import ReportFacts

YEARS = (*EARLIER, *range(FIRST_YEAR, LAST_YEAR + 1))

# These have letters of some years to 2018 too, whose figures stand in tables.
WITH_EARLIER_LETTERS = ("leeds-city-council", "wellingborough-borough-council")

# These have a letter for every year in which they existed; the others for the last year alone.
WITH_EVERY_YEAR = (
    "adur-district-council",
    "aylesbury-vale-district-council",
    "birmingham-city-council",
    "buckinghamshire-council",
    "buckinghamshire-county-council",
    "cambridge-city-council",
    "cheltenham-borough-council",
    "chiltern-district-council",
    "city-of-london-corporation",
    "city-of-westminster",
    "city-of-york-council",
    "corby-borough-council",
    "cornwall-council",
    "east-northamptonshire-council",
    "isle-of-wight-council",
    "kent-county-council",
    "kettering-borough-council",
    "leeds-city-council",
    "liverpool-city-council",
    "london-borough-of-camden",
    "london-borough-of-croydon",
    "north-northamptonshire-council",
    "northamptonshire-county-council",
    "oxfordshire-county-council",
    "peak-district-national-park-authority",
    "south-bucks-district-council",
    "wellingborough-borough-council",
    "wycombe-district-council",
)

# These have one for the last year but one too, so that unitary councils have an average in two years running.
WITH_TWO_YEARS = (
    "bedford-borough-council",
    "bristol-city-council",
    "brighton-and-hove-city-council",
    "medway-council",
    "plymouth-city-council",
    "wiltshire-council",
)

# These have none for that year, and the public reads why.
WITHOUT_LETTER = {
    LAST_YEAR: {"council-of-the-isles-of-scilly": "Too few complaints about it were decided for a letter."}
}


@dataclass(frozen=True)
class Planned:
    """A letter to be printed and taken in; `name` is what its file is called, and tells it from all others.

    What is not `sound` has something wrong with it on purpose, and waits for a person. A `scan` shows pictures of its
    pages, as if it had been printed and laid on a scanner.
    """

    name: str
    facts: LetterFacts | ReportFacts
    program: Program = "fpdf2"
    layout: Layout = "side-by-side"
    addressee: Addressee = "lines"
    sound: bool = True
    scan: bool = False

    def pdf(self) -> bytes:
        printed = print_letter(self.facts, self.program, self.layout, self.addressee)
        return scanned(printed) if self.scan else printed


def letters_of(year_ending: int) -> list[Planned]:
    """The year's letters, one for each council, printed in all ways by turns; the faulty ones first."""
    if year_ending in EARLIER:
        return _earlier(year_ending)
    councils = Council.objects.open_in_year_of(date(year_ending, 3, 31)).filter(kind__in=KINDS)
    if year_ending != LAST_YEAR:
        councils = councils.filter(slug__in=_with_earlier_letters(year_ending))
    ordered = councils.order_by("slug").values("name", "slug", "kind")
    return [
        *_faulty(year_ending),
        *(
            _planned(number, row, year_ending)
            for number, row in enumerate(ordered)
            if row["slug"] not in WITHOUT_LETTER.get(year_ending, {})
        ),
    ]


def _with_earlier_letters(year_ending: int) -> tuple[str, ...]:
    return WITH_EVERY_YEAR + (WITH_TWO_YEARS if year_ending == LAST_YEAR - 1 else ())


def _earlier(year_ending: int) -> list[Planned]:
    councils = Council.objects.filter(slug__in=WITH_EARLIER_LETTERS).order_by("slug").values("name", "slug")
    return [
        Planned(
            f"{row['slug']}-{year_ending}.pdf",
            invent_report(row["name"], row["slug"], year_ending),
            program=("typst", "fpdf2")[number % 2],
        )
        for number, row in enumerate(councils)
    ]


def _planned(number: int, council: dict, year_ending: int) -> Planned:
    published = {(letter.council, letter.year_ending): letter for letter in PUBLISHED}
    facts = published.get((council["name"], year_ending))
    return Planned(
        f"{council['slug']}-{year_ending}.pdf",
        facts or invent(council["name"], council["slug"], council["kind"], year_ending),
        program=("typst", "fpdf2")[number % 2],
        layout=("side-by-side", "stacked")[number // 2 % 2],
        addressee="one-line" if number % 5 == 4 else "lines",
    )


def _faulty(year_ending: int) -> Iterable[Planned]:
    """Letters of 2024 that show what a person is needed for, of councils that have no other letter for that year."""
    if year_ending != 2024:
        return
    rutland = invent("Rutland County Council", "rutland-county-council", "unitary", 2024)
    melton = invent("Melton Borough Council", "melton-borough-council", "district", 2024)
    harborough = invent("Harborough District Council", "harborough-district-council", "district", 2024)
    unknown = invent("Barchester Borough Council", "barchester", "district", 2024)
    without = replace(rutland, upheld=None, compliance=None, remedies=None, per_100000=None)
    usual = averages("district", 2024)
    contradicting = replace(
        melton, upheld=RateFacts(80, usual.upheld, 1, 4), remedies=rate_of(0, 1, usual.remedies)
    )
    yield Planned("rutland-without-statistics.pdf", without, sound=False)
    yield Planned("melton-contradicting-itself.pdf", contradicting, sound=False)
    yield Planned("barchester-unknown-council.pdf", unknown, sound=False)
    yield Planned("harborough-scan.pdf", harborough, sound=False, scan=True)
