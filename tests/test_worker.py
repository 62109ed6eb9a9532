"""The background work with real worker processes: nothing is lost, nothing is done twice."""

import os
import signal
import threading

import pytest
from django.db import OperationalError, connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from demonstration import printing, published
from letters import reading, workflow
from letters.management.commands.worker import a_worker, work
from letters.models import Letter, State
from letters.workflow import Refused
from tests import factories
from tests.processes import children_of, wait_for, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]


@pytest.fixture
def started(private_files):
    """Workers of this test; whatever is left of them is killed afterwards."""
    processes = []

    def start(*arguments, **more):
        processes.append(worker(private_files, *arguments, **more))
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def printed(letter_facts, **how) -> bytes:
    return printing.print_letter(letter_facts, **how)


def numbered(seed: int) -> bytes:
    """The same letter, as another file."""
    return printed(published.WELLINGBOROUGH_2020) + b"%% %d" % seed


def state_of(letter) -> str:
    return Letter.objects.values_list("state", flat=True).get(pk=letter.pk)


def test_a_worker_reads_what_waits(staff, started):
    factories.council(published.WELLINGBOROUGH_2020.council)
    letter = workflow.receive(printed(published.WELLINGBOROUGH_2020), "letter.pdf", staff)
    junk = workflow.receive(factories.pdf_bytes(), "junk.pdf", staff)
    process = started("--until-empty")
    process.communicate(timeout=120)
    letter.refresh_from_db()
    assert letter.state == State.READ
    assert letter.council.name == published.WELLINGBOROUGH_2020.council
    assert letter.review.year_ending == 2020
    upheld = letter.statistics.get(measure="upheld")
    assert (upheld.percent, upheld.numerator, upheld.denominator, upheld.average) == (100, 2, 2, 45)
    assert state_of(junk) == State.UNREADABLE


@pytest.mark.parametrize(("said", "is_waited_for"), [("database is locked", True), ("disk I/O error", False)])
def test_a_worker_looks_again_while_somebody_else_writes_for_long(said, is_waited_for):
    asked = []

    def refused_at_first(execute, sql, *others):
        asked.append(sql)
        if len(asked) == 1:
            raise OperationalError(said)
        return execute(sql, *others)

    with connection.execute_wrapper(refused_at_first):
        if is_waited_for:
            work(a_worker(), interval=0, until_empty=True)
        else:
            with pytest.raises(OperationalError, match=said):
                work(a_worker(), interval=0, until_empty=True)
    assert (len(asked) > 1) is is_waited_for


def test_a_letter_whose_file_is_gone_says_so(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    letter.file.storage.delete(letter.file.name)
    reading.read(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE
    assert "no longer in the storage" in letter.unreadable_reason


def test_a_letter_whose_worker_is_killed_is_read_by_another(staff, started):
    """T01: the lease passes, the second attempt succeeds, and nothing is half written."""
    letter = next(filter(None, (_left_behind(staff, started, seed) for seed in range(10))))
    assert not letter.statistics.exists()
    started()
    wait_for(lambda: state_of(letter) == State.READ)
    letter.refresh_from_db()
    assert letter.attempts == 2
    assert letter.statistics.count() == 3


def _left_behind(staff, started, seed) -> Letter | None:
    """A letter whose worker was killed while it read; None if it was quicker than the signal."""
    letter = workflow.receive(numbered(seed), "letter.pdf", staff)
    process = started(READING_LEASE_SECONDS="2")
    wait_for(lambda: state_of(letter) in {State.READING, State.READ})
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    letter.refresh_from_db()
    return letter if letter.state == State.READING else None


def test_the_reader_goes_when_its_worker_is_killed(staff, started):
    """A worker killed in the middle leaves no process behind that goes on reading."""
    letter = workflow.receive(printed(published.WELLINGBOROUGH_2020), "letter.pdf", staff)
    process = started()
    wait_for(lambda: state_of(letter) == State.READ)

    children = children_of(process.pid)
    assert children, "the worker keeps a warm reader"
    process.kill()
    process.wait()
    wait_for(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in children))


def test_a_worker_told_to_stop_finishes_the_letter_in_hand(staff, started):
    letter = workflow.receive(printed(published.WELLINGBOROUGH_2020), "letter.pdf", staff)
    process = started()
    wait_for(lambda: state_of(letter) in {State.READING, State.READ})
    process.terminate()
    process.communicate(timeout=120)
    assert state_of(letter) == State.READ


def test_t82_a_worker_told_to_stop_gives_back_what_takes_long(staff, started):
    """Its attempt does not count, another worker reads it, and no task has failed."""
    letter = next(filter(None, (_given_back(staff, started, seed) for seed in range(10))))
    assert (letter.attempts, letter.lease_token) == (0, None)
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exists()
    started("--until-empty").communicate(timeout=120)
    assert state_of(letter) == State.READ


def _given_back(staff, started, seed) -> Letter | None:
    """A letter whose worker was told to stop while it read; None if it was quicker than the signal."""
    letter = workflow.receive(numbered(seed), "letter.pdf", staff)
    process = started("--finish-within", "0.001")
    wait_for(lambda: state_of(letter) in {State.READING, State.READ})
    process.terminate()
    process.communicate(timeout=120)
    assert process.returncode == 0
    letter.refresh_from_db()
    assert letter.state in {State.RECEIVED, State.READ}
    return letter if letter.state == State.RECEIVED else None


def test_t82_what_was_given_back_is_not_taken_from_whoever_has_it_now(staff):
    letter = workflow.receive(factories.pdf_bytes(), "letter.pdf", staff)
    _, token = workflow.claim_for_reading(str(letter.pk))
    assert workflow.give_back(letter, token)
    assert workflow.claim_for_reading(str(letter.pk))
    assert not workflow.give_back(letter, token)
    assert state_of(letter) == State.READING


def test_two_workers_share_the_letters_and_each_is_read_once(staff, started):
    programs = ["fpdf2", "typst"]
    letters = [
        workflow.receive(printed(one, program=program), "letter.pdf", staff)
        for one in published.PUBLISHED
        for program in programs
    ]
    workers = [started("--until-empty") for _ in range(2)]
    for process in workers:
        process.communicate(timeout=120)
    assert [state_of(letter) for letter in letters] == [State.READ] * len(letters)
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}


def in_threads(count, deed):
    """Run `deed` in several threads that begin together, each with a database connection of its own."""
    begin, results = threading.Barrier(count), []

    def run(number):
        begin.wait()
        try:
            results.append(deed(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_workers_exactly_one_claims_each_letter(staff):
    """T10: a thousand claims for 250 letters."""
    waiting = [workflow.receive(factories.pdf_bytes(), "letter.pdf", staff) for _ in range(250)]

    def claim_all(_):
        return [letter.pk for letter in waiting if workflow.claim_for_reading(str(letter.pk))]

    claimed = [pk for claims in in_threads(4, claim_all) for pk in claims]
    assert sorted(claimed) == sorted(letter.pk for letter in waiting)


def test_the_same_file_uploaded_by_two_people_at_the_same_instant_is_one_letter(staff, private_files):
    """T11: the database decides; the other one gets a link to the first."""
    people = [staff, factories.staff("second"), factories.staff("third")]

    def upload(number):
        try:
            return workflow.receive(content, f"{number}.pdf", people[number]).pk
        except Refused as refusal:
            return refusal.letter.pk

    for _ in range(10):
        content = factories.pdf_bytes()
        before = Letter.objects.count()
        answers = in_threads(3, upload)
        assert len(answers) == 3
        assert len(set(answers)) == 1
        assert Letter.objects.count() == before + 1
    assert len(list(private_files.rglob("*.pdf"))) == Letter.objects.count()


def test_t83_writers_and_workers_wait_for_one_another(staff, started):
    """Nobody meets a locked database. For longer: CONTENTION=20x100, which is writers and what each of them sends."""
    writers, rounds = map(int, os.environ.get("CONTENTION", "6x4").split("x"))
    workers = [started() for _ in range(2)]

    def upload(_):
        return [workflow.receive(factories.pdf_bytes(), "a.pdf", staff).pk for _ in range(rounds)]

    received = [pk for pks in in_threads(writers, upload) for pk in pks]
    assert len(set(received)) == writers * rounds
    wait_for(
        lambda: not Letter.objects.exclude(state=State.UNREADABLE).exists(), seconds=60 + writers * rounds
    )
    assert Letter.objects.count() == writers * rounds
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exists()
    for process in workers:
        process.terminate()
        _, said = process.communicate(timeout=120)
        assert b"locked" not in said
