"""iCalendar (RFC 5545). Pure: events in, lines out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

TYPE = "text/calendar; charset=utf-8"
_LONGEST = 75  # bytes of a line, without its end


@dataclass(frozen=True)
class Event:
    """Something that happened at an instant; `uid` stays the same for ever."""

    uid: str
    at: datetime
    title: str
    words: str
    address: str


def as_ics(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of this name, as a file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Your council's performance//Publication dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _lines(event: Event) -> list[str]:
    at = event.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        # When this was written would differ at each look; that of the event is as true, and the same for everyone.
        f"DTSTAMP:{at}",
        f"DTSTART:{at}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.words)}",
        f"URL:{event.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def folded(line: str) -> bytes:
    """The line in parts of at most 75 bytes, each after the first begun by a space, and no character cut in two."""
    parts, part = [], b""
    for character in line:
        added = character.encode()
        if len(part) + len(added) > _LONGEST - bool(parts):
            parts.append(part)
            part = b""
        part += added
    return b"\r\n ".join([*parts, part]) + b"\r\n"
