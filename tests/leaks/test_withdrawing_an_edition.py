"""When something has leaked: one deed takes a whole edition off the site, and the log tells what was handed out."""

import gzip
import json
from datetime import datetime as DateTime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from caches.models import Change
from history import verifying
from history.models import Line
from letters import published, workflow
from letters.models import Letter
from letters.workflow.prerelease import Person
from tests import factories
from tests.staff_pages import hidden

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NOTE = "Figures of other councils were printed in it."


@pytest.fixture
def edition(staff, settings, tmp_path):
    """Three approved letters that go at the hour, one that is held back, and one that nobody has read yet."""
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]
    settings.DATA_DIR = tmp_path
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        for name in ("Ash Council", "Birch Council", "Cedar Council"):
            factories.approved_letter(review, staff, factories.council(name))
        workflow.hold_back(factories.approved_letter(review, staff, factories.council("Elm Council")), staff)
        factories.letter(review, staff, state="received")
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    Change.objects.all().delete()
    return review


def at(name, part=".pdf"):
    return f"/your-councils-performance/{name}-council/annualletters/2020{part}"


def test_t55_after_the_hour_every_page_says_that_it_was_withdrawn(edition, staff, client, caplog):
    before = dict(Letter.objects.values_list("pk", "file"))
    with time_machine.travel(HOUR + timedelta(minutes=5), tick=False):
        assert client.get(at("ash")).status_code == 200
        assert workflow.withdraw_edition(edition, staff, NOTE) == 3
        for name in ("ash", "birch", "cedar"):
            for part in (".pdf", "", "/pages/1.webp"):
                gone = client.get(at(name, part))
                assert (gone.status_code, NOTE in gone.content.decode()) == (410, True)
        assert client.get(at("elm")).status_code == 404
        assert not published.letters(HOUR + timedelta(days=1)).exists()
    assert Change.objects.count() == 1
    assert "Annual review 2019–20 was withdrawn as a whole" in caplog.text
    held_back = Letter.objects.get(held_back=True)
    assert held_back.state == "approved"
    # Each PDF is whole under its new name; what waits for a worker is left alone.
    for letter in Letter.objects.all():
        assert letter.file.read().startswith(b"%PDF")
        assert (letter.file.name == before[letter.pk]) is (letter.state == "received")
        assert letter.file.storage.exists(letter.file.name)


@pytest.mark.parametrize(("folder", "count", "left_alone"), [("letters", 5, 1), ("copies", 4, 0)])
def test_t55_the_old_files_are_gone(
    folder, count, left_alone, edition, staff, private_files, django_capture_on_commit_callbacks
):
    before = {path.name for path in private_files.glob(f"{folder}/*")}
    with time_machine.travel(HOUR, tick=False), django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw_edition(edition, staff, NOTE)
    after = {path.name for path in private_files.glob(f"{folder}/*")}
    assert (len(before), len(after), len(before & after)) == (count, count, left_alone)


def test_t55_nobody_has_access_before_publication_any_more(edition, staff, client):
    letter = edition.letters.filter(state="approved").first()
    with time_machine.travel(HOUR - timedelta(hours=2), tick=False):
        _, token = workflow.give_access(
            *(edition, staff, Person("A", "B", "C", "a@example.org"), [letter]),
            opens_at=HOUR - timedelta(hours=2),
            closes_at=HOUR - timedelta(hours=1),
        )
        assert client.get(f"/before-publication/{token}").status_code == 200
        workflow.withdraw_edition(edition, staff, NOTE)
        assert client.get(f"/before-publication/{token}").status_code == 404


def test_t55_before_the_hour_nothing_becomes_public_and_nothing_is_lost(edition, staff, client):
    with time_machine.travel(HOUR - timedelta(minutes=5), tick=False):
        assert workflow.withdraw_edition(edition, staff, NOTE) == 0
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        assert client.get(at("ash")).status_code == 404
        assert NOTE not in client.get("/corrections").content.decode()
        assert Letter.objects.filter(state="approved").count() == 4
        workflow.schedule(edition, HOUR, staff, acknowledged=True)
        assert client.get(at("ash")).status_code == 200


def untold():
    return [fault for fault in verifying.untold() if fault.code == "changed-before-a-deed"]


def test_t55_what_was_to_come_after_the_hour_does_not_come(edition, staff, settings):
    """Neither a letter with an hour of its own, nor what one person has proposed and another could confirm."""
    now = HOUR + timedelta(minutes=5)
    with time_machine.travel(now, tick=False):
        coming, proposed = (factories.approved_letter(edition, staff) for _ in range(2))
        workflow.publish_later(coming, staff, HOUR + timedelta(days=1))
        settings.TWO_PEOPLE = True
        proposal = workflow.publish_now(proposed, staff)
        workflow.withdraw_edition(edition, staff, NOTE)
        with pytest.raises(workflow.Refused, match="confirmed or dropped already"):
            workflow.confirm(proposal, factories.staff("ben"))
    assert not published.letters(HOUR + timedelta(days=2)).exists()
    coming.refresh_from_db()
    assert (coming.state, coming.held_back, coming.publish_at) == ("approved", True, None)
    deeds = set(Line.objects.values_list("subject_id", "deed"))
    hour_gone = "Its own hour was taken away, since the edition was withdrawn as a whole."
    assert (str(coming.pk), hour_gone) in deeds
    assert (str(proposed.pk), "The proposed publication was dropped.") in deeds
    assert untold() == []


def test_t55_nor_does_another_hour_that_is_proposed_for_the_edition(edition, staff, settings):
    settings.TWO_PEOPLE = True
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        letter = edition.letters.filter(state="approved").first()
        person = Person("A", "B", "C", "a@example.org")
        hours = {"opens_at": HOUR - timedelta(days=1), "closes_at": HOUR}
        workflow.give_access(edition, staff, person, [letter], **hours)
        workflow.schedule(edition, HOUR - timedelta(days=1), staff, acknowledged=True)
        workflow.withdraw_edition(edition, staff, NOTE)
    assert workflow.waiting(edition) is None
    assert untold() == []


def test_a_file_that_is_missing_does_not_stand_in_the_way(edition, staff, caplog, private_files):
    lost = Letter.objects.filter(state="approved").first()
    (private_files / lost.file.name).unlink()
    with time_machine.travel(HOUR, tick=False):
        assert workflow.withdraw_edition(edition, staff, NOTE) == 3
    assert f"The PDF of letter {lost.pk} keeps its name" in caplog.text


def test_the_page_asks_why_and_makes_sure(edition, staff, client):
    with time_machine.travel(HOUR, tick=False):
        client.force_login(staff)
        page = reverse("admin:letters_annualreview_withdraw", args=[edition.pk])
        where = reverse("admin:letters_annualreview_change", args=[edition.pk])
        assert page in client.get(where).content.decode()
        assert "This cannot be undone." in client.get(page).content.decode()
        for sent, said in (
            ({"note": NOTE, "year": "2019"}, "This is the edition of 2020."),
            ({"note": " ", "year": "2020"}, "Say why the edition is withdrawn."),
        ):
            assert said in client.post(page, sent).content.decode()
            assert published.letters(HOUR).count() == 3
        done = client.post(page, {"note": NOTE, "year": "2020", **hidden(client.get(page))}, follow=True)
        assert "3 of its letters were public." in done.content.decode()
        assert not published.letters(HOUR).exists()


def test_t71_a_note_for_the_record_is_not_published_because_the_hour_has_come_meanwhile(
    edition, staff, client
):
    page = reverse("admin:letters_annualreview_withdraw", args=[edition.pk])
    with time_machine.travel(HOUR - timedelta(minutes=1), tick=False):
        client.force_login(staff)
        before = client.get(page)
        assert "What you write here is for the record." in before.content.decode()
    with time_machine.travel(HOUR, tick=False):
        sent = {"note": "Ms Example told the press.", "year": "2020"}
        shown = client.post(page, sent | hidden(before))
        assert published.letters(HOUR).count() == 3
        for words in (
            "have become public after",
            "This cannot be undone.",
            ">\nMs Example told the press.</",
        ):
            assert words in shown.content.decode()
        client.post(page, sent | {"note": NOTE} | hidden(shown))
        assert not published.letters(HOUR).exists()


def test_who_may_not_publish_may_not_withdraw(edition, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    page = reverse("admin:letters_annualreview_withdraw", args=[edition.pk])
    assert client.post(page, {"note": NOTE, "year": "2020"}).status_code == 403


@pytest.mark.parametrize(
    ("year", "by", "note", "says"),
    [
        (2019, "staff", NOTE, "There is no edition of 2019. Nothing was withdrawn."),
        (2020, "nobody", NOTE, "No member of staff is called nobody. Nothing was withdrawn."),
        (2020, "staff", " ", "Say why the edition is withdrawn."),
    ],
)
def test_the_command_refuses_what_it_cannot_do(edition, staff, year, by, note, says):
    with time_machine.travel(HOUR, tick=False):
        with pytest.raises(CommandError, match=says):
            call_command("withdraw_edition", year, by=by, note=note)
        assert published.letters(HOUR).count() == 3


def test_the_command_withdraws(edition, staff, capsys):
    with time_machine.travel(HOUR, tick=False):
        call_command("withdraw_edition", 2020, by="staff", note=NOTE)
    assert "3 of its letters were public and are withdrawn" in capsys.readouterr().out


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
