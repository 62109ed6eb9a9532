"""kill -9 of the web server's own processes in the middle of an upload: the same upload again is one letter."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.urls import reverse

from history.noting import note_changes
from letters import leftovers
from letters.models import Letter
from operating.integrity import faults
from tests import factories
from tests.killing import close
from tests.processes import ROOT, children_of, environment, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

EDGE = "what-parts-one-field-from-another"
# How much of the body the server has got, and how many seconds it has had with it: it takes some 50 ms.
MOMENTS = [(0.5, 0.0), (1.0, 0.0), (1.0, 0.015), (1.0, 0.04)]


class Site:
    """gunicorn on the test's database and files, and a member of staff's way to its page of uploads."""

    def __init__(self, private_files, client) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._environment = environment(private_files, DATABASE_POOL="0", SECRET_KEY=settings.SECRET_KEY)
        self._page = reverse("admin:letters_letter_upload")
        self._cookies = {"sessionid": client.cookies["sessionid"].value}

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "ombudsman.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self._master = subprocess.Popen(
            [*command, "--log-level", "critical"],
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
        )
        wait_for(self._sign_in, every=0.1)

    def kill_worker(self) -> None:
        """Its master starts another one."""
        for pid in children_of(self._master.pid):
            os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """The master and its worker at once, as when the power fails."""
        os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()

    def upload(self, content: bytes) -> int:
        """The status of the answer."""
        connection = self._sent(content, 1.0)
        try:
            return connection.getresponse().status
        finally:
            connection.close()

    def upload_killed(self, content: bytes, part: float, seconds: float, kill) -> None:
        """Whoever sends it gets no answer, unless it was done before."""
        connection = self._sent(content, part)
        time.sleep(seconds)
        kill()
        connection.close()

    def _sent(self, content: bytes, part: float) -> HTTPConnection:
        body = _form({"csrfmiddlewaretoken": self._cookies["csrftoken"], "review": ""}, content)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.putrequest("POST", self._page, skip_host=True)
        connection.putheader("Host", "localhost")
        connection.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        connection.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[: int(len(body) * part)])
        return connection

    def _sign_in(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            headers = {"Host": "localhost", "Cookie": f"sessionid={self._cookies['sessionid']}"}
            connection.request("GET", self._page, headers=headers)
            answer = connection.getresponse()
            cookies = answer.headers.get_all("Set-Cookie") or []
        except OSError:
            return False
        finally:
            connection.close()
        assert answer.status == 200, answer.status
        named = dict(cookie.split(";")[0].split("=", 1) for cookie in cookies)
        self._cookies["csrftoken"] = named["csrftoken"]
        return True


def _form(fields: dict[str, str], content: bytes) -> bytes:
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="letter.pdf"\r\n'
    kind = "Content-Type: application/pdf\r\n\r\n"
    return b"".join([*parts, (head + kind).encode(), content, f"\r\n--{EDGE}--\r\n".encode()])


@pytest.fixture
def site(private_files, client):
    client.force_login(factories.staff())
    note_changes("Made for a test.")
    site = Site(private_files, client)
    site.start()
    yield site
    site.kill()
    close()


def test_t02_a_server_killed_in_the_middle_of_an_upload_leaves_one_letter(site, private_files):
    deaths = [(moment, site.kill_worker) for moment in MOMENTS] + [((1.0, 0.015), site.kill)]
    for number, (moment, kill) in enumerate(deaths, start=1):
        content = factories.pdf_bytes()
        site.upload_killed(content, *moment, kill)
        if kill == site.kill:
            site.start()
        assert site.upload(content) == 302
        assert Letter.objects.count() == number
    _age(private_files)
    leftovers.remove_leftovers()
    assert len(list(private_files.rglob("*.pdf*"))) == Letter.objects.count()
    assert [(fault.code, fault.message) for fault in faults()] == []


def _age(folder) -> None:
    long_ago = time.time() - 2 * 3600
    for path in folder.rglob("*.pdf*"):
        os.utime(path, (long_ago, long_ago))
