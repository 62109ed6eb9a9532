from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

# What the site may do with all tables but these.
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON history_line FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON django_migrations FROM {role}",
)


class Command(BaseCommand):
    help = (
        "PostgreSQL: give the role that runs the site what it needs, and no way to alter the history. Run it as the "
        "role that owns the tables, after each manage.py migrate."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role in the site's DATABASE_URL; it must not own the tables")

    @transaction.atomic
    def handle(self, *, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. In SQLite, triggers guard the history.")
        with connection.cursor() as cursor:
            self._refuse_the_mighty(cursor, role)
            for grant in GRANTS:
                cursor.execute(grant.format(role=connection.ops.quote_name(role)))
        self.stdout.write(f"{role} may run the site, and add to the history without altering it.")

    def _refuse_the_mighty(self, cursor, role: str) -> None:
        """A role that could take the guards away would make them worthless."""
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        known = cursor.fetchone()
        if known is None:
            raise CommandError(f"There is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…' makes it.")
        cursor.execute(
            "SELECT pg_has_role(%s, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'history_line'",
            [role],
        )
        if known[0] or cursor.fetchone()[0]:
            raise CommandError(
                f"{role} owns the history, or is a superuser: nothing can keep it from altering it."
            )
