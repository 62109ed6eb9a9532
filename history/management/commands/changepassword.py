import getpass

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User

from history.recording import recorded


class Command(changepassword.Command):
    """Django's own, recorded. What the password is, no line tells."""

    def handle(self, *args, **options):
        done = super().handle(*args, **options)
        user = User.objects.get(username=options["username"] or getpass.getuser())
        with recorded(None, user, "Password changed at the command line."):
            return done
