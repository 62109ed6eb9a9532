from django.core.management.base import BaseCommand, CommandError

from history.noting import note_changes


class Command(BaseCommand):
    help = (
        "Write into the history what was changed beside the site, as by an upgrade, with your reason. Run it once "
        "after each upgrade. It writes nothing where everything is as the history tells."
    )

    def add_arguments(self, parser):
        parser.add_argument("why", help='such as "Upgraded to 2.1", for everyone who reads the history')

    def handle(self, *, why, **options):
        if not why.strip():
            raise CommandError("Say what was changed, such as “Upgraded to 2.1”. Nothing was written.")
        count = note_changes(why)
        if options["verbosity"]:
            self.stdout.write(f"{count} {'line' if count == 1 else 'lines'} written.")
