"""The database's full-text index of the words of letters: set up by migration, kept by the database itself.

SQLite has an FTS5 table, which triggers keep; PostgreSQL a generated column under a GIN index. A walk through it goes
from the highest key down and ends when it has enough, so that a word of every letter costs no more than a rare one.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from letters.search.asked import Question

_PATIENCE = 2  # seconds for one look into the index
_OF_NO_LETTER = 0
NAMES = {
    "sqlite": ("letters_search", "letters_search_added", "letters_search_removed", "letters_search_changed"),
    "postgresql": ("vector", "letters_search"),
}

# For this transaction alone. The planner takes looking into a letter's vector for cheap, however far it lies from its
# row, and would rather read all letters than the index of a rare word. Where every word that it knows of is usual, it
# takes one that it does not know for one of 200 letters. With ten times what looking costs in truth it still looks such
# a word up; it would also have looks compiled first, or shared by several processes, which takes longer than the look.
_SET = """SELECT set_config('statement_timeout', %s, true), set_config('cpu_operator_cost', '10', true),
    set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)"""

_REMOVE = "INSERT INTO letters_search(letters_search, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
_ADD = "INSERT INTO letters_search(rowid, words) VALUES (NEW.id, NEW.words);"
_SQLITE = (
    """CREATE VIRTUAL TABLE letters_search
    USING fts5(words, content = 'letters_letterwords', content_rowid = 'id', tokenize = 'ascii')""",
    f"CREATE TRIGGER letters_search_added AFTER INSERT ON letters_letterwords BEGIN {_ADD} END",
    f"CREATE TRIGGER letters_search_removed AFTER DELETE ON letters_letterwords BEGIN {_REMOVE} END",
    f"CREATE TRIGGER letters_search_changed AFTER UPDATE ON letters_letterwords BEGIN {_REMOVE} {_ADD} END",
    "INSERT INTO letters_search(letters_search) VALUES ('rebuild')",
)
_POSTGRESQL = (
    """ALTER TABLE letters_letterwords
    ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED""",
    "CREATE INDEX letters_search ON letters_letterwords USING gin (vector)",
    # Else the planner knows the most usual words alone, and takes all others for more usual than they are.
    "ALTER TABLE letters_letterwords ALTER COLUMN vector SET STATISTICS 1000",
)
_GONE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS letters_search_added",
        "DROP TRIGGER IF EXISTS letters_search_removed",
        "DROP TRIGGER IF EXISTS letters_search_changed",
        "DROP TABLE IF EXISTS letters_search",
    ),
    "postgresql": ("ALTER TABLE letters_letterwords DROP COLUMN IF EXISTS vector",),
}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name LIKE 'letters_search%'",
    "postgresql": """SELECT attname FROM pg_attribute
        WHERE attrelid = 'letters_letterwords'::regclass AND attgenerated = 's' AND NOT attisdropped
        UNION ALL SELECT indexname FROM pg_indexes WHERE tablename = 'letters_letterwords'""",
}
_WALK = {
    "sqlite": """SELECT rowid FROM letters_search WHERE letters_search MATCH %s AND rowid < %s AND rowid >= %s
        ORDER BY rowid DESC LIMIT %s""",
    "postgresql": """SELECT id FROM letters_letterwords WHERE vector @@ %s::tsquery AND id < %s AND id >= %s
        ORDER BY id DESC LIMIT %s""",
}

_AMONG = {
    "sqlite": "SELECT rowid FROM letters_search WHERE letters_search MATCH %s AND rowid IN ({}) ORDER BY rowid DESC",
    "postgresql": "SELECT id FROM letters_letterwords WHERE vector @@ %s::tsquery AND id IN ({}) ORDER BY id DESC",
}

_PAGES = {
    "sqlite": """SELECT letter_id, blocks FROM json_each(%s) AS wanted
        JOIN letters_letterpage ON letter_id = wanted.key AND number = wanted.value""",
    "postgresql": """SELECT letter_id::text, blocks::text FROM json_each_text(%s) AS wanted
        JOIN letters_letterpage ON letter_id = wanted.key::uuid AND number = wanted.value::int""",
}


class TakesTooLong(Exception):
    """The question was broken off: it asks too much of the database."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Set it up anew, of all words that there are."""
    remove(connection)
    _execute(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: BaseDatabaseWrapper) -> None:
    _execute(connection, _GONE[connection.vendor])


def _execute(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The parts of it that are not there."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in NAMES[connection.vendor] if name not in found]


def is_whole(connection: BaseDatabaseWrapper) -> bool:
    """Whether it is there and says what the words say; PostgreSQL makes its own out of them and cannot differ."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic():
            _execute(
                connection,
                ("INSERT INTO letters_search(letters_search, rank) VALUES ('integrity-check', 1)",),
            )
    except DatabaseError:
        return False
    return True


def walk(question: Question, low: int, high: int, limit: int) -> list[int]:
    """The first keys, from below `high` down to `low`, of letters that say it, public or not."""
    return _asked(_WALK[connection.vendor], question, [high, low, limit])


def among(question: Question, keys: list[int]) -> list[int]:
    """Those of a few keys whose letters say it, the highest first.

    Asked of none, too: else the time would tell whether there is a letter that is not public.
    """
    keys = keys or [_OF_NO_LETTER]
    among_them = _AMONG[connection.vendor].format(", ".join(["%s"] * len(keys)))
    return _asked(among_them, question, keys)


def pages(of: Mapping[str, int]) -> dict[str, Any]:
    """The blocks of one page, by its number, of each of these letters, by their ids as text."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGES[connection.vendor], [json.dumps(of)])
        return {letter: json.loads(blocks) for letter, blocks in cursor.fetchall()}


def _asked(statement: str, question: Question, values: list[int]) -> list[int]:
    said = question.in_fts5 if connection.vendor == "sqlite" else question.in_tsquery
    with _patiently(), connection.cursor() as cursor:
        cursor.execute(statement, [said, *values])
        return [key for (key,) in cursor.fetchall()]


@contextmanager
def _patiently() -> Iterator[None]:
    """Break off what takes too long on PostgreSQL, which reads each letter for a phrase; FTS5 only reads lists.

    Raises TakesTooLong.
    """
    if connection.vendor == "sqlite":
        yield
        return
    within = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SET, [str(int(1000 * _PATIENCE))])
            yield
            # Nothing was written. Within another transaction, too, the settings go back to what they were; only
            # there, since psycopg forgets at a ROLLBACK what the server has prepared.
            transaction.set_rollback(within)
    except OperationalError as error:
        if "statement timeout" in str(error):
            raise TakesTooLong from error
        raise
