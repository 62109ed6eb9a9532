"""The measurements: what they count, and what they do not tell."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from letters import clock, workflow
from letters.models import Letter, State
from operating.models import LastRun
from tests import factories
from tests.operators import measured

pytestmark = pytest.mark.django_db


def test_letters_are_counted_by_state_and_by_what_they_wait_for(client):
    staff = factories.staff()
    waiting, scan, lost = (workflow.receive(factories.pdf_bytes(), "a.pdf", staff) for _ in range(3))
    now = clock.now()
    Letter.objects.filter(pk=waiting.pk).update(queued_at=now - timedelta(minutes=7))
    Letter.objects.filter(pk=scan.pk).update(awaits_ocr=True, queued_at=now - timedelta(hours=1))
    Letter.objects.filter(pk=lost.pk).update(
        state=State.READING, attempts=2, lease_until=now - timedelta(seconds=1)
    )
    found = measured(client)
    assert found["ombudsman_letters", "received"] == 2
    assert found["ombudsman_letters", "reading"] == 1
    assert found["ombudsman_letters", "approved"] == 0
    assert found["ombudsman_letters_waiting", "reading"] == found["ombudsman_letters_waiting", "ocr"] == 1
    assert found["ombudsman_oldest_waiting_seconds", "reading"] == pytest.approx(420, abs=5)
    assert found["ombudsman_oldest_waiting_seconds", "ocr"] == pytest.approx(3600, abs=5)
    assert found["ombudsman_leases_expired",] == 1
    assert found["ombudsman_letters_begun_again",] == 1


def test_the_machine_is_measured(client):
    found = measured(client)
    assert 0 < found["ombudsman_disk_free_bytes",] < found["ombudsman_disk_size_bytes",]
    assert abs(found["ombudsman_clock_drift_seconds",]) < 2
    assert found["ombudsman_part_up", "database"] == 1


def test_measurements_take_few_queries_however_many_letters(client, django_assert_max_num_queries):
    client.get("/readyz")
    with django_assert_max_num_queries(10):
        client.get("/metrics")


def test_measurements_tell_of_no_council_no_figure_and_no_hour(client):
    staff = factories.staff()
    council = factories.council("Zyxwold Council")
    letter = factories.approved_letter(factories.edition(2020), staff, council)
    workflow.schedule(letter.review, clock.now() + timedelta(days=3), staff, acknowledged=True)
    text = client.get("/metrics").content.decode()
    assert 'ombudsman_letters{state="approved"} 1.0' in text
    for trace in ["Zyxwold", "zyxwold", "2020", letter.sha256, str(letter.pk), letter.file.name]:
        assert trace not in text


def test_a_command_on_record_tells_when_it_ended_and_how(client):
    call_command("on_record", "check", stdout=StringIO())
    found = measured(client)
    assert found["ombudsman_last_run_succeeded", "check"] == 1
    assert found["ombudsman_last_run_timestamp_seconds", "check"] == pytest.approx(
        clock.now().timestamp(), abs=5
    )


def test_a_command_on_record_that_fails_is_kept_as_failed_and_fails():
    with pytest.raises(CommandError):
        call_command("on_record", "load_postcodes", "/nowhere.csv", stdout=StringIO(), stderr=StringIO())
    assert not LastRun.objects.get(name="load_postcodes").succeeded


def test_a_command_that_does_not_exist_is_kept_as_failed_and_fails():
    with pytest.raises(CommandError):
        call_command("on_record", "no_such_command")
    assert not LastRun.objects.get(name="no_such_command").succeeded
