"""Decisions, reports and improvements for tests, brought in the way staff do."""

import csv
import hashlib
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from cases.days import today
from cases.importing import deeds
from cases.importing.comparing import preview
from cases.importing.opening import opened
from cases.models import Holds, PublicReport, ReportFile
from tests import factories

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


def one_of_each(council: str, decided: str, now: datetime, reference: str = "25 000 001") -> None:
    """A decision on a council with an improvement, and a report with its PDF: public at `now` if decided before it."""
    same = {"reference": reference, "councils": council}
    imported(table(DECISION | same | {"decided on": decided}), Holds.DECISIONS, now)
    agreed = {"agreed on": decided, "due on": decided}
    imported(table(IMPROVEMENT | same | agreed), Holds.IMPROVEMENTS, now)
    report = {"references": reference, "councils": council, "published on": decided}
    imported(table(REPORT | report), Holds.REPORTS, now)
    content = b"%PDF-1.7 example"
    ReportFile.objects.create(
        report=PublicReport.objects.get(reference=reference),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_sha256=hashlib.sha256(b"example as it was uploaded").hexdigest(),
        size=len(content),
        added_at=now,
        added_by=User.objects.first() or factories.staff(),
    )


def followed(at: str, year: int = 2026) -> list[str]:
    """What programs follow of them; feeds of one council begin with `at`."""
    return [
        "/decisions.atom",
        "/public-reports.atom",
        f"{at}/decisions.atom",
        f"{at}/reports.atom",
        f"/sitemaps/decisions/{year}/1.xml",
        "/sitemaps/public-reports/1.xml",
    ]


def addresses(at: str, reference: str = "25-000-001") -> list[str]:
    """Every public address of decisions, reports and improvements; those of one council begin with `at`."""
    return [
        "/decisions",
        f"/decisions/housing/allocations/{reference}",
        "/public-reports",
        f"/public-reports/{reference}",
        f"/public-reports/{reference}.pdf",
        "/service-improvements",
        f"{at}/decisions",
        f"{at}/reports",
        f"{at}/serviceimprovements",
    ]
