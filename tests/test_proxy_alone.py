"""nginx without the site behind it: what it says itself, and whom it believes about a visitor."""

import json
import re
import ssl
import subprocess
from http.client import HTTPSConnection

import pytest

from public.api import problems
from tests import proxy
from tests.processes import ROOT
from tests.proxy import is_a_problem

pytestmark = [
    pytest.mark.process,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(bool(proxy.missing()), reason=proxy.missing() or "all is there"),
]


def test_where_nobody_answers_programs_get_a_problem_and_people_a_page(tmp_path):
    with proxy.before_nothing(tmp_path) as alone:
        is_a_problem(alone.ask("/api/v1/statistics.csv"), 502, "30", problems.AWAY)
        for address in ("/", "/api/v1/", "/api"):
            status, headers, body = alone.ask(address)
            assert (status, headers["content-type"]) == (502, "text/html; charset=utf-8")
            assert (headers["retry-after"], b"Try again in a few minutes" in body) == ("30", True)
        # An upload is told the same, and not that it is too large, or that nobody is signed in.
        for size in (100_000, 1_000_000, 2_000_000):
            status, _, body = alone.ask("/admin/letters/letter/upload/", "POST", b"x" * size)
            assert (status, b"Try again in a few minutes" in body) == (502, True)
    for file in (ROOT / "deploy" / "nginx" / "errors" / "api").iterdir():
        assert json.loads(file.read_text())["status"] == int(file.stem)


def test_each_page_of_a_refusal_is_there_and_is_used():
    configured = (ROOT / "deploy" / "nginx" / "performance.conf").read_text()
    errors = ROOT / "deploy" / "nginx" / "errors"
    there = {f"/.errors/{path.relative_to(errors)}" for path in errors.rglob("*.*")}
    assert set(re.findall(r"/\.errors/[a-z0-9/]+\.[a-z]+", configured)) == there


def listening(name):
    """A file's lines of how nginx listens, for this machine's first network alone."""
    lines = (ROOT / "deploy" / "nginx" / name).read_text()
    return lines.replace("listen [::]:80;", "").replace("listen [::]:443 ssl http2;", "")


def test_behind_a_front_with_tls_visitors_are_told_apart_and_speak_what_it_says(tmp_path):
    said = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "198.51.100.9, 203.0.113.7"}
    listen = listening("listen.conf")
    with proxy.before_a_witness(tmp_path / "alone", listen) as behind:
        assert behind.ask("/", **said)[2] == b"https 127.0.0.1"
        assert behind.ask("/", X_Forwarded_Proto="gopher")[2] == behind.ask("/")[2] == b"http 127.0.0.1"
    known = listen.replace("#set_real_ip_from 192.0.2.10", "set_real_ip_from 127.0.0.1").replace(
        "#real", "real"
    )
    with proxy.before_a_witness(tmp_path / "told", known) as behind:
        for address in ("/", "/admin/"):
            assert behind.ask(address, **said)[2] == b"https 203.0.113.7"


def test_addresses_of_one_customer_share_a_limit(tmp_path):
    """IPv6 gives whoever has one address as many as they like."""
    known = listening("listen.conf").replace("#set_real_ip_from 192.0.2.10", "set_real_ip_from 127.0.0.1")
    with proxy.before_a_witness(tmp_path, known.replace("#real", "real")) as behind:
        for network in ("2001:db8:1:2:", "2001:db8:"):
            addresses = (f"{network}:{number:x}" for number in range(1, 3000))
            assert any(behind.ask("/", X_Forwarded_For=each)[0] == 429 for each in addresses)
        for other in ("2001:db8:1:3::1", "2001:db9::1", "2001:db8:1:20:3:4:5:6", "::1", "203.0.113.7"):
            assert behind.ask("/", X_Forwarded_For=other)[0] == 200


def test_with_tls_of_its_own_nothing_that_a_visitor_says_is_believed(tmp_path):
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    files = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    subprocess.run([*made, *files], check=True, capture_output=True)
    port = proxy.free_ports(1)[0]
    listen = listening("tls.conf").replace("listen 443", f"listen 127.0.0.1:{port}")
    listen = listen.replace("/etc/letsencrypt/live/performance.example", str(tmp_path))
    said = {"X-Forwarded-Proto": "gopher", "X-Forwarded-For": "203.0.113.7"}
    challenge = tmp_path / "www" / ".well-known" / "acme-challenge" / "token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("certbot's")
    with proxy.before_a_witness(tmp_path, listen) as alone:
        assert alone.ask("/.well-known/acme-challenge/token")[2] == b"certbot's"
        assert alone.ask("/", X_Forwarded_Proto="https")[2] == b"http 127.0.0.1"
        trusting = ssl.create_default_context(cafile=tmp_path / "fullchain.pem")
        connection = HTTPSConnection("localhost", port, context=trusting)
        connection.request("GET", "/", headers=said)
        assert connection.getresponse().read() == b"https 127.0.0.1"
        connection.close()
