"""`scripts/bench search`: searching the letters, beside the database's own full-text query, newest first.

Both are asked of the same index in the same run, in turns. The database's own query knows nothing of what is public; it
gives 20 letters with a snippet. Run it within scripts/with-postgres for PostgreSQL.
"""

import argparse
import json
import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from tests.bench import machine
from tests.bench.site import site

YEARS = range(2006, 2026)
HOUR = datetime(2100, 1, 1, tzinfo=UTC)
LIMIT = 3  # times the database's own query
PER_PAGE = 300
AT_ONCE = 5000
BOILERPLATE = [
    "the",
    "ombudsman",
    "wrote",
    "to",
    "your",
    "council",
    "about",
    "complaints",
    "that",
    "were",
    "upheld",
    "and",
    "fault",
    "that",
    "was",
    "found",
]
# In how many letters of 100 a word stands, besides the rare one.
SHARES = {"upheld": 100, "housing": 30, "benefit": 30}

QUESTIONS = {
    "a rare word": "zyxwold",
    "a word of every letter": "upheld",
    "two words": "housing benefit",
    "a phrase": '"housing benefit"',
    "a rare phrase of usual words": '"found the fault"',
    "a word of no letter": "nowhere",
}
OWN = {
    "sqlite": """SELECT rowid, snippet(letters_search, 0, '<', '>', '…', 40) FROM letters_search
        WHERE letters_search MATCH %s ORDER BY rowid DESC LIMIT 20""",
    "postgresql": """SELECT id, ts_headline('simple', words, %s::tsquery) FROM (
        SELECT id, words FROM letters_letterwords WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT 20) AS found""",
}
WITHOUT = {
    "sqlite": "SELECT rowid FROM letters_search WHERE letters_search MATCH %s ORDER BY rowid DESC LIMIT 20",
    "postgresql": "SELECT id FROM letters_letterwords WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT 20",
}


@dataclass(frozen=True)
class MadeUp:
    """A letter of random words: its pages, and whose it is."""

    year: int
    council: int
    pages: list[list[str]]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--letters", type=int, default=5000)
    arguments.add_argument("--words", type=int, default=1200, help="of a letter; a full one has 1,200")
    arguments.add_argument("--runs", type=int, default=25)
    chosen = arguments.parse_args()
    with site(os.environ.get("DATABASE_URL", "")):
        begun = time.monotonic()
        build(chosen.letters, chosen.words)
        print(
            f"{machine.description()}\n{chosen.letters} letters of {chosen.words} words, {_database()}, ",
            end="",
        )
        print(f"built in {time.monotonic() - begun:.0f} s; {chosen.runs} runs, milliseconds\n")
        told(chosen.runs)


def _database() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def build(count: int, words: int) -> None:
    """Letters of all years, and as many of a year's number again whose hour has not come."""
    from django.db import connection, transaction

    from letters.models import AnnualReview
    from letters.search import index
    from tests import factories

    councils = _councils(-(-count // (len(YEARS) - 1)))
    pattern = factories.public_letter(factories.edition(2099), factories.staff(), councils[0])
    for year in YEARS:
        hour = HOUR + timedelta(days=365) * (year == YEARS[-1])
        AnnualReview.objects.create(year_ending=year, publish_at=hour, scheduled_at=HOUR, by_one_person=True)
    editions = dict(AnnualReview.objects.values_list("year_ending", "pk"))
    # Set up at the end of all words at once, which takes a third less than letter by letter.
    index.remove(connection)
    with transaction.atomic():
        for batch in _batches(_made_up(len(councils), words), AT_ONCE):
            _write(connection, pattern, batch, editions, councils)
    index.install(connection)
    factories.forget([pattern])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _councils(count: int) -> list:
    from councils.models import Council

    made = [
        Council(name=f"Council {n}", short_name=str(n), slug=f"c{n}", kind="district") for n in range(count)
    ]
    Council.objects.bulk_create(made, batch_size=1000)
    return list(Council.objects.filter(slug__regex="^c[0-9]+$").order_by("-pk"))


def _made_up(councils: int, length: int) -> Iterator[MadeUp]:
    drawn = random.Random(2026)
    usual = [f"w{number}" for number in range(5000)]
    weights = [1 / (1 + place) for place in range(len(usual))]
    pool = drawn.choices(usual, weights, k=1_000_000)
    rare = {drawn.randrange(councils * (len(YEARS) - 1)) for _ in range(12)}
    for number, (year, council) in enumerate(
        (year, council) for year in YEARS for council in range(councils)
    ):
        begin = drawn.randrange(len(pool) - length)
        words = [*BOILERPLATE, *pool[begin : begin + max(1, length - len(BOILERPLATE))]]
        said = [word for word, share in SHARES.items() if drawn.randrange(100) < share]
        said += ["zyxwold", "found", "the", "fault"] if number in rare else []
        # Anywhere on its pages: where a word stands on a page is part of what a snippet costs.
        at = drawn.randrange(len(words) + 1)
        words[at:at] = said
        yield MadeUp(year, council, [words[at : at + PER_PAGE] for at in range(0, len(words), PER_PAGE)])


def _batches(letters: Iterator[MadeUp], size: int) -> Iterator[list[MadeUp]]:
    batch: list[MadeUp] = []
    for letter in letters:
        batch.append(letter)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


def _write(connection, pattern, batch: list[MadeUp], editions: dict[int, int], councils: list) -> None:
    """In ascending order of keys, which is the quickest for the index."""
    from letters.models import Letter, LetterPage, LetterWords
    from letters.search.words import BREAK, tokens

    names = [field.column for field in Letter._meta.concrete_fields]
    same = [
        field.get_db_prep_save(getattr(pattern, field.attname), connection)
        for field in Letter._meta.concrete_fields
    ]
    letters, pages, words = [], [], []
    for letter in batch:
        # In ascending order, too: at random every row would be a place of its own in the tables' trees.
        pk = uuid.UUID(int=letter.year << 64 | letter.council << 32)
        council = councils[letter.council].pk
        own = {
            "id": _id(connection, pk),
            "review_id": editions[letter.year],
            "council_id": council,
            "sha256": pk.hex,
        }
        letters.append([own.get(name, value) for name, value in zip(names, same, strict=True)])
        said = [" ".join(tokens(" ".join(page))) for page in letter.pages]
        key = LetterWords.lowest_key(letter.year, council)
        words.append([key, own["id"], f" {BREAK} ".join(said)])
        for number, page in enumerate(letter.pages, 1):
            blocks = json.dumps([{"kind": "paragraph", "rows": [[" ".join(page)]]}])
            pages.append([own["id"], number, 595.0, 842.0, blocks])
    with connection.cursor() as cursor:
        _insert(cursor, Letter._meta.db_table, names, letters)
        _insert(
            cursor, LetterPage._meta.db_table, ["letter_id", "number", "width", "height", "blocks"], pages
        )
        _insert(cursor, LetterWords._meta.db_table, ["id", "letter_id", "words"], words)


def _id(connection, pk: uuid.UUID):
    return pk.hex if connection.vendor == "sqlite" else pk


def _insert(cursor, table: str, columns: list[str], rows: list[list]) -> None:
    places = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def told(runs: int) -> None:
    from django.db import connection

    # SQLite works in this very process, whose time others on the machine disturb less than the clock's.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    print(f"{'':40}{'own':>8}{'no snippet':>12}{'ours':>8}{'newest':>8}{'ratio':>8}{'newest':>8}")
    for name, words in QUESTIONS.items():
        ways = _ways(words)
        taken: dict[str, list[float]] = {way: [] for way in ways}
        whole = True
        for _ in range(runs):
            for way, ask in ways.items():
                begun = clock()
                whole &= _is_answered(ask)
                taken[way].append(1000 * (clock() - begun))
        for what, of in (("least", min), ("median", median)):
            own, plain, ours, newest = (of(taken[way]) for way in ways)
            times = f"{own:8.2f}{plain:12.2f}{ours:8.2f}{newest:8.2f}{ours / own:8.1f}{newest / own:8.1f}"
            print(f"{name:32}{what:8}{times}{'' if whole else '  broken off'}", flush=True)
    print(f"\nThe limit is {LIMIT} times the database's own query.")


def _is_answered(ask: Callable[[], object]) -> bool:
    """The site breaks off what asks too much of PostgreSQL, and says so to the visitor."""
    from letters.published import TakesTooLong

    try:
        ask()
    except TakesTooLong:
        return False
    return True


def _ways(words: str) -> dict[str, Callable[[], object]]:
    from django.db import connection

    from letters import published
    from public.searching.answer import answer
    from public.searching.asked import Asked, Order

    question = published.question(words)
    said = question.in_fts5 if connection.vendor == "sqlite" else question.in_tsquery

    def own(statement: str) -> list:
        with connection.cursor() as cursor:
            cursor.execute(statement, [said] * statement.count("%s"))
            return cursor.fetchall()

    asked = Asked(words=words, question=question)
    newest = Asked(words=words, question=question, order=Order.NEWEST)
    now = HOUR + timedelta(days=1)
    return {
        "own": lambda: own(OWN[connection.vendor]),
        "no snippet": lambda: own(WITHOUT[connection.vendor]),
        "ours": lambda: answer(asked, published.years(now), now),
        "newest": lambda: answer(newest, published.years(now), now),
    }


if __name__ == "__main__":
    main()
