"""The words of decisions, to be searched: SQLite's FTS5, or PostgreSQL's text search.

What lists choose by stands beside the words as marks, so that one question finds both and neither database has to look
at every decision with a common word. FTS5 has a column of marks; PostgreSQL's have a weight of their own, or "class B8"
in a text of planning would pass for the mark of a council. The newest come first; nothing is ranked.

FTS5 reads its lists much quicker forwards than backwards: there a decision's key is its place below nought, so that the
newest is the first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

TABLE = "cases_words"
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """A decision as the search knows it: its place, its marks ("c12", "y2020"), its words."""

    place: int
    marks: tuple[str, ...]
    words: str


def mark(kind: str, value: object) -> str:
    """The word that stands for a choice, such as "c12" for the category of that id."""
    return f"{kind}{re.sub('[^a-z0-9]', '', str(value))}"


def typed_words(text: str) -> list[str]:
    """The words that a visitor typed, without signs that a database could take for more than a word."""
    return [word.casefold() for word in _WORD.findall(text)][:MOST_WORDS]


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _key(place: int) -> int:
    """Where a decision stands in the index."""
    return place if _is_postgresql() else -place


def create(schema_editor) -> None:
    """Make the index; for a migration."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE {TABLE} (place bigint PRIMARY KEY, words tsvector NOT NULL)")
        schema_editor.execute(f"CREATE INDEX {TABLE}_by_word ON {TABLE} USING gin (words)")
    else:
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(marks, words, tokenize = 'porter unicode61')"
        )


def drop(schema_editor) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}")


def put(entries: Sequence[Entry]) -> None:
    """Add decisions, or put them anew."""
    take_out([entry.place for entry in entries])
    if _is_postgresql():
        sql = (
            f"INSERT INTO {TABLE} (place, words)"
            " VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('english', %s))"
        )
    else:
        sql = f"INSERT INTO {TABLE} (rowid, marks, words) VALUES (%s, %s, %s)"
    rows = [(_key(entry.place), " ".join(entry.marks), entry.words) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(sql, sorted(rows))  # FTS5 begins a new list at each key below the last


def take_out(places: Sequence[int]) -> None:
    """Forget decisions at these places."""
    key = "place" if _is_postgresql() else "rowid"
    with connection.cursor() as cursor:
        for begin in range(0, len(places), _AT_ONCE):
            some = [_key(place) for place in places[begin : begin + _AT_ONCE]]
            cursor.execute(f"DELETE FROM {TABLE} WHERE {key} IN ({', '.join(['%s'] * len(some))})", some)


def tidy() -> None:
    """Have SQLite's index in one piece, in which words are found quicker than in many; PostgreSQL's is one."""
    if not _is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")


def found(words: Iterable[str], marks: Iterable[str], below: int, at_most: int) -> Any:
    """The places, below one, of the newest decisions with all of these words and marks, for a lookup of `in`."""
    words, marks = list(words), list(marks)
    if not words:
        return []
    sql, asked = _question(words, marks)
    return RawSQL(sql, [*asked, below, at_most], BigIntegerField())


def _question(words: list[str], marks: list[str]) -> tuple[str, list[str]]:
    if _is_postgresql():
        # Words that are left out as too usual, such as "the", find nothing by themselves, with marks or without.
        where = "words @@ (to_tsquery('english', %s) && to_tsquery('simple', %s))"
        where += " AND numnode(to_tsquery('english', %s)) > 0"
        said = _weighed(words, "D")
        sql = f"SELECT place FROM {TABLE} WHERE {where} AND place < %s ORDER BY place DESC LIMIT %s"
        return sql, [said, _weighed(marks, "A"), said]
    asked = " AND ".join([*(f"marks:{each}" for each in marks), *(f'words:"{each}"' for each in words)])
    sql = f"SELECT -rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid > -%s ORDER BY rowid LIMIT %s"
    return sql, [asked]


def _weighed(words: list[str], weight: str) -> str:
    """All of them for PostgreSQL, each in quotes, where nothing is syntax."""
    return " & ".join(f"'{word}':{weight}" for word in words)
