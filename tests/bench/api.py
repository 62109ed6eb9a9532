"""The API's figures: pages at any depth and size of the table beside the bare query, and the whole table as a stream.

scripts/bench api [--size 100]. DATABASE_URL names an empty PostgreSQL to measure instead of an SQLite of its own.
Processor time of this process; for pages also the clock's, in which PostgreSQL works.
"""

import argparse
import json
import os
import resource
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from tests.bench.machine import description
from tests.bench.site import site

COUNCILS, YEARS = 350, 2  # at size 1; ten times each at size 100
MEASURES = (
    "upheld", "compliance", "satisfactory-remedies", "received:housing", "received:other", "received:total",
    "decided:upheld", "decided:not-upheld", "decided:total",
)  # fmt: skip
QUOTATION = "100% of complaints we investigated were upheld. This compares to an average of 45% in similar authorities."
PAGE, TIMES = 1000, 11
PUBLISHED = datetime(2020, 7, 28, 23, tzinfo=UTC)


def fill(times: int) -> None:
    """So many councils and years, each with a letter that has nine figures; in place of what there was."""
    from django.contrib.auth.models import User
    from django.db import connection

    from councils.models import Council
    from letters.models import AnnualReview, Letter, Statistic

    for model in (Statistic, Letter, AnnualReview):
        model.objects.all()._raw_delete("default")
    by, _ = User.objects.get_or_create(username="bench")
    side = round(times**0.5)
    Council.objects.bulk_create(
        (
            Council(name=f"Bench {n:06}", short_name=f"Bench {n:06}", slug=f"bench-{n:06}", kind="district")
            for n in range(COUNCILS * side)
        ),
        ignore_conflicts=True,
    )
    councils = list(Council.objects.filter(slug__startswith="bench-").values_list("pk", flat=True))
    for year in range(2026 - YEARS * side, 2026):
        review = AnnualReview.objects.create(
            year_ending=year, publish_at=PUBLISHED, scheduled_at=PUBLISHED, by_one_person=True
        )
        _letters(Letter, review, councils, by)
    _figures(connection)


def _letters(Letter: Any, review: Any, councils: list[int], by: Any) -> None:
    same = dict.fromkeys(("received_at", "queued_at", "read_at", "approved_at"), PUBLISHED)
    Letter.objects.bulk_create(
        (
            Letter(
                review=review, council_id=council, state="approved", sha256=uuid.uuid4().hex * 2, size=1,
                original_name="a.pdf", received_by=by, approved_by=by, **same,
            )
            for council in councils
        ),
        batch_size=500,
    )  # fmt: skip


def _figures(connection: Any) -> None:
    """By the database itself: a letter's figures together, year by year, as they are written when letters are read.

    Within a year the letters follow one another by chance, not in the order of a page.
    """
    source = {"field": "percent", "page": 3, "box": [0.1, 0.2, 0.5, 0.25], "quotation": QUOTATION}
    rows = [
        (measure, *((None, 17, None, None, None) if ":" in measure else (50, None, 6, 12, 45)))
        for measure in MEASURES
    ]
    each = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH figure (measure, percent, value, numerator, denominator, average) AS (VALUES {each})"
            " INSERT INTO letters_statistic (letter_id, measure, percent, value, numerator, denominator, average,"
            " base_label, period_start, period_end, readers_agree, sources, origin)"
            " SELECT letter.id, measure, percent, value, numerator, denominator, average,"
            " 'detailed investigations', '2019-04-01', '2020-03-31', true, %s, 'read'"
            " FROM letters_letter AS letter CROSS JOIN figure ORDER BY letter.review_id, letter.id, measure",
            [*(value for row in rows for value in row), json.dumps([source])],
        )
        cursor.execute("ANALYZE")


def bare(letters: list[Any]) -> bytes:
    """The figures of these letters by `values()`, as JSON: what a page costs at least, once its letters are known."""
    from django.core.serializers.json import DjangoJSONEncoder

    from letters import published

    fields = (
        "letter__review__year_ending", "letter__council__slug", "letter__council__name", "letter__council__gss",
        "letter__council__newer_gss", "letter__council__former_gss", "letter__council__kind",
        "letter__council__region", "measure", "percent", "value", "numerator", "denominator", "average",
        "base_label", "period_start", "period_end", "sources", "origin", "corrected_at", "letter__letter_date",
        "letter__review__publish_at",
    )  # fmt: skip
    rows = published.figures_of(letters).order_by("letter__council__slug", "measure").values(*fields)[:PAGE]
    return json.dumps(list(rows), cls=DjangoJSONEncoder).encode()


def letters_of_a_page() -> list[Any]:
    from letters.models import Letter

    letters = Letter.objects.order_by("review__year_ending", "council__slug").values_list("pk", flat=True)
    return list(letters[: 1 + PAGE // len(MEASURES)])


Took = tuple[float, float]


def least(asks: dict[str, Callable[[], object]]) -> dict[str, Took]:
    """The least milliseconds of processor time and of the clock, of several runs of each, in turns."""
    took: dict[str, list[Took]] = {name: [] for name in asks}
    for turn in range(TIMES + 1):
        for name, ask in asks.items():
            cpu, wall = time.process_time(), time.perf_counter()
            ask()
            if turn:  # the first one warms up
                took[name].append((1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)))
    return {name: (min(cpu for cpu, _ in each), min(wall for _, wall in each)) for name, each in took.items()}


def places() -> dict[str, str]:
    """The addresses of the first page, one in the middle and the last."""
    from councils.models import Council
    from letters.models import AnnualReview
    from public.api.cursors import cursor

    years = list(AnnualReview.objects.order_by("year_ending").values_list("year_ending", flat=True))
    slugs = Council.objects.filter(slug__startswith="bench-").order_by("slug").values_list("slug", flat=True)
    last = slugs[len(slugs) - 1 - PAGE // len(MEASURES)]
    middle = cursor("statistics", {}, (years[len(years) // 2], slugs[len(slugs) // 2], "upheld"))
    end = cursor("statistics", {}, (years[-1], last, "compliance"))
    return {
        name: f"/api/v1/statistics?limit={PAGE}{more}"
        for name, more in (("first", ""), ("middle", f"&cursor={middle}"), ("last", f"&cursor={end}"))
    }


@cache
def client() -> Any:
    """One for all: to make one has the middleware look through all static files."""
    from django.test import Client

    return Client(headers={"host": "localhost"})


def asked(address: str) -> bytes:
    response = client().get(address)
    assert response.status_code == 200, response.content
    return response.content


def stream() -> tuple[int, float, float]:
    """Rows of the whole table as CSV, its seconds, and by how many MiB the process grew while it was sent."""
    response = client().get("/api/v1/statistics.csv")
    parts = iter(response.streaming_content)
    rows = sum(next(parts).count(b"\r\n") for _ in range(10))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    rows += sum(part.count(b"\r\n") for part in parts)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return rows - 1, time.perf_counter() - began, grown


def measured() -> dict[str, Took]:
    """The bare query and each page, in milliseconds; each page is full."""
    asks: dict[str, Callable[[], object]] = {"bare": partial(bare, letters_of_a_page())}
    for name, address in places().items():
        rows = json.loads(asked(address))["results"]
        assert len(rows) >= PAGE - len(MEASURES), (name, len(rows))
        asks[name] = partial(asked, address)
    return least(asks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100, help="how many times the data, beside once")
    size = parser.parse_args().size
    os.environ["API_REQUESTS_A_MINUTE"] = "0"
    with site(os.environ.get("DATABASE_URL", "")):
        from django.db import connection

        print(f"{description()}; {connection.vendor}")
        results = {}
        for times in (1, size):
            fill(times)
            results[times] = measured()
            for name, (cpu, wall) in results[times].items():
                ratio = cpu / results[times]["bare"][0]
                print(f"{times:4} times: {name:6} {cpu:7.1f} ms of CPU, {wall:7.1f} ms; {ratio:.2f} of bare")
            print("{:4} times: {} rows streamed in {:.1f} s, {:.1f} MiB grown".format(times, *stream()))
        for name in ("first", "last"):
            (cpu, wall), (cpu_then, wall_then) = results[1][name], results[size][name]
            used, took = cpu_then / cpu, wall_then / wall
            print(f"{name} page at {size} times: {used:.2f} of the CPU's time, {took:.2f} of the clock's")


if __name__ == "__main__":
    main()
