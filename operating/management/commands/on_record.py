"""`manage.py on_record COMMAND …`: run a command of the site, and keep when it ended and how."""

import argparse

from django.core.management import call_command
from django.core.management.base import BaseCommand

from letters import clock
from operating.models import LastRun


class Command(BaseCommand):
    help = (
        "Run another command of the site, such as `on_record backup /srv/backups`, and keep when it ended and whether "
        "it succeeded. /metrics tells, so that an alarm notices a backup that fails or does not run."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="COMMAND")
        parser.add_argument("arguments", nargs=argparse.REMAINDER, help="what the command itself takes")

    def handle(self, *, name, arguments, **options):
        succeeded = False
        try:
            call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr)
            succeeded = True
        except SystemExit as ended:
            succeeded = ended.code in {0, None}
            raise
        finally:
            LastRun.objects.update_or_create(
                name=name, defaults={"ended_at": clock.now(), "succeeded": succeeded}
            )
