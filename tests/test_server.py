"""The server that the site is run by: what it refuses before the site is asked, and how it bears a lost database."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.processes import ROOT, wait_for

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def port(log):
    """A server whose database is away: at its address nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as nobody:
        port, away = free.getsockname()[1], nobody.getsockname()[1]
    variables = {
        "DATA_DIR": str(log.parent),
        "DATABASE_URL": f"postgresql://nobody:hidden@127.0.0.1:{away}/none",
        "DATABASE_POOL": "0",
        "LOG_FORMAT": "json",
    }
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "ombudsman.wsgi", "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=os.environ | variables,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(lambda: answer(port, "/robots.txt").startswith(b"HTTP/1.1 200"), every=0.2)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def test_a_query_of_a_megabyte_is_refused_by_the_server_itself(port):
    """T58: before it reaches the site, with a status that says why; and the next visitor is answered."""
    refused = answer(port, f"/councils?q={'a' * 1_000_000}")
    assert refused.startswith(b"HTTP/1.1 414")
    assert b"<h1>" in refused
    assert answer(port, "/robots.txt").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("address", ["/", "/councils?q=x", "/no-page", "/admin/login/?next=/admin/"])
def test_t86_without_its_database_each_page_says_so_plainly_and_when_to_come_back(port, address):
    said = answer(port, address, cookie=f"sessionid={'x' * 32}").decode()
    assert said.startswith("HTTP/1.1 503")
    assert "\r\nRetry-After: 30\r\n" in said
    assert "\r\nCache-Control: " in said
    assert "Sorry, this site is not available at the moment" in said
    for trace in ["Traceback", "OperationalError", "nobody", "hidden", "127.0.0.1"]:
        assert trace not in said


def test_t86_without_its_database_it_lives_but_is_not_ready(port):
    assert answer(port, "/healthz").startswith(b"HTTP/1.1 200")
    said = answer(port, "/readyz").decode()
    assert said.startswith("HTTP/1.1 503")
    parts = json.JSONDecoder().raw_decode(said[said.index("{") :])[0]["parts"]
    assert parts["database"] == parts["clock"] == parts["migrations"] == "does not answer"
    assert parts["storage"] == "ok"
    assert "hidden" not in said


def test_the_style_of_the_page_does_not_need_the_database(port):
    assert answer(port, "/static/site.css").startswith(b"HTTP/1.1 200")


def test_what_the_site_logs_of_it_is_a_json_line_each_without_the_password(port, log):
    answer(port, "/?q=Zyxwold")
    lines = [line for line in log.read_text().splitlines() if line.startswith("{")]
    assert {"GET answered with 503"} <= {json.loads(line)["message"] for line in lines}
    assert not {"hidden", "Zyxwold", "Traceback"} & {word for line in lines for word in line.split()}
    assert "hidden" not in log.read_text()
    assert "Zyxwold" not in log.read_text()


def answer(port, address, cookie="none"):
    """What the server says, even if it stops listening before all is said; nothing if it is not there yet."""
    said = b""
    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)) as connection:
        with suppress(ConnectionError):
            connection.sendall(
                f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
            )
        while part := connection.recv(65_536):
            said += part
    return said
