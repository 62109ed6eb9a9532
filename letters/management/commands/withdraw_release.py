"""`manage.py withdraw_release`: offer a data release no more, because of what is in it."""

from django.core.management.base import BaseCommand, CommandError

from letters.releasing import NotThere, withdraw


class Command(BaseCommand):
    help = (
        "Withdraw a data release as a whole, at once: its addresses then tell the note instead. For what must not be "
        "read any more, such as an edition that came out too early; what is only wrong the next release puts right."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", type=int)
        parser.add_argument("note", help="why, for everyone to read")

    def handle(self, *, number, note, **options):
        if not note.strip():
            raise CommandError(
                "Say why the release is withdrawn: everyone will read this. Nothing was changed."
            )
        try:
            release = withdraw(number, note.strip())
        except NotThere as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{release} is withdrawn. Its files are kept, and given to nobody.")
