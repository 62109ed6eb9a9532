"""What the database itself refuses: to alter, take out or slip in a line. Installed by migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

_FOLLOWS = """
    NEW.number <> coalesce((SELECT max(number) FROM history_line), 0) + 1
    OR NEW.previous <> coalesce((SELECT digest FROM history_line ORDER BY number DESC LIMIT 1), '')
"""
NAMES = ("history_line_follows", "history_line_stays", "history_line_remains")

_SQLITE = (
    f"""CREATE TRIGGER history_line_follows BEFORE INSERT ON history_line WHEN {_FOLLOWS}
    BEGIN SELECT RAISE(ABORT, 'a line of the history follows the last one'); END""",
    """CREATE TRIGGER history_line_stays BEFORE UPDATE ON history_line
    BEGIN SELECT RAISE(ABORT, 'the history is never altered'); END""",
    """CREATE TRIGGER history_line_remains BEFORE DELETE ON history_line
    BEGIN SELECT RAISE(ABORT, 'the history is never altered'); END""",
)

_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION history_line_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_FOLLOWS} THEN RAISE EXCEPTION 'a line of the history follows the last one'; END IF;
        RETURN NEW;
    END $$""",
    """CREATE OR REPLACE FUNCTION history_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the history is never altered'; END $$""",
    """CREATE TRIGGER history_line_follows BEFORE INSERT ON history_line
    FOR EACH ROW EXECUTE FUNCTION history_line_follows()""",
    """CREATE TRIGGER history_line_stays BEFORE UPDATE OR DELETE ON history_line
    FOR EACH ROW EXECUTE FUNCTION history_line_stays()""",
    """CREATE TRIGGER history_line_remains BEFORE TRUNCATE ON history_line
    FOR EACH STATEMENT EXECUTE FUNCTION history_line_stays()""",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set them all up anew; for PostgreSQL by whoever owns the table."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    where = " ON history_line" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS history_line_follows, history_line_stays")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that are not there, or switched off."""
    standing = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'history_line'::regclass AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history_line'"
    )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in NAMES if name not in found]
