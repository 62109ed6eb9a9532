"""kill -9 at every step of upload, reading, approval, publication and release: one letter, file and set of figures."""

import os
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from history.noting import note_changes
from letters import clock, leftovers, published, workflow
from letters.models import AnnualReview, DataRelease, Letter, ReleaseFile, Standstill, State
from operating.backup.making import make
from operating.backup.restoring import restore
from operating.integrity import faults
from tests import factories, releases
from tests.killing import close, killed_at
from tests.staff_pages import filled, page_of, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

MOST_STEPS = 60


@pytest.fixture
def review(staff):
    return factories.edition()


def every_step(prepare, deed, afterwards) -> int:
    """Kill the deed at its first step, then another one at its second, and so on until one is done; how many."""
    for step in range(1, MOST_STEPS):
        subject = prepare()
        killed = killed_at(step, lambda subject=subject: deed(subject))
        afterwards(subject, killed)
        if not killed:
            return step - 1
    raise AssertionError("it never came to an end")


def read_at_once(pk) -> None:
    """What a worker that is started again does with a letter, however its reading was broken off."""
    Letter.objects.filter(pk=pk, state=State.READING).update(lease_until=clock.now() - timedelta(minutes=1))
    workflow.sweep()
    if claim := workflow.claim_for_reading(str(pk)):
        workflow.finish_reading(*claim, factories.reading(), factories.council("Zyxwold Borough Council"), [])


def whole() -> None:
    """Nothing is missing, left over, stuck, or untold."""
    assert [(fault.code, fault.message) for fault in faults()] == []


def test_t02_an_upload_killed_at_any_step_is_repeated_and_is_one_letter(browser, private_files):
    note_changes("Made for a test.")

    def upload(content):
        file = SimpleUploadedFile("letter.pdf", content)
        answer = browser.post(reverse("admin:letters_letter_upload"), {"files": [file], "review": ""})
        assert answer.status_code == 302, answer.content

    def afterwards(content, killed):
        before = set(Letter.objects.values_list("pk", flat=True))
        upload(content)  # whoever got no answer sends it again
        assert len(set(Letter.objects.values_list("pk", flat=True)) - before) <= 1
        age(private_files)
        leftovers.remove_leftovers()
        assert len(list(private_files.rglob("*.pdf*"))) == Letter.objects.count()

    assert every_step(factories.pdf_bytes, upload, afterwards) > 8
    digests = Letter.objects.values_list("sha256", flat=True)
    assert len(digests) == len(set(digests))
    whole()


def test_t79_a_restoration_killed_at_any_step_never_publishes_what_was_not_public(
    staff, review, private_files, tmp_path
):
    """There is what was there before, or the copy with the mark that keeps it still: nothing between."""
    factories.approved_letter(review, staff)
    hour = clock.now() + timedelta(days=1)
    workflow.schedule(review, hour, staff, acknowledged=True)
    note_changes("Made for a test.")
    make(tmp_path / "backup")

    def prepare():
        Standstill.objects.all().delete()
        workflow.unschedule(AnnualReview.objects.get(), staff)

    def afterwards(_, killed):
        restored = AnnualReview.objects.get().publish_at == hour
        assert restored == Standstill.objects.exists()
        assert killed or restored
        with time_machine.travel(hour + timedelta(days=1), tick=False):
            assert not published.letters(clock.now()).exists()
        workflow.schedule(AnnualReview.objects.get(), hour, staff, acknowledged=True)
        note_changes("What a restoration that was killed had not told yet.")
        whole()

    assert every_step(prepare, lambda _: restore(tmp_path / "backup", replace=True), afterwards) > 5


def age(folder, names="*.pdf*") -> None:
    long_ago = time.time() - 2 * 3600
    for path in folder.rglob(names):
        os.utime(path, (long_ago, long_ago))


def test_t02_a_reading_killed_at_any_step_ends_with_one_set_of_figures(staff, review):
    factories.council("Zyxwold Borough Council")
    note_changes("Made for a test.")

    def prepare():
        return workflow.receive(factories.pdf_bytes(), "letter.pdf", staff, review)

    def afterwards(letter, killed):
        half = Letter.objects.get(pk=letter.pk)
        assert bool(half.statistics.exists()) == (half.state == State.READ)
        read_at_once(letter.pk)
        letter.refresh_from_db()
        assert letter.state == State.READ
        assert [figure.measure for figure in letter.statistics.all()] == ["upheld"]

    assert every_step(prepare, lambda letter: read_at_once(letter.pk), afterwards) > 5
    whole()


def test_t02_an_approval_killed_at_any_step_is_whole_or_was_never_given(browser, staff, review):
    councils = iter([factories.council() for _ in range(MOST_STEPS)])
    note_changes("Made for a test.")

    def prepare():
        letter = factories.letter(review, staff, council=next(councils))
        take(browser, letter)
        letter.sent = filled(browser, letter, approve="", recipient_name="Mr Zyx")
        return letter

    def approve(letter):
        assert browser.post(page_of(letter), letter.sent).status_code == 302

    def afterwards(letter, killed):
        letter.refresh_from_db()
        assert (letter.state, letter.recipient_name) in {
            (State.READ, "Ms Example"),
            (State.APPROVED, "Mr Zyx"),
        }
        if letter.state == State.READ:
            approve(letter)
        letter.refresh_from_db()
        assert letter.state == State.APPROVED

    assert every_step(prepare, approve, afterwards) > 5
    whole()


def test_t02_a_publication_killed_at_any_step_is_of_all_letters_or_of_none(browser, staff):
    years = iter(range(2012, 2012 + MOST_STEPS))
    councils = [factories.council() for _ in range(2)]
    note_changes("Made for a test.")

    def prepare():
        review = workflow.edition(next(years))
        for council in councils:
            factories.approved_letter(review, staff, council)
        return review

    def publish(review):
        workflow.schedule(review, clock.now(), staff, acknowledged=True)

    def afterwards(review, killed):
        public = published.letters(clock.now()).filter(review=review).count()
        assert public in {0, 2}
        if not public:
            publish(review)
        assert published.letters(clock.now()).filter(review=review).count() == 2

    assert every_step(prepare, publish, afterwards) > 3
    whole()


def test_t02_a_release_killed_at_any_step_is_kept_whole_or_not_at_all(tmp_path, private_files):
    note_changes("Made for a test.")

    def prepare():
        return DataRelease.objects.count() + 1

    def afterwards(number, killed):
        release = DataRelease.objects.filter(number=number).first()
        assert [file.name for file in release.files.all()] == ["figures.csv"] if release else killed
        assert ReleaseFile.objects.count() == DataRelease.objects.count()

    assert every_step(prepare, lambda number: releases.kept(tmp_path, number), afterwards) > 8
    age(private_files, "releases/*")
    leftovers.remove_leftovers()
    whole()


@pytest.fixture(autouse=True)
def no_connection_left_behind():
    yield
    close()
