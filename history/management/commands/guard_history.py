from django.core.management.base import BaseCommand
from django.db import connection

from history import guards


class Command(BaseCommand):
    help = "Put back what keeps the history from being altered, where it is missing. Run it as the database's owner."

    def handle(self, **options):
        missing = guards.missing(connection)
        if missing:
            guards.install(connection)
        self.stdout.write(f"Put back: {', '.join(missing)}." if missing else "Nothing was missing.")
