"""What the log says, to whom and in what form; and what it never says."""

import json
import logging
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from letters.models import Letter
from operating import logs, reports
from tests import factories


@pytest.fixture
def lines():
    """What is logged meanwhile, as JSON lines."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    watched = [logging.getLogger(name) for name in ("django", "operating.requests", "tests")]
    levels = [logger.level for logger in watched]
    for logger in watched:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger, level in zip(watched, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


log = logging.getLogger("tests.log")

INJECTED = {
    "line feed": 'x\n{"level": "INFO", "message": "all is well"}',
    "carriage return": "x\rall is well",
    "both": "x\r\nall is well",
    "ANSI": "x\x1b[2K\x1b[1A\x1b[31m",
    "C1": "x\x9b31m\x85",
    "separators": "x\u2028all\u2029well",
    "direction": "x\u202egro.live",
    "NUL": "x\x00",
    "half a character": "x\ud800",
}


@pytest.mark.parametrize("text", INJECTED.values(), ids=INJECTED)
def test_t75_whatever_is_in_a_message_is_one_line_of_ascii(text):
    record = logging.LogRecord("tests", logging.INFO, "", 0, "Received %s", (text,), None)
    written = logs.JsonLines().format(record)
    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["message"] == f"Received {text}"
    plain = logs.PlainLines().format(record)
    assert plain.isprintable()


@pytest.mark.django_db
def test_t75_a_request_is_one_line_that_the_visitor_cannot_write(lines):
    headers = {"User-Agent": "x\r\ny\x1b[31m", "X-Request-ID": "chosen", "Referer": "https://x.example/?q=z"}
    Client().get("/councils%0D%0Ax%1B", {"q": "Zyxwold"}, headers=headers)
    (line,) = [line for line in lines() if line["logger"] == "operating.requests"]
    assert line["path"] == "/councils\r\nx\x1b"
    assert (line["method"], line["status"], line["level"]) == ("GET", 404, "INFO")
    assert line["ms"] > 0
    assert len(line["request"]) == 16
    assert not {"chosen", "Zyxwold", "x.example", "31m"} & set(json.dumps(line).split('"'))
    assert "Zyxwold" not in json.dumps(line)


@pytest.mark.django_db
def test_staff_are_noted_by_number_and_probes_not_at_all(client, lines):
    staff = factories.staff()
    client.force_login(staff)
    client.get("/healthz")
    client.get("/admin/")
    (line,) = lines()
    assert line["user"] == staff.pk
    assert staff.username not in json.dumps(line)


@pytest.mark.parametrize(
    "moment",
    [
        "2027-03-28T00:59:59.500+00:00",
        "2027-03-28T01:00:00.500+00:00",
        "2027-10-31T00:30:00.500+00:00",
        "2027-10-31T01:30:00.500+00:00",
    ],
)
def test_t78_times_are_in_utc_with_offset_and_in_order_across_clock_changes(moment):
    record = logging.LogRecord("tests", logging.INFO, "", 0, "x", (), None)
    record.created = datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/London")).timestamp()
    assert json.loads(logs.JsonLines().format(record))["time"] == moment


def failing(error):
    upheld_rate = "87.31"
    if upheld_rate:
        raise error


def logged(error, lines):
    try:
        failing(error)
    except Exception:
        log.exception("It failed")
    return lines()[-1]


def test_t50_an_exception_is_told_by_kind_and_place_without_what_it_says(lines):
    line = logged(ValueError("87.31% is not a number of Zyxwold Council"), lines)
    assert line["message"] == "It failed"
    (told,) = line["exception"]
    assert told["type"] == "ValueError"
    assert told["at"][-1].startswith("tests/test_logs.py:")
    assert "87.31" not in json.dumps(line)
    assert "Zyxwold" not in json.dumps(line)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("connection refused\nDETAIL: Zyxwold"), "connection refused"),
        (ImproperlyConfigured("Set SECRET_KEY"), "Set SECRET_KEY"),
        (OSError(28, "No space left on device", "/srv/private/x"), "No space left on device"),
    ],
)
def test_what_is_about_the_machine_is_told(lines, error, words):
    (told,) = logged(error, lines)["exception"]
    assert told["message"] == words


@pytest.mark.django_db
def test_t50_what_the_database_refuses_is_told_without_the_row(lines):
    staff = factories.staff()
    letter = factories.letter(by=staff)
    try:
        Letter.objects.filter(pk=letter.pk).update(state="Zyxwold")
    except IntegrityError:
        log.exception("It failed")
    line = json.dumps(lines()[-1])
    assert "IntegrityError" in line
    assert "Zyxwold" not in line
    assert letter.sha256 not in line


def test_t50_error_reports_show_no_local_variable_and_nothing_that_was_sent(settings):
    # A report quotes the lines of code around, so what must not be in it stands in none of them.
    sent = str(10**8 // 81)
    request = RequestFactory().post("/", {"council": sent, "percent": sent})
    request.user = AnonymousUser()
    request.exception_reporter_filter = reports.NothingOfALetter()
    try:
        failing(ValueError("x"))
    except ValueError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    for report in (reporter.get_traceback_html(), reporter.get_traceback_text()):
        assert "failing" in report
        assert sent not in report
        assert "&#x27;87.31&#x27;" not in report
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER == "operating.reports.NothingOfALetter"


@pytest.mark.django_db
def test_t50_nobody_is_mailed_about_a_fault(client, settings, lines):
    settings.ADMINS = [("Somebody", "somebody@council.example")]
    del settings.CONTACT_EMAIL  # now every page fails
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
    assert mail.outbox == []
    (fault,) = [line for line in lines() if line["logger"] == "django.request"]
    assert fault["level"] == "ERROR"
    assert any(place.startswith("public/context.py:") for place in fault["exception"][0]["at"])
    assert datetime.fromisoformat(fault["time"]).tzinfo == UTC


def test_the_page_of_a_fault_gives_the_number_under_which_the_log_has_it(client, settings, lines):
    del settings.CONTACT_EMAIL
    client.raise_request_exception = False
    page = client.get("/nothing").content.decode()
    assert {line["request"] for line in lines()} == {lines()[0]["request"]}
    assert f"mention this number: {lines()[0]['request']}." in page


@pytest.mark.django_db
def test_no_line_tells_the_link_of_a_person_with_access_before_publication(lines):
    token = "ab" * 32
    link = f"/before-publication/{token}"
    for address in (link, f"{link}/a-council", link.upper(), link.title(), f"{link.upper()}/"):
        Client().get(address)
    log.error("Internal Server Error: /before-publication/%s", token)
    told = str(lines())
    assert told.lower().count("/before-publication/(link)") >= 6
    assert token not in told.lower()
