"""What machines that watch the site are told: that it lives, whether it is ready, and nothing that is secret."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.db import connection
from django.test import Client

from letters import clock
from operating import readiness
from tests.operators import parts_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def look_again():
    """No test lives on what another one found out."""
    readiness._are_migrated.cache_clear()


def test_alive_is_said_without_a_query_to_any_host_name_by_plain_http(settings, django_assert_num_queries):
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_num_queries(0):
        response = Client().get("/healthz", headers={"Host": "10.1.2.3:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_ready_is_said_with_each_part(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "parts": dict.fromkeys(readiness.CHECKS, "ok")}


def test_ready_asks_little_of_the_database(client, django_assert_max_num_queries):
    client.get("/readyz")
    with django_assert_max_num_queries(2):
        client.get("/readyz")


@pytest.mark.parametrize("seconds", [-90, -3, 3, 3600])
def test_t43_a_clock_away_from_the_databases_is_not_ready(client, seconds):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert parts_of(response)["clock"] == "differs from the database's by more than 2 seconds"


def test_t43_a_clock_that_goes_back_is_noted_and_one_that_is_put_right_a_little_is_not(caplog):
    hour = datetime(2020, 7, 29, 8, 30, tzinfo=UTC)
    said = []
    for moment in [hour, hour - timedelta(seconds=1), hour - timedelta(hours=1)]:
        with time_machine.travel(moment, tick=False):
            caplog.clear()
            assert clock.now() == moment
        said.append([record.getMessage() for record in caplog.records])
    assert said[1:] == [[], ["The clock went back by 3599 seconds."]]


@pytest.mark.parametrize("seconds", [-1, 1])
def test_t43_a_small_difference_is_borne(client, seconds):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        assert client.get("/readyz").status_code == 200


def test_code_that_is_ahead_of_the_database_is_not_ready_until_it_is_migrated(client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '0001_other' WHERE app = 'operating'")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert parts_of(response)["migrations"] == "not all applied: run manage.py migrate"
        cursor.execute("UPDATE django_migrations SET name = '0001_last_runs' WHERE app = 'operating'")
    assert client.get("/readyz").status_code == 200


def test_a_storage_that_is_gone_is_not_ready_and_the_answer_does_not_say_where_it_was(
    client, settings, tmp_path
):
    settings.PRIVATE_FILES = tmp_path / "gone" / "private"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert parts_of(response)["storage"] == "does not answer"
    assert str(tmp_path).encode() not in response.content


def test_a_storage_that_no_file_was_put_in_yet_is_ready(client, private_files):
    assert not private_files.exists()
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_probes_are_for_reading_only(client, address):
    assert client.post(address).status_code == 405


NOT_THERE = 404
SEEN = 200


@pytest.mark.parametrize(
    ("behind_proxy", "peer", "headers", "expected"),
    [
        (False, "127.0.0.1", {}, SEEN),
        (False, "::1", {}, SEEN),
        (False, "::ffff:127.0.0.1", {}, SEEN),
        (False, "10.1.2.3", {}, SEEN),
        (False, "192.0.2.1", {}, NOT_THERE),
        (False, "", {}, NOT_THERE),
        # A proxy that the site was not told of: whoever asks may be anybody.
        (False, "127.0.0.1", {"X-Forwarded-For": "10.1.2.3"}, NOT_THERE),
        (False, "127.0.0.1", {"X-Forwarded-Proto": "https"}, NOT_THERE),
        (False, "127.0.0.1", {"Forwarded": "for=10.1.2.3"}, NOT_THERE),
        (False, "127.0.0.1", {"Via": "1.1 cache"}, NOT_THERE),
        # Behind ours, its own word is the last one.
        (True, "127.0.0.1", {"X-Forwarded-For": "10.1.2.3"}, SEEN),
        (True, "127.0.0.1", {"X-Forwarded-For": "192.0.2.1, 10.1.2.3"}, SEEN),
        (True, "127.0.0.1", {"X-Forwarded-For": "10.1.2.3, 192.0.2.1"}, NOT_THERE),
        (True, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1, 192.0.2.1"}, NOT_THERE),
        (True, "127.0.0.1", {"X-Forwarded-For": "10.1.2.3, "}, NOT_THERE),
        (True, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1, unknown"}, NOT_THERE),
        (True, "127.0.0.1", {"X-Forwarded-Proto": "https"}, NOT_THERE),
        # Straight to the process, past the proxy, from the machine itself.
        (True, "127.0.0.1", {}, SEEN),
    ],
)
def test_measurements_are_for_the_networks_of_those_who_run_the_site(
    settings, behind_proxy, peer, headers, expected
):
    settings.BEHIND_PROXY = behind_proxy
    settings.METRICS_NETWORKS = [*settings.METRICS_NETWORKS, ip_network("10.1.0.0/16")]
    response = Client(REMOTE_ADDR=peer).get("/metrics", headers=headers)
    assert response.status_code == expected


def test_to_others_measurements_are_an_address_that_does_not_exist():
    visitor = Client(REMOTE_ADDR="192.0.2.1")
    refused, never_was = visitor.get("/metrics"), visitor.get("/metricx")
    assert refused.status_code == never_was.status_code == 404
    assert refused.content == never_was.content
    assert refused.headers == never_was.headers
