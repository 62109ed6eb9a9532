"""When a decision becomes public: three months after it was made, as a date in London. Pure: instants in, days out."""

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from councils.years import reporting_year

LONDON = ZoneInfo("Europe/London")
MONTHS = 3


def today(now: datetime) -> date:
    """The day in London at an instant, wherever the server stands."""
    return now.astimezone(LONDON).date()


def first_instant(day: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(day, time.min, LONDON)


def public_on(decided_on: date) -> date:
    """The day from which a decision of that day is public: 14 June for 14 March, 28 February for 30 November."""
    return _in_months(decided_on, MONTHS)


def last_decided(now: datetime) -> date:
    """The last day whose decisions are public at that instant; those of every day before it are, too."""
    day = today(now)
    before = _in_months(day, -MONTHS)
    # At the end of a short month the decisions of several days become public together.
    return _last_of_month(before) if day == _last_of_month(day) else before


def days_of(year_ending: int) -> tuple[date, date]:
    """First and last day of the reporting year."""
    return reporting_year(date(year_ending, 3, 31))


def _in_months(day: date, months: int) -> date:
    years_on, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years_on, month + 1, min(day.day, monthrange(years_on, month + 1)[1]))


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
