"""What was handed out before its hour, and how soon after it the rest: read from the proxy's log."""

import gzip
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from letters import published, workflow
from tests import factories
from tests.leaks.world import HOUR, NOTE, at

pytestmark = pytest.mark.django_db


def line(path, after, took=0.2, first_byte_took="", status="200"):
    """A line of nginx's log, of a request that ended so many seconds after the hour."""
    seconds = {
        "at": f"{HOUR.timestamp() + after:.3f}",
        "took": f"{took:.3f}",
        "first_byte_took": first_byte_took,
    }
    return json.dumps(seconds | {"path": path, "status": status, "method": "GET"}) + "\n"


BEFORE_THE_HOUR = [
    line(at("ash"), -60, status="404"),
    line("/", -1),
    line("/your-councils-performance/ash-council/annualletters/2019.pdf", -60),
]
IN_TIME = [
    # It began before the hour; its first byte came after it.
    line(at("ash"), 0.3, took=0.4, first_byte_took="0.150"),
    line(at("ash", "/pages/2.webp"), 60, status="206"),
    line("/your-councils-performance/birch-council/committee-pack/2020.pdf", 2),
]


def test_t56_the_report_tells_when_the_first_byte_of_each_letter_left(edition, tmp_path, capsys):
    log = tmp_path / "access.log"
    odd = line("/?", 1).encode().replace(b"?", b"\xff\xfe")
    log.write_bytes("".join(BEFORE_THE_HOUR + IN_TIME).encode() + odd)
    with time_machine.travel(HOUR + timedelta(hours=1), tick=False):
        call_command("release_report", 2020, log)
    said = capsys.readouterr().out
    assert "3 letters are or were public, 2 were asked for, 0 before their hour." in said
    assert "Ash Council: first byte 2020-07-29 08:30:00.050000 UTC, 0.050 seconds after its hour" in said
    assert "Birch Council: first byte 2020-07-29 08:30:01.800000 UTC, 1.800 seconds after its hour" in said
    assert "Cedar Council: not asked for" in said
    [kept] = (tmp_path / "releases").iterdir()
    assert kept.read_text() in said + "\n"


def test_t56_what_a_letter_had_before_it_in_its_place_is_nothing_that_leaked_of_it(
    edition, staff, tmp_path, capsys
):
    """Ash Council's is replaced by one with an hour of its own; then the whole edition is withdrawn."""
    log = tmp_path / "access.log"
    log.write_text("".join(BEFORE_THE_HOUR + IN_TIME))
    with time_machine.travel(HOUR + timedelta(days=2), tick=False):
        ash = factories.council("Ash Council")
        newer = factories.approved_letter(edition, staff, ash, replacement_reason="A figure was wrong.")
        workflow.publish_now(newer, staff)
    with time_machine.travel(HOUR + timedelta(days=3), tick=False):
        assert published.letters(HOUR + timedelta(days=3)).filter(pk=newer.pk).exists()
        call_command("release_report", 2020, log)
        workflow.withdraw_edition(edition, staff, NOTE)
        call_command("release_report", 2020, log)
    said = capsys.readouterr().out
    assert said.count("3 letters are or were public, 2 were asked for, 0 before their hour.") == 2
    assert said.count("Ash Council: first byte 2020-07-29 08:30:00.050000 UTC, 0.050 seconds after") == 2


@pytest.mark.parametrize(
    "early",
    [
        line(at("ash"), 0.1, took=0.4),
        line(at("ash", ""), -9),
        line(at("ash"), -9, status="206"),
        line("/your-councils-performance/ash-council/committee-pack/2020.pdf", -9),
        line("/your-councils-performance/ash-council/social-picture/2020.png", -9),
        line("/api/v1/letters/ash-council/2020", -9),
        line("/api/v1/letters/ash-council/2020.json", -9),
    ],
)
def test_t56_one_byte_before_the_hour_fails_it(edition, tmp_path, capsys, early):
    log = tmp_path / "access.log"
    log.write_text("".join([*IN_TIME, early]))
    with (
        time_machine.travel(HOUR + timedelta(hours=1), tick=False),
        pytest.raises(CommandError, match="1 letters were"),
    ):
        call_command("release_report", 2020, log)
    assert "BEFORE its hour" in capsys.readouterr().out


def test_the_report_refuses_what_is_no_log_of_ours(edition, tmp_path):
    log = tmp_path / "access.log"
    with time_machine.travel(HOUR, tick=False):
        for content in (b'127.0.0.1 - - "GET / HTTP/1.1" 200\n', b"\xb6\x00\xff"):
            log.write_bytes(content)
            with pytest.raises(CommandError, match="Line 1 is none of the log"):
                call_command("release_report", 2020, log)
        cut_off = tmp_path / "access.log.1.gz"
        cut_off.write_bytes(gzip.compress(line(at("ash"), 1).encode())[:-12])
        for path in (tmp_path / "nowhere.log", cut_off):
            with pytest.raises(CommandError, match="cannot be read"):
                call_command("release_report", 2020, path)
    log.write_text("")
    time_before = time_machine.travel(HOUR - timedelta(days=1), tick=False)
    with time_before, pytest.raises(CommandError, match="No letter of 2020 is or was public"):
        call_command("release_report", 2020, log)
