"""Places in a table, as opaque words: where the next page begins.

A cursor holds what the last row of a page shows, no key of the database, so it stays right when rows come and go. It is
signed together with its table and filters: what was made up, changed, or is of another question is found out.
"""

from urllib.parse import urlencode

from django.core import signing

from public.api.problems import BAD_CURSOR, Refused

# None of ours is longer: an address and a measure of the longest, and what signs them.
LONGEST = 500
# What they are written in.
PATTERN = r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}"


def cursor(table: str, filters: dict[str, str], key: tuple) -> str:
    """The place after the row with this key, among those of a table that the filters leave."""
    return _signer(table, filters).sign_object(list(key))


def key(table: str, filters: dict[str, str], told: str) -> tuple:
    """The key within a cursor of this table and these filters. Raises Refused."""
    try:
        return tuple(_signer(table, filters).unsign_object(told[:LONGEST]))
    except signing.BadSignature:
        raise Refused(BAD_CURSOR) from None


def _signer(table: str, filters: dict[str, str]) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"public.api.{table}?{urlencode(sorted(filters.items()))}")
