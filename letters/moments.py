"""Instants in the words of people in England."""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime


def in_words(moment: datetime) -> str:
    """An instant as a person in England reads it: "09:30 on 29 July 2020 (British Summer Time)"."""
    local = localtime(moment)
    zone = "British Summer Time" if local.dst() else "Greenwich Mean Time"
    return f"{local:%H:%M} on {date_format(local, 'j F Y')} ({zone})"


def stamp(moment: datetime | None) -> str:
    """An instant, or that there is none, as a page sends it back to say what it showed; the same for the same one."""
    return moment.astimezone(UTC).isoformat() if moment else ""
