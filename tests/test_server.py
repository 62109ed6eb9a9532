"""The server that the site is run by, with what it refuses before the site is asked."""

import os
import socket
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.processes import ROOT, wait_for


@pytest.mark.process
def test_a_query_of_a_megabyte_is_refused_by_the_server_itself(tmp_path):
    """T58: before it reaches the site, with a status that says why; and the next visitor is answered."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "ombudsman.wsgi", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: answer(port, "/robots.txt").startswith(b"HTTP/1.1 200"), every=0.2)
        refused = answer(port, f"/councils?q={'a' * 1_000_000}")
        assert refused.startswith(b"HTTP/1.1 414")
        assert b"<h1>" in refused
        assert answer(port, "/robots.txt").startswith(b"HTTP/1.1 200")
    finally:
        server.terminate()
        server.wait()


def answer(port, address):
    """What the server says, even if it stops listening before all is said; nothing if it is not there yet."""
    said = b""
    with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)) as connection:
        with suppress(ConnectionError):
            connection.sendall(
                f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
            )
        while part := connection.recv(65_536):
            said += part
    return said
