from django.core.management import call_command
from django.core.management.base import BaseCommand

from demonstration import cases, people, postcodes, progress
from demonstration.intake import Intake


class Command(BaseCommand):
    help = (
        "Fill the site with letters of its own making: print them, take them in, and approve and publish what the "
        "workers read as it was printed. Broken off, it goes on where it stopped; done, it changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--announce-only", action="store_true", help="make the staff user, print its password, and stop"
        )

    def handle(self, *, announce_only, **options):
        if announce_only:
            self._announce()
            return
        call_command("load_councils", verbosity=0)
        postcodes.load_unless_loaded()
        cases.bring_in(people.reviewer(), self._say)
        Intake(people.reviewer(), self._say).run()
        # None is made where nothing has changed since the last one.
        call_command("make_release", stdout=self.stdout)
        found = progress.read()
        self._say(f"The demonstration is complete: {found.done} letters were read.")

    def _announce(self) -> None:
        user, password = people.staff_user()
        self._say(f"Staff user: {user.username}    password: {password or '(as changed in the admin)'}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
