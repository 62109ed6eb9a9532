"""What the site writes into its log: one JSON line for each event, or plain lines for people in development.

No line tells what a letter says. Messages are ours, with identifiers only; of an exception, whose message may quote
whatever it failed on, a line tells the kind and the places in the code.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Which request a line belongs to; empty outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")

_CODE = Path(__file__).resolve().parent.parent
# In capitals, too: such an address leads to the right one.
_LINKS = re.compile(r"(/before-publication/)[0-9a-f]+", re.IGNORECASE)
_MOST_PLACES, _MOST_CAUSES = 30, 5
# Their first lines name hosts, files and settings, never a row or a part of one.
_ABOUT_THE_MACHINE = {"OperationalError", "InterfaceError", "PoolTimeout", "ImproperlyConfigured"}


class JsonLines(logging.Formatter):
    """One line of JSON in ASCII for each event, whatever is in its message: no line break, no escape sequence."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Django notes some answers when the request is over, and names it then.
        if request := request_id.get() or getattr(getattr(record, "request", None), "reference", ""):
            line["request"] = request
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _told(record.exc_info[1])
        return _without_links(json.dumps(line, default=str))


class PlainLines(logging.Formatter):
    """For people: a message on one line, and exceptions in full. In development only."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in record.message)
        record.message = _without_links(plain)
        return super().formatMessage(record)


def _without_links(line: str) -> str:
    """The line without what opens letters before publication: whoever reads a log is not who was given the link."""
    return _LINKS.sub(r"\1(link)", line)


def _told(error: BaseException) -> list[dict[str, Any]]:
    """The exception and what caused it, the last first: kinds and places, no values."""
    told: list[dict[str, Any]] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < _MOST_CAUSES:
        told.append({"type": _name(cause), **_safe_words(cause), "at": _places(cause)})
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return told


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _safe_words(error: BaseException) -> dict[str, str]:
    words = {}
    if isinstance(error, OSError):
        words["message"] = error.strerror or ""
    elif type(error).__name__ in _ABOUT_THE_MACHINE:
        words["message"] = next(iter(str(error).splitlines()), "")
    if constraint := getattr(getattr(error, "diag", None), "constraint_name", None):
        words["constraint"] = constraint
    return words


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_PLACES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    return path.rsplit("/site-packages/", 1)[-1].removeprefix(f"{_CODE}/")


def configuration(lines: str, level: str) -> dict[str, Any]:
    """Python's logging for the site and its web server: `lines` is "json" or "text"."""
    formatter = f"operating.logs.{'JsonLines' if lines == 'json' else 'PlainLines'}"
    console = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            # Errors go to the log and nowhere else: Django's own handler would mail them to ADMINS.
            "django": {**console, "level": "INFO"},
            # Each request has a line of its own, which says more than "Not Found"; runserver writes one besides.
            "django.request": {"level": "ERROR" if lines == "json" else "WARNING"},
            "operating.requests": {"level": "INFO" if lines == "json" else "WARNING"},
            # The worker begins anew after each look at an empty queue, and would say so each time.
            "django_tasks_db": {"level": "WARNING"},
            # It would name the devices of staff.
            "fido2": {"level": "WARNING"},
            "gunicorn.error": {**console, "level": "INFO"},
        },
        "root": {"handlers": ["console"], "level": level},
    }
