"""How fast decisions are brought in, and what their lists cost when there are ten times as many.

scripts/bench cases [--decisions N] [--growth N]. DATABASE_URL names an empty PostgreSQL to measure instead of an
SQLite of its own.

The Ombudsman makes about 20,000 decisions a year: ten times as many are those of ten times as many years. The first
are imported; the others are the same again, years earlier, written as the import writes them.
"""

import argparse
import copy
import json
import os
import time
from datetime import date, timedelta

from tests.bench.machine import description
from tests.bench.site import site

PER_YEAR = 20_000
LIMIT, RATIO = 120, 1.5
RUNS = 15
BATCH = 5000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=60_000)
    parser.add_argument("--growth", type=int, default=10)
    asked = parser.parse_args()
    with site(os.environ.get("DATABASE_URL", "")):
        from django.db import connection

        print(f"{description()}; {connection.vendor}")
        _measure(asked.decisions, asked.growth)


def _measure(number: int, growth: int) -> None:
    from django.conf import settings

    from demonstration import cases

    settings.DEBUG = False
    last = _today()
    names = cases.names_on(last)
    seconds, busy = _bring_in(list(cases.decisions(number, last, names, PER_YEAR)))
    print(
        f"{number:,} decisions looked at and imported in {seconds:.0f} s, {busy:.0f} s of them at work here."
    )
    print(f"The limit for 60,000 is {LIMIT} s.", flush=True)
    before = _times(names[0])
    for times in range(1, growth):
        _again(number, times)
    _count_anew()
    print(f"\n{'':100}{number:>12,}{number * growth:>12,}{'ratio':>8}  (limit {RATIO})")
    for name, seconds in _times(names[0]).items():
        print(
            f"{name:100}{before[name] * 1000:>9.1f} ms{seconds * 1000:>9.1f} ms{seconds / before[name]:>8.2f}"
        )


def _again(number: int, times: int) -> None:
    """The imported decisions once more, so many times their years earlier, under references of their own."""
    from django.db import transaction

    from cases import words
    from cases.importing.writing import AT_ONCE, entry
    from cases.models import Decision, Party

    first = Decision.objects.filter(pk__lte=number).prefetch_related("parties")
    with transaction.atomic():
        for begin in range(0, number, BATCH):
            made = [_earlier(each, number, times) for each in first.order_by("pk")[begin : begin + BATCH]]
            Decision.objects.bulk_create([decision for decision, _ in made], batch_size=AT_ONCE)
            Party.objects.bulk_create([party for _, parties in made for party in parties], batch_size=AT_ONCE)
            told = ((each, parties) for each, parties in made if not each.withheld)
            words.put([entry(each, [party.council_id for party in parties]) for each, parties in told])


def _earlier(decision, number: int, times: int) -> tuple:
    """A copy of it with its parties, of that many times the years that so many decisions take."""
    from cases import references
    from councils.years import year_ending

    at = int(decision.reference[3:].replace(" ", "")) + times * number
    day = decision.decided_on - timedelta(days=int(times * number * 365.25 / PER_YEAR))
    reference = f"99 {at // 1000:03} {at % 1000:03}"
    own = {"decided_on": day, "year_ending": year_ending(day), "place": references.place(day, reference)}
    pk = decision.pk + times * number
    made = _copy(decision, pk=pk, reference=reference, **own)
    shared = {name: value for name, value in own.items() if name != "decided_on"}
    return made, [_copy(each, pk=None, decision_id=pk, **shared) for each in decision.parties.all()]


def _copy(row, **changes):
    made = copy.copy(row)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _count_anew() -> None:
    from django.db import connection, transaction

    from cases.counting import recount
    from cases.models import Decision

    with transaction.atomic():
        recount(Decision.objects.order_by().values_list("year_ending", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
        # More than a page before and after: a page of ten beside one of 25 would tell what rows cost.
        f"{at}?outcome=upheld",
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
    """On SQLite the processor's seconds, which others on the machine disturb less than the clock's."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    begun = clock()
    client.get(address)
    return clock() - begun


if __name__ == "__main__":
    main()
