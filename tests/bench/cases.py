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
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench.in_turns import least, site_on
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
    before = _copied()
    for times in range(1, growth):
        _again(number, times)
    _count_anew()
    print(f"\n{'':100}{number:>12,}{number * growth:>12,}{'ratio':>8}  (limit {RATIO})")
    with site_on(before) as small, site_on(os.environ["DATABASE_URL"]) as large:
        for address, shown in _addresses(names[0]).items():
            few, many = least(address, [small, large], RUNS)
            name = f"{shown}, {many.queries} queries"
            ratio = many.seconds / few.seconds
            print(
                f"{name:100}{few.seconds * 1000:>9.1f} ms{many.seconds * 1000:>9.1f} ms{ratio:>8.2f}",
                flush=True,
            )


def _copied() -> str:
    """The address of a copy of the database as it is now."""
    from django.db import connection

    address = os.environ["DATABASE_URL"]
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [f"{path}-before"])
        return f"{address}-before"
    name = connection.settings_dict["NAME"]
    # Only one without connections can be copied; the server's own is always there.
    connection.close()
    connection.close_pool()
    at = urlsplit(address)
    with psycopg.connect(urlunsplit(at._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}_before" TEMPLATE "{name}"')
    return urlunsplit(at._replace(path=f"/{name}_before"))


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

    from cases import words
    from cases.counting import recount
    from cases.models import Decision

    with transaction.atomic():
        words.tidy()
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


def _addresses(council: str) -> dict[str, str]:
    """What is asked for, with how it is told."""
    from councils.models import Council
    from councils.years import year_ending

    at = f"/your-councils-performance/{Council.objects.get(name=council).slug}/decisions"
    deep = _deep()
    addresses = (
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
    )
    return {
        each: each.replace(at, "(a council's)").replace(str(deep), "(half a year ago)") for each in addresses
    }


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _deep() -> int:
    from cases.references import first_place

    return first_place(_today() - timedelta(days=200))


if __name__ == "__main__":
    main()
