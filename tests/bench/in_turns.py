"""The same addresses asked of two databases in turns, each by a process of its own.

A machine that others use is twice as fast at one minute as at another: only what is measured at the same time compares.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple


class Asked(NamedTuple):
    """How long an answer took, in seconds, and how many queries."""

    seconds: float
    queries: int


@contextmanager
def site_on(database: str) -> Iterator[Connection]:
    """A site on the database at this address, in the folder of this one: send addresses, receive what they took."""
    here, there = multiprocessing.Pipe()
    spawning = multiprocessing.get_context("spawn")
    process = spawning.Process(target=_answer, args=(there, database), daemon=True)
    process.start()
    try:
        yield here
    finally:
        here.send(None)
        process.join()


def least(address: str, sites: list[Connection], runs: int) -> list[Asked]:
    """The least that the address took on each of these sites, of so many runs in turns."""
    taken: list[list[Asked]] = [[] for _ in sites]
    for _ in range(runs):
        for site, times in zip(sites, taken, strict=True):
            site.send(address)
            times.append(site.recv())
    return [Asked(min(each.seconds for each in times), times[-1].queries) for times in taken]


def _answer(pipe: Connection, database: str) -> None:
    os.environ["DATABASE_URL"] = database
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    # On SQLite the processor's seconds, which others on the machine disturb less than the clock's.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    while address := pipe.recv():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
            asked = len(queries)  # told now: the next request forgets them
        begun = clock()
        client.get(address)
        pipe.send(Asked(clock() - begun, asked))
