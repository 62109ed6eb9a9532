"""`scripts/bench release`: an edition becomes public while visitors ask without a pause, through nginx on loopback.

Requests are sent at a steady pace from before the hour until after it. It fails on an error, on a page that is older
than one second after the hour, and on a page of half an edition.
"""

import argparse
import os
import random
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles

from tests import proxy
from tests.bench import machine
from tests.bench.site import site

# The proxy lets one address have no more than 60 connections at once.
SENDERS = 50
_sender = threading.local()


@dataclass(frozen=True)
class Answer:
    """One request: when it began and ended, in seconds since 1970, and what came."""

    address: str
    began: float
    ended: float
    status: int
    letters: int  # how many the page tells of, where it tells


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--letters", type=int, default=317)
    arguments.add_argument("--rate", type=int, default=200, help="requests a second")
    arguments.add_argument(
        "--seconds", type=int, default=20, help="how long, a quarter of it before the hour"
    )
    chosen = arguments.parse_args()
    with site() as folder:
        review, by, slugs = edition(chosen.letters)
        with proxy.running(folder / "nginx", environment(folder), web_workers=2, burst=1_000_000) as running:
            hour = float(int(time.time()) + 3 + chosen.seconds // 4)
            schedule(review, by, hour, running)
            answers = load(running, addresses(slugs), hour - chosen.seconds // 4, chosen)
    sys.exit(told(answers, hour, chosen))


def environment(folder: Path) -> dict[str, str]:
    from django.conf import settings

    return dict(os.environ) | {"SECRET_KEY": settings.SECRET_KEY, "DEMONSTRATION": "1"}


def edition(count: int):
    """An edition of so many approved letters, to councils of the register."""
    from councils.models import Council
    from tests import factories

    by, review = factories.staff("publisher"), factories.edition(2020)
    standing = Council.objects.filter(last_day=None).order_by("slug")
    councils = [each for each in standing if each.existed_in_year_of(date(2020, 3, 31))][:count]
    for council in councils:
        factories.public_letter(review, by, council, pages=factories.SOME_PAGES)
    return review, by, [council.slug for council in councils]


def schedule(review, by, hour: float, running: proxy.Proxy) -> None:
    from django.conf import settings

    from letters import workflow

    settings.PROXY_PURGE = [running.purge]
    workflow.schedule(review, datetime.fromtimestamp(hour, UTC), by, acknowledged=True)


def addresses(slugs: list[str]) -> list[str]:
    """What visitors ask for: mostly the home page and the national picture, else some council, few of them often."""
    popular = ["/", "/national-picture", "/national-picture?year=2020"]
    drawn = random.Random(2020)
    weights = [1 / place for place in range(1, len(slugs) + 1)]
    asked = []
    for slug in drawn.choices(slugs, weights, k=1000):
        at = f"/your-councils-performance/{slug}"
        asked += [drawn.choice(popular), f"{at}/statistics?year=2020", f"{at}/annualletters/2020.pdf"]
    return asked


def load(running: proxy.Proxy, asked: list[str], begin: float, chosen) -> list[Answer]:
    """Send each request at its time, whatever became of those before it."""

    def send(number: int) -> Answer:
        time.sleep(max(0.0, begin + number / chosen.rate - time.time()))
        return ask(running.port, asked[number % len(asked)])

    with ThreadPoolExecutor(SENDERS) as pool:
        return list(pool.map(send, range(chosen.rate * chosen.seconds)))


def ask(port: int, address: str) -> Answer:
    if not hasattr(_sender, "connection"):
        _sender.connection = HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.time()
    try:
        _sender.connection.request("GET", address, headers={"Host": "localhost"})
        response = _sender.connection.getresponse()
        body = response.read()
    except OSError:
        _sender.connection.close()
        return Answer(address, began, time.time(), 0, 0)
    return Answer(address, began, time.time(), response.status, _letters(address, body))


def _letters(address: str, body: bytes) -> int:
    """Of how many letters the national picture tells; 0 elsewhere, and before the hour."""
    found = re.search(rb"([0-9,]+) letters", body) if address.startswith("/national") else None
    return int(found[1].replace(b",", b"")) if found else 0


def told(answers: list[Answer], hour: float, chosen) -> int:
    """Print the result; 1 where something was wrong."""
    failed = [each for each in answers if each.status not in {200, 404}]
    public = [each for each in answers if each.address not in {"/", "/national-picture"}]
    early = [each for each in public if each.ended < hour and each.status == 200]
    stale = [each for each in public if each.began > hour + 1 and each.status != 200]
    half = [each for each in answers if each.letters not in {0, chosen.letters}]
    after = [each.ended - each.began for each in answers if each.began >= hour]
    last_old = max((each.began - hour for each in public if each.status == 404), default=0.0)
    centiles = quantiles(after, n=100)
    print(
        f"{machine.description()}\n{chosen.letters} letters, {len(answers)} requests at {chosen.rate} a second\n"
    )
    for words, number in (
        ("errors", len(failed)),
        ("before the hour, yet there", len(early)),
        ("a second after the hour, yet not there", len(stale)),
        ("pages of half an edition", len(half)),
    ):
        print(f"{words:45}{number:8}")
    print(
        f"{'seconds until an answer, after the hour':45}{centiles[49]:8.3f} (half), {centiles[94]:.3f} (95%)"
    )
    print(f"{'the last request that did not find its page':45}{last_old:8.3f} seconds after the hour")
    return int(bool(failed or early or stale or half))


if __name__ == "__main__":
    main()
