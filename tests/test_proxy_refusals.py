"""What nginx refuses before the site sees it: who may send how much, and what it cannot read or keep."""

import socket
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests import factories, proxy
from tests.processes import environment, wait_for
from tests.proxy import is_a_problem

pytestmark = [
    pytest.mark.process,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(bool(proxy.missing()), reason=proxy.missing() or "all is there"),
]

UPLOAD = "/admin/letters/letter/upload/"


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    known = environment(folder / "private", SECRET_KEY=django_settings.SECRET_KEY)
    with proxy.running(folder, known) as running:
        yield running


@pytest.fixture
def cookie(transactional_db):
    """Of somebody who is signed in."""
    client = Client()
    client.force_login(factories.staff())
    return f"sessionid={client.cookies['sessionid'].value}"


def test_what_is_too_large_or_too_long_is_refused_in_words(site):
    status, _, body = site.ask("/", "POST", b"x" * 100_000)
    assert (status, b"Nothing of it was kept" in body) == (413, True)
    is_a_problem(site.ask("/api/v1/statistics", "POST", b"x" * 100_000), 413, None)
    status, _, body = site.ask(f"/councils?q={'a' * 20_000}")
    assert (status, b"too long" in body) == (414, True)


def test_nobody_fills_the_disk_with_what_only_staff_may_send(site, transactional_db):
    """nginx keeps what is sent on its disk before the site sees it, and asks the site first whose it is."""
    before = on_disk(site)
    for address in ("/admin/", "/admin/login/", UPLOAD, "/admin/nonsense"):
        with sending(site, address, megabytes=30, chunks=30) as connection:
            answer = connection.getresponse()
            assert (answer.status, answer.headers["cache-control"]) == (403, "no-store")
            assert b"You are signed out" in answer.read()
    assert on_disk(site) == before
    # Where no length is said beforehand, it ends at what a form may have.
    for method in ("POST", "GET"):
        assert in_chunks(site, UPLOAD, method) == 403
    with sending(site, f"/councils{UPLOAD}", megabytes=2) as connection:
        assert connection.getresponse().status == 413


def test_whoever_is_not_signed_in_is_still_answered_by_the_site(site, transactional_db):
    """Forms of people who were signed out meanwhile are kept for them; others are led to where one signs in."""
    for address in ("/admin/", UPLOAD):
        status, headers, _ = site.ask(address)
        assert (status, headers["location"]) == (302, f"/admin/login/?next={address}")
    assert site.ask("/admin/login/")[0] == 200
    typed = b"x" * 300_000
    status, _, body = site.ask("/admin/guidance/page/", "POST", typed, Content_Type="text/plain")
    assert (status, b"Nothing was saved" in body) == (403, True)
    assert site.ask("/admin/", Host="another.example")[0] == 400


def test_staff_send_a_year_of_letters_but_a_few_at_a_time(site, cookie):
    for address in ("/admin/", "/admin/login/", f"{UPLOAD}x/"):
        with sending(site, address, megabytes=50, cookie=cookie) as connection:
            assert connection.getresponse().status == 413
    # Read by the site, which takes no form without its token.
    assert site.ask(UPLOAD, "POST", b"x" * 2_000_000, Cookie=cookie)[0] == 403
    assert "You are signed out" not in site.ask(UPLOAD, "POST", b"x" * 2_000_000, Cookie=cookie)[2].decode()
    before = on_disk(site)
    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(sending(site, UPLOAD, megabytes=1050, chunks=1, cookie=cookie))
        wait_for(lambda: on_disk(site) == before + 4, every=0.1)
        fifth = wait_for(lambda: refused(site, UPLOAD, cookie), every=0.1)
        assert fifth == 429


def test_where_nginx_has_no_room_staff_are_told_that_nothing_was_kept(site, cookie):
    """It writes what is sent into a folder, which here is not there."""
    body = site.folder / "body"
    away = body.rename(site.folder / "away")
    try:
        for size in (300_000, 3_000_000):
            status, headers, said = site.ask(UPLOAD, "POST", b"x" * size, Cookie=cookie)
            assert (status, headers["cache-control"]) == (500, "no-store")
            assert b"nothing of it was kept" in said
    finally:
        away.rename(body)
    assert site.ask(UPLOAD, Cookie=cookie)[0] == 200


def test_what_nginx_cannot_read_is_answered_in_words(site):
    for sent in (b"NONSENSE\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", site.port), timeout=120) as connection:
            connection.sendall(sent)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert b"could not read this request" in answer
    status, headers, body = site.ask("/", Cookie="x=" + "y" * 40_000)
    assert (status, headers["cache-control"]) == (400, "no-store")
    assert b"cookies" in body


@contextmanager
def sending(site, address, megabytes, chunks=0, cookie=""):
    """A connection by which so much is announced to be sent, and so many megabytes of it are, while it takes them."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=120)
    connection.putrequest("POST", address)
    connection.putheader("Content-Length", str(megabytes * 1024 * 1024))
    connection.putheader("Cookie", cookie)
    connection.endheaders(b"x" * 1000)
    with suppress(ConnectionError):
        for _ in range(chunks):
            connection.send(b"x" * 1024 * 1024)
    yield connection
    connection.close()


def on_disk(site):
    """How many requests nginx has written to its disk so far: it takes the names of such files away at once."""
    return (site.folder / "error.log").read_text().count("buffered to a temporary file")


def in_chunks(site, address, method):
    """The answer to five megabytes whose length is not said beforehand."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=120)
    with suppress(ConnectionError):
        connection.request(method, address, iter([b"x" * 1024 * 1024] * 5), encode_chunked=True)
    status = connection.getresponse().status
    connection.close()
    return status


def refused(site, address, cookie):
    """The status by which nginx refuses what would be sent there; nothing while it waits for the rest of it."""
    with sending(site, address, megabytes=1050, cookie=cookie) as connection:
        connection.sock.settimeout(0.5)
        with suppress(TimeoutError):
            return connection.getresponse().status
