"""The site behind a real nginx: kept while it stands, new at the hour, gone when withdrawn; nothing of staff kept."""

import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from caches import purging
from caches.models import Change
from letters import workflow
from letters.models import Letter
from public.api import problems
from tests import factories, odd_pdfs, proxy
from tests.processes import environment, wait_for
from tests.proxy import is_a_problem

pytestmark = [
    pytest.mark.process,
    pytest.mark.xdist_group("nginx"),
    pytest.mark.skipif(bool(proxy.missing()), reason=proxy.missing() or "all is there"),
]

AT = "/your-councils-performance/sometown-council"
STATISTICS = f"{AT}/statistics"
# T41: web server and database in other parts of the world than the visitor.
ELSEWHERE = {"TZ": "America/New_York", "PGTZ": "Asia/Tokyo"}
LIST = f"{AT}/annualletters"
PDF = f"{LIST}/2020.pdf"


@pytest.fixture(scope="module")
def servers(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    known = environment(folder / "private", SECRET_KEY=django_settings.SECRET_KEY, **ELSEWHERE)
    with proxy.running(folder, known) as running:
        yield running


@dataclass
class Site:
    """An approved letter to Sometown Council, of an edition without an hour, on a site behind a proxy."""

    proxy: proxy.Proxy
    letter: Letter

    def ask(self, *arguments, **more):
        return self.proxy.ask(*arguments, **more)

    def publish(self, hour: datetime | None = None) -> None:
        workflow.schedule(
            self.letter.review, hour or timezone.now(), self.letter.approved_by, acknowledged=True
        )

    def withdraw(self) -> None:
        self.letter.refresh_from_db()
        workflow.withdraw(self.letter, self.letter.approved_by, "It was sent to the wrong council.")

    def what_became_of(self, address: str) -> list[str]:
        """What the proxy did with each request for the address: it had it kept ("HIT"), or not."""
        lines = map(json.loads, self.proxy.log.read_text().splitlines())
        return [line["kept"] for line in lines if line["path"] == address]

    def is_kept(self, address: str) -> bool:
        """Whether a request is answered from what one before it left, which may be there a moment after its answer."""
        before = len(self.what_became_of(address))
        self.ask(address)

        def was_kept() -> bool:
            self.ask(address)
            return "HIT" in self.what_became_of(address)[before + 1 :]

        return wait_for(was_kept, every=0.05)


@pytest.fixture
def site(servers, transactional_db, settings):
    settings.PRIVATE_FILES = servers.folder / "private"
    settings.PROXY_PURGE = [servers.purge]
    staff = factories.staff()
    letter = factories.letter(
        factories.edition(2020),
        staff,
        council=factories.council("Sometown Council"),
        pdf=odd_pdfs.letter(["Words"]),
    )
    workflow.approve(letter, staff, reason="As printed.")
    assert purging.purge()
    return Site(servers, letter)


def test_what_is_public_is_kept_by_the_proxy_alone(site):
    site.publish()
    for address in ("/", STATISTICS, PDF, "/national-picture", "/robots.txt"):
        assert site.is_kept(address)
        status, headers, body = site.ask(address)
        # Browsers ask each time; what only the proxy may know stays with it.
        assert (status, headers["cache-control"]) == (200, "no-cache")
        told = {name for name in headers if name.startswith("x-accel") or name == "x-generation"}
        assert not told | ({"set-cookie", "vary"} & set(headers)) - {"vary"}
        assert site.ask(address, If_None_Match=headers["etag"])[0] == 304
        status, of_head, nothing = site.ask(address, "HEAD")
        assert (status, of_head["etag"], nothing) == (200, headers["etag"], b"")
        # A visitor's cookie reaches nobody, and changes nothing.
        assert site.ask(address, Cookie="sessionid=x; csrftoken=y")[2] == body
    assert site.ask("/", Accept_Encoding="gzip")[1]["content-encoding"] == "gzip"
    icon = site.ask("/favicon.ico")[1]["location"]
    assert "immutable" in site.ask(icon)[1]["cache-control"]


def test_parts_of_a_kept_pdf(site):
    site.publish()
    whole = site.ask(PDF)
    etag = whole[1]["etag"]
    for headers in ({}, {"If_Range": etag}):
        status, said, part = site.ask(PDF, Range="bytes=2-5", **headers)
        assert (status, part, said["content-range"]) == (206, whole[2][2:6], f"bytes 2-5/{len(whole[2])}")
    assert site.ask(PDF, Range="bytes=2-5", If_Range='"another"')[0] == 200
    assert site.ask(PDF, Range="bytes=9999999-")[0] == 416


def test_t47_at_the_hour_the_new_page_is_there(site):
    """What was kept before the hour, 404 and "no letter" alike, is not seen after it, nor the letter before it."""
    hour = datetime.fromtimestamp(int(time.time()) + 8, tz=timezone.get_default_timezone())
    site.publish(hour)
    assert site.is_kept(LIST)
    # A busy machine had its time; to ask for all of it would be over the limit.
    time.sleep(max(0, (hour - timezone.now()).total_seconds() - 2))
    seen = {True: set(), False: set()}
    while (began := timezone.now()) < hour + timedelta(seconds=0.7) or not seen[True]:
        answers = (site.ask(PDF)[0], b"2020.pdf" in site.ask(LIST)[2])
        if began >= hour or timezone.now() < hour:
            seen[began >= hour].add(answers)
        time.sleep(0.05)
    assert seen == {False: {(404, False)}, True: {(200, True)}}


def test_t47_withdrawn_it_is_gone_from_the_proxy(site):
    """T49 too: what a visitor has, and names by its true ETag, is not said to be unchanged."""
    site.publish()
    assert site.is_kept(PDF)
    assert site.is_kept(STATISTICS)
    had = site.ask(PDF)[1]["etag"]
    site.withdraw()
    for headers in (
        {},
        {"If_None_Match": had},
        {"Range": "bytes=0-9"},
        {"If_Range": had, "Range": "bytes=0-9"},
    ):
        status, said, body = site.ask(PDF, **headers)
        assert (status, said["cache-control"]) == (410, "no-cache")
        assert b"It was sent to the wrong council." in body
    assert b"100%" not in site.ask(STATISTICS)[2]


def test_a_purge_that_was_lost_is_made_up_for(site, settings, caplog, monkeypatch):
    """The proxy does not answer when the letter is withdrawn: the withdrawal stands, and a worker's sweep tells it."""
    site.publish()
    purging.catch_up()
    assert site.is_kept(PDF)
    settings.PROXY_PURGE = ["http://127.0.0.1:9/purge"]
    site.withdraw()
    assert "could not be told" in caplog.text
    purging.catch_up()
    assert Change.objects.exists()
    settings.PROXY_PURGE = [site.proxy.purge]
    purging.catch_up()
    assert site.ask(PDF)[0] == 410
    # Told again for a while, since an answer from before the change may have been on its way.
    assert Change.objects.exists()
    monkeypatch.setattr(purging, "AGAIN_FOR", timedelta(0))
    purging.catch_up()
    assert not Change.objects.exists()


def test_only_this_machine_may_purge(site):
    for address in ("/purge", "/.generation", "/generation", "/new", "/readyz", "/metrics"):
        assert site.ask(address)[0] == 404
    elsewhere = HTTPConnection("127.0.0.1", site.proxy.inside, source_address=("127.0.0.2", 0))
    elsewhere.request("GET", "/purge")
    assert elsewhere.getresponse().status == 403
    elsewhere.close()


def test_nothing_of_staff_is_kept(site):
    """T48: whatever an address of staff is made to look like, nobody finds there what staff have just seen."""
    client = Client()
    client.force_login(site.letter.approved_by)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    of_staff = f"/admin/letters/letter/{site.letter.pk}/change/"
    disguised = ["x.css", ";/a.pdf", "..%2fx.css", "%2e%2e/x.js", "?x=/committee-pack/2020.pdf"]
    before = site.proxy.log.read_text().count("HIT")
    assert b"Sometown" in site.ask(of_staff, Cookie=cookie)[2]
    for address in (of_staff, "/admin/login/", *(of_staff + each for each in disguised)):
        for headers in ({"Cookie": cookie}, {}):
            assert site.ask(address, **headers)[1]["cache-control"] in {"private, no-store", "no-cache"}
        assert b"Sometown" not in site.ask(address)[2]
    for address in (
        f"/static/..%2f{of_staff}",
        f"/x/committee-pack/2020.pdf/..{of_staff}",
        f"/{of_staff}",
        f"{AT}/;a.pdf",
    ):
        for headers in ({"Cookie": cookie}, {}):
            assert site.ask(address, **headers)[0] in {301, 302, 404}
    assert site.proxy.log.read_text().count("HIT") == before


def test_what_visitors_type_and_keys_of_the_few_are_neither_kept_nor_logged(site):
    for address in (
        "/councils?q=Zyxwold",
        "/councils/suggest?q=Zyxwold",
        "/map?name=Zyxwold",
        "/compare?q=Zyxwold",
    ):
        for _ in range(2):
            site.ask(address)
    assert "HIT" not in site.what_became_of("/councils/suggest") + site.what_became_of("/compare")
    key = "/before-publication/Zyxwold-Zyxwold-Zyxwold-Zyxwold-Zyxwold-xyz/town"
    for address in (key, key.replace("before", "Before")):
        assert site.ask(address)[0] == 404
    assert "Zyxwold" not in site.proxy.log.read_text()


def test_t54_every_request_counts_against_the_limit_whatever_it_asks_for(site):
    """Over the limit, an approved letter under embargo, a year without one and nonsense get the same refusal."""
    site.publish(timezone.now() + timedelta(days=1))
    for address in (PDF, f"{LIST}/2019.pdf", f"{STATISTICS}?year=2020", "/nonsense", LIST):
        status, headers, body = over_the_limit(site, address)
        assert (status, headers["cache-control"], b"Wait a minute" in body) == (429, "no-store", True)
    is_a_problem(over_the_limit(site, "/api/v1/statistics"), 429, "60", problems.TOO_MANY)
    assert b"<h1>Too many requests</h1>" in over_the_limit(site, "/api/v1/")[2]


def over_the_limit(site, address):
    """The refusal of the address to who asks too often. While a busy machine waits, one more may be let in."""
    for _ in range(50):
        while site.ask("/robots.txt")[0] != 429:
            pass
        if (answer := site.ask(address))[0] == 429:
            return answer
    raise AssertionError(f"{address} is never refused")
