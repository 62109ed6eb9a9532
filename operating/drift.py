"""How far this machine's clock is from the database's, which is the same for all hosts."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from letters import clock

# Publication is judged by the clock of the host that answers: two hosts must not tell two stories for longer.
MOST = timedelta(seconds=2)

_ASK = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::double precision",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
}


def drift() -> timedelta:
    """Our clock minus the database's: positive if ours is fast. SQLite has the clock of the machine itself."""
    before = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_ASK[connection.vendor])
        (theirs,) = cursor.fetchone()
    after = clock.now()
    return before + (after - before) / 2 - datetime.fromtimestamp(theirs, UTC)
