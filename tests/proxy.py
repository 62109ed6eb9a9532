"""nginx before gunicorn on loopback, configured by deploy/nginx with other places and ports."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from public.api import problems
from tests.processes import ROOT, wait_for

MODULES = Path("/usr/lib/nginx/modules")

_MAIN = """
{user}
daemon off;
worker_processes {workers};
worker_rlimit_nofile 8192;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{modules}
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf/performance.conf;
    include {folder}/conf/brotli.conf;
}}
"""


def missing() -> str:
    """What this machine lacks for a proxy; empty if it has all."""
    return "" if shutil.which("nginx") else "there is no nginx on this machine"


@dataclass
class Proxy:
    """A running nginx and the site behind it."""

    folder: Path
    port: int
    behind: int  # gunicorn's own port
    inside: int  # the port of purges

    @property
    def purge(self) -> str:
        return f"http://127.0.0.1:{self.inside}/purge"

    @property
    def log(self) -> Path:
        return self.folder / "access.log"

    def ask(self, address: str, method: str = "GET", body: bytes = b"", port: int = 0, **headers: str):
        """The answer of nginx, or of another port: status, headers with names in lower case, body."""
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=120)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, address, body or None, {"Host": "localhost", **named})
            response = connection.getresponse()
            answered = {name.lower(): value for name, value in response.getheaders()}
            return response.status, answered, response.read()
        finally:
            connection.close()


@contextmanager
def running(
    folder: Path, environment: dict[str, str], web_workers: int = 1, burst: int = 100
) -> Iterator[Proxy]:
    """nginx and gunicorn until the block ends; `environment` says which database and files.

    `burst` is how many requests the test may send at once before it is told to wait.
    """
    proxy = Proxy(folder, *free_ports(3))
    _configure(proxy, burst)
    web = [sys.executable, "-m", "gunicorn", "ombudsman.wsgi", "--bind", f"127.0.0.1:{proxy.behind}"]
    web += ["--workers", str(web_workers), "--threads", "4", "--backlog", "2048", "--log-level", "warning"]
    known = environment | {"PROXY_PURGE": proxy.purge, "BEHIND_PROXY": "1", "LOG_LEVEL": "ERROR"}
    processes = [subprocess.Popen(web, cwd=ROOT, env=known), _nginx(folder)]
    try:
        wait_for(lambda: _answers(proxy), every=0.1)
        yield proxy
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


@contextmanager
def before_nothing(folder: Path) -> Iterator[Proxy]:
    """nginx alone, with nobody behind it."""
    proxy = Proxy(folder, *free_ports(3))
    _configure(proxy, burst=100)
    process = _nginx(folder)
    try:
        wait_for(lambda: _answers(proxy, 502), every=0.1)
        yield proxy
    finally:
        process.terminate()
        process.wait()


class _Witness(BaseHTTPRequestHandler):
    """Answers every request with what it was told of the visitor."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.headers['X-Forwarded-Proto']} {self.headers['X-Forwarded-For']}".encode())

    def log_message(self, *_):
        pass


@contextmanager
def before_a_witness(folder: Path, listen: str) -> Iterator[Proxy]:
    """nginx that listens as these lines say, before a server that repeats what it is told of the visitor."""
    proxy = Proxy(folder, *free_ports(3))
    _configure(proxy, burst=100)
    (folder / "conf" / "listen.conf").write_text(
        listen.replace("listen 80;", f"listen 127.0.0.1:{proxy.port};")
    )
    with ThreadingHTTPServer(("127.0.0.1", proxy.behind), _Witness) as witness:
        Thread(target=witness.serve_forever).start()
        process = _nginx(folder)
        try:
            wait_for(lambda: _answers(proxy), every=0.1)
            yield proxy
        finally:
            witness.shutdown()
            process.terminate()
            process.wait()


def _configure(proxy: Proxy, burst: int) -> None:
    """The configuration as it is in the repository, with this test's places in the place of Debian's."""
    (proxy.folder / "conf").mkdir(parents=True)
    (proxy.folder / "cache").mkdir()
    moved = {
        "/etc/nginx/performance": str(proxy.folder / "conf"),
        "/var/cache/nginx/performance": str(proxy.folder / "cache"),
        "/var/log/nginx/performance.log": str(proxy.log),
        "/var/www/html": str(proxy.folder / "www"),
        "127.0.0.1:8000": f"127.0.0.1:{proxy.behind}",
        "127.0.0.1:8081": f"127.0.0.1:{proxy.inside}",
        "listen 80;": f"listen 127.0.0.1:{proxy.port};",
        "listen [::]:80;": "",
        "burst=200": f"burst={burst}",
    }
    kept = ROOT / "deploy" / "nginx"
    shutil.copytree(kept / "errors", proxy.folder / "conf" / "errors")
    for file in kept.glob("*.conf"):
        text = file.read_text()
        for there, here in moved.items():
            text = text.replace(there, here)
        (proxy.folder / "conf" / file.name).write_text(text)
    modules = list(MODULES.glob("ngx_http_brotli_filter_module.so"))
    if not modules:
        (proxy.folder / "conf" / "brotli.conf").write_text("")
    (proxy.folder / "nginx.conf").write_text(
        _MAIN.format(
            folder=proxy.folder,
            workers=os.cpu_count(),
            user="user root;" if os.geteuid() == 0 else "",
            modules="\n".join(f"load_module {each};" for each in modules),
        )
    )


def _nginx(folder: Path) -> subprocess.Popen:
    return subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"])


def _answers(proxy: Proxy, status: int = 200) -> bool:
    try:
        return proxy.ask("/robots.txt")[0] == status
    except OSError:
        return False


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def is_a_problem(answer, status, wait, kind=None):
    """What nginx itself says to a program, in the site's own words where the site knows the kind."""
    told, headers, body = answer
    problem = json.loads(body)
    assert (told, problem["status"], headers.get("retry-after")) == (status, status, wait)
    assert headers["content-type"] == problems.CONTENT_TYPE
    assert (headers["cache-control"], headers["access-control-allow-origin"]) == ("no-store", "*")
    assert headers["access-control-expose-headers"] == problems.EXPOSED
    if kind:
        assert problem["type"] == f"{problems.PREFIX}#{kind.anchor}"
        assert problem["detail"].endswith(kind.advice)
