"""The letters to 2018 in words: their running text, in words of our own, and their tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from .era import in_full
from .reports import ReportFacts, in_order, with_totals
from .wording import LETTERHEAD, NOTICE_MADE_UP, NOTICE_REAL, SIGNATURE, Paragraph, Wording

_OLD_LETTERHEAD = "Local Government OMBUDSMAN"
_BODY = (
    "This is our yearly summary of the complaints about your authority that the Ombudsman dealt with in the year"
    " ended {year_end}. The figures are in the tables that follow. I hope that you will lay it before your members.",
    "# Your council this year",
    "Numbers by themselves say little. Of the complaints about housing, 3 were settled within 20 days, and in 1 case"
    " the council paid £250 for the time and trouble that somebody had gone to. In all of England we upheld 51% of"
    " the complaints that we investigated in detail.",
    "We received many complaints about {council} that had not yet been through its own procedure. Those we sent back."
    " A total of 12 officers came to our courses, and 94% of those who did would recommend them.",
    "# Compliance and remedies",
    "Where we find fault that has caused injustice, we say how it can be put right. In 2 cases this took longer than"
    " the 13 weeks that had been agreed.",
)


@dataclass(frozen=True)
class PrintedTable:
    """A table as it is printed: each row has a label and as many cells as there are headings."""

    title: str
    corner: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """A letter with its tables, ready to be printed."""

    words: Wording
    heading: str
    period: str
    tables: tuple[PrintedTable, ...]


def title(year_ending: int) -> str:
    """ "Annual Letter 2006/07", "Annual Review 2009/10", "Annual Review Letter 2016"."""
    if year_ending >= 2014:
        return f"Annual Review Letter {year_ending}"
    kind = "Letter" if year_ending <= 2008 else "Review"
    return f"Annual {kind} {year_ending - 1}/{year_ending % 100:02}"


def report(facts: ReportFacts) -> Report:
    """The words and tables of the letter that states these facts."""
    return Report(
        _words(facts),
        f"Local Authority Report: {facts.council}",
        f"For the period ending: 31/03/{facts.year_ending}",
        tuple(_tables(facts)),
    )


def _words(facts: ReportFacts) -> Wording:
    places = {"year_end": in_full(facts.period[1]), "council": facts.council}
    body = (
        Paragraph(text.removeprefix("# ").format(**places), is_heading=text.startswith("# "))
        for text in _BODY
    )
    return Wording(
        notice=NOTICE_REAL if facts.real else NOTICE_MADE_UP,
        letterhead=LETTERHEAD if facts.year_ending >= 2018 else _OLD_LETTERHEAD,
        date=in_full(facts.letter_date),
        recipient=facts.recipient_name,
        post=facts.recipient_post,
        council=facts.council,
        greeting=f"Dear {facts.recipient_name}",
        title=title(facts.year_ending),
        body=tuple(body),
        sign_off=("Yours sincerely,", *SIGNATURE),
        overview=None,
        blocks=(),
    )


def _tables(facts: ReportFacts) -> Iterator[PrintedTable]:
    if facts.is_report:
        yield from _of_one_year(facts)
    else:
        yield from _of_years(facts)


def _of_one_year(facts: ReportFacts) -> Iterator[PrintedTable]:
    received, decided = with_totals(facts.counts, facts.year_ending)
    yield _table("Complaints and enquiries received", "Local Authority", received, facts.council)
    yes, base = facts.upheld
    rate = f"{(200 * yes + base) // (2 * base)}%" if base else "n/a"
    outcomes = {heading: str(decided[heading]) for heading in in_order(facts.counts.decided)}
    outcomes |= {"Uphold Rate": rate, "Total": str(decided["Total"])}
    note = "Our uphold rate is worked out from the complaints that we investigated in detail."
    yield _table("Decisions made", "Local Authority", outcomes, facts.council, note)
    if facts.compliance:
        done, due = facts.compliance
        yield _table(
            "Compliance with our recommendations",
            "Local Authority",
            {
                "Complaints where compliance with the recommended remedy was recorded during the year": due,
                "Complaints where the authority complied with our recommendations": done,
                "Compliance Rate": f"{(200 * done + due) // (2 * due)}%",
            },
            facts.council,
        )


def _table(name: str, corner: str, cells: dict, label: str, note: str = "") -> PrintedTable:
    return PrintedTable(name, corner, tuple(cells), ((label, tuple(map(str, cells.values()))),), note)


def _of_years(facts: ReportFacts) -> Iterator[PrintedTable]:
    years = {facts.year_ending: facts.counts, **facts.restated}
    names = ("LGO Advice Team", "Investigative Team") if facts.year_ending >= 2009 else ("", "")
    received = {year: with_totals(counts, facts.year_ending)[0] for year, counts in years.items()}
    decided = {year: with_totals(counts, facts.year_ending)[1] for year, counts in years.items()}
    yield _years_table(names[0], "Complaints received by subject area", received, facts.year_ending)
    yield _years_table(names[1], "Decisions", decided, facts.year_ending)
    answered = {
        year: {
            "No. of first enquiries": counts.first_enquiries,
            "Avg no. of days to respond": counts.days_to_respond,
        }
        for year, counts in years.items()
        if counts.first_enquiries is not None
    }
    if answered:
        yield _years_table("", "Response times", answered, facts.year_ending)


def _years_table(name: str, corner: str, years: dict[int, dict], own: int) -> PrintedTable:
    headings = tuple(next(iter(years.values())))
    rows = tuple(
        (_label(year, own), tuple(str(cells[heading]) for heading in headings))
        for year, cells in years.items()
    )
    return PrintedTable(name, corner, headings, rows)


def _label(year: int, own: int) -> str:
    if year == own:
        return f"01/04/{year - 1} - 31/03/{year}"
    return f"{year - 1} / {year}"
