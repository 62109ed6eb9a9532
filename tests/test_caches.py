"""A cache that all hosts share, held against a real Redis; and what happens when it is away."""

import shutil
import subprocess

import pytest
from django.core.cache import cache

from councils.models import Council
from letters import clock, workflow
from ombudsman import caches
from operating.caches import BearableRedisCache
from public.pack import printing
from tests import factories
from tests.operators import parts_of
from tests.processes import wait_for

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not shutil.which("redis-server"), reason="there is no redis-server on this machine"),
]


@pytest.fixture(scope="module")
def socket(tmp_path_factory):
    return tmp_path_factory.mktemp("redis") / "socket"


@pytest.fixture(scope="module")
def server(socket):
    """A Redis that listens on a socket only and keeps nothing."""
    started = subprocess.Popen(
        ["redis-server", "--port", "0", "--unixsocket", socket, "--save", ""],
        cwd=socket.parent,
        stdout=subprocess.DEVNULL,
    )
    wait_for(socket.exists)
    yield started
    started.kill()
    started.wait()


@pytest.fixture
def redis(server, socket, settings):
    settings.CACHES = {"default": caches.cache(f"unix://{socket}")}
    cache.clear()


@pytest.fixture
def away(tmp_path, settings, monkeypatch):
    monkeypatch.setattr(BearableRedisCache, "_said_at", float("-inf"))
    settings.CACHES = {"default": caches.cache(f"unix://{tmp_path}/nobody")}


@pytest.mark.django_db
def test_a_shared_cache_is_ready_and_keeps_what_it_is_given(client, redis):
    assert parts_of(client.get("/readyz"))["cache"] == "ok"
    cache.set_many({"a": b"\x00bytes", "b": 1})
    assert cache.get_many(["a", "b", "c"]) == {"a": b"\x00bytes", "b": 1}


@pytest.mark.django_db
def test_a_committee_pack_is_printed_once_for_all_until_it_says_something_else(client, redis, monkeypatch):
    printed = []
    print_it = printing.as_pdf
    monkeypatch.setattr(printing, "as_pdf", lambda data: printed.append(data) or print_it(data))
    council = factories.council("Sometown Council")
    letter = factories.public_letter(council=council)
    workflow.schedule(letter.review, clock.now(), letter.received_by, acknowledged=True)
    address = "/your-councils-performance/sometown-council/committee-pack/2020.pdf"
    first, second = client.get(address), client.get(address)
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")
    assert len(printed) == 1
    Council.objects.filter(pk=council.pk).update(name="Othertown Council")
    assert client.get(address).content != first.content
    assert len(printed) == 2


@pytest.mark.django_db
def test_without_its_cache_the_site_goes_on_and_says_so_once(client, away, caplog):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert parts_of(response)["cache"] == "does not keep what it is given"
    assert cache.get("a", "instead") == "instead"
    assert cache.get_many(["a"]) == {}
    assert cache.delete("a") is False
    said = [record for record in caplog.records if "shared cache does not answer" in record.message]
    assert len(said) == 1
