"""Decisions, reports and improvements for tests, brought in the way staff do."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.days import today
from cases.importing import deeds
from cases.importing.comparing import preview
from cases.importing.opening import opened
from cases.models import Holds

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/London"))
DECISION = {
    "reference": "25 000 001",
    "councils": "Sometown Borough Council",
    "category": "Housing",
    "sub-category": "Allocations",
    "outcome": "Upheld",
    "decided on": "2025-06-14",
    "kind": "statement",
    "summary": "An example of a summary.",
    "text": "An example of a text.",
    "remedy": "An apology.",
    "withheld": "no",
}
IMPROVEMENT = {
    "reference": "25 000 001",
    "number": "1",
    "councils": "Sometown Borough Council",
    "category": "Policy or procedure",
    "text": "An example of what was agreed.",
    "agreed on": "2025-06-14",
    "due on": "2026-06-10",
    "evidence on": "",
}
REPORT = {
    "references": "25 000 001; 25 000 002",
    "councils": "Sometown Borough Council",
    "title": "An example of a title",
    "published on": "2025-10-02",
    "summary": "An example of a summary.",
    "response": "An example of a response.",
    "satisfied": "yes",
}


def table(*rows: dict, headings: list[str] | None = None) -> bytes:
    """A CSV of these rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings or list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def decisions(*differing: dict) -> list[dict]:
    """A decision for each of these, which differs in what is said; numbered from 25 000 001."""
    return [
        DECISION | {"reference": f"25 000 {number:03}"} | each for number, each in enumerate(differing, 1)
    ]


def shown(content: bytes, holds: str = Holds.DECISIONS, now: datetime = NOW):
    return preview(opened(content), holds, today(now))


def imported(content: bytes, holds: str = Holds.DECISIONS, now: datetime = NOW, by=None):
    """Bring a file in as it is; the preview that was confirmed."""
    row = deeds.receive(content, "file.csv", holds, by, now)
    return deeds.confirm(row, by, deeds.look_at(row, now).digest, now)


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo("Europe/London"))


def day(text: str) -> date:
    return date.fromisoformat(text)
