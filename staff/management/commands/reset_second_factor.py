from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from staff.passwords import FIRST_LASTS
from staff.second_factor import factors


class Command(BaseCommand):
    help = (
        "Take the second factor of a member of staff away, where no administrator can. Ends all their sessions, and "
        "prints a new first password, to be handed over in private."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name they sign in with")

    def handle(self, *, name, **options):
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is nobody of the name “{name}”. Nothing was changed.")
        password = factors.reset(user, by=None)
        self.stdout.write(f"First password: {password}")
        self.stdout.write(f"It ends after {FIRST_LASTS.days} days, unless somebody signs in with it.")
        self.stdout.write(f"{name} signs in with it, and is asked at once to set up another second factor.")
