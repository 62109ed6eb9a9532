"""When something has leaked: one deed takes a whole edition off the site."""

from datetime import timedelta

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
from tests.leaks.world import HOUR, NOTE, at
from tests.staff_pages import hidden

pytestmark = pytest.mark.django_db


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
