"""How fast decisions are brought in, and what their lists cost when there are ten times as many.

scripts/bench cases [--decisions N] [--growth N] [--database ADDRESS]

The Ombudsman makes about 20,000 decisions a year: ten times as many are those of ten times as many years.
"""

import argparse
import json
import time
from datetime import date, timedelta

from tests.bench.machine import description
from tests.bench.site import site

PER_YEAR = 20_000
LIMIT, RATIO = 120, 1.5
RUNS = 15


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=60_000)
    parser.add_argument("--growth", type=int, default=10)
    parser.add_argument("--database", default="", help="the address of an empty database; else SQLite")
    asked = parser.parse_args()
    print(description())
    with site(asked.database):
        _measure(asked.decisions, asked.growth)


def _measure(number: int, growth: int) -> None:
    from django.conf import settings

    from demonstration import cases

    settings.DEBUG = False
    last = _today()
    names = cases.names_on(last)
    made = cases.decisions(number * growth, last, names, PER_YEAR)
    seconds, busy = _bring_in([next(made) for _ in range(number)])
    print(
        f"{number:,} decisions looked at and imported in {seconds:.0f} s, {busy:.0f} s of them at work here."
    )
    print(f"The limit for 60,000 is {LIMIT} s.", flush=True)
    before = _times(names[0])
    while rows := [row for _, row in zip(range(number), made, strict=False)]:
        _bring_in(rows)
    print(f"\n{'':100}{number:>12,}{number * growth:>12,}{'ratio':>8}  (limit {RATIO})")
    for name, seconds in _times(names[0]).items():
        print(
            f"{name:100}{before[name] * 1000:>9.1f} ms{seconds * 1000:>9.1f} ms{seconds / before[name]:>8.2f}"
        )


def _bring_in(rows: list[dict[str, str]]) -> tuple[float, float]:
    """Look at a file and import it; the seconds of both, by the clock and of this process."""
    from django.db import connection
    from django.utils import timezone

    from cases.importing import deeds

    content, now = json.dumps(rows).encode(), timezone.now()
    begun, busy = time.perf_counter(), time.process_time()
    row = deeds.receive(content, "bench.json", "decisions", None, now)
    deeds.confirm(row, None, deeds.look_at(row, now).digest, now)
    took = time.perf_counter() - begun, time.process_time() - busy
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return took


def _times(council: str) -> dict[str, float]:
    """The seconds of each list through the whole site, undisturbed, with the number of its queries in its name."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from councils.models import Council
    from councils.years import year_ending

    at = f"/your-councils-performance/{Council.objects.get(name=council).slug}/decisions"
    deep = _deep()
    found = {}
    for address in (
        "/decisions",
        "/decisions?category=housing&outcome=upheld",
        f"/decisions?year={year_ending(_today())}",
        f"/decisions?before={deep}",
        "/decisions?q=amber+zinc+opal",
        "/decisions?q=demonstration",
        "/decisions?q=demonstration&category=housing&part=allocations&outcome=report",
        at,
        f"{at}?category=housing&outcome=upheld",
    ):
        client = Client(headers={"host": "localhost"})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        shown = address.replace(at, "(a council's)").replace(str(deep), "(half a year ago)")
        name = f"{shown}, {len(queries)} queries"  # told now: the next request forgets them
        found[name] = min(_once(client, address) for _ in range(RUNS))
    return found


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _deep() -> int:
    from cases.references import first_place

    return first_place(_today() - timedelta(days=200))


def _once(client, address: str) -> float:
    begun = time.perf_counter()
    client.get(address)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
