from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from history.recording import all_recorded
from staff.passwords import FIRST_LASTS, give_first_password


class Command(BaseCommand):
    help = (
        "Add a member of staff, or give one of them another role. Prints a first password for a new one, to be handed "
        'over in private, for them to change ("Change password") once they are in.'
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name to sign in with")
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            metavar="ROLE",
            help="uploader, reviewer, publisher or auditor; may be given more than once",
        )

    def handle(self, *, name, role, **options):
        with all_recorded(None, "Added, or given a role, at the command line.", User):
            self._add(name, role)

    def _add(self, name: str, role: list[str]) -> None:
        groups = [self._group(each) for each in role]
        user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if made:
            self._give_a_password(user)
        elif not (user.is_staff and user.is_active):
            raise CommandError(
                f"{name} may not sign in to the staff pages. Change that in the admin, under Users."
            )
        user.groups.add(*groups)
        held = ", ".join(user.groups.order_by("name").values_list("name", flat=True)) or "no role yet"
        self.stdout.write(f"{name}: {held}")

    def _group(self, name: str) -> Group:
        try:
            return Group.objects.get(name=name)
        except Group.DoesNotExist:
            known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no role “{name}”. Nobody was added. Roles: {known}.") from None

    def _give_a_password(self, user: User) -> None:
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(f"Nobody was added. {' '.join(error.messages)}") from error
        self.stdout.write(f"First password: {give_first_password(user)}")
        self.stdout.write(f"It ends after {FIRST_LASTS.days} days, unless somebody signs in with it.")
        if settings.SECOND_FACTOR:
            self.stdout.write(
                "Hand it over in private, and soon: whoever signs in with it first sets up the second factor, an "
                "authenticator app on a phone, which the site asks for at once."
            )
