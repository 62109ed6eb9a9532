from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User

from history.recording import tell, writing
from history.states import state_of


class Command(createsuperuser.Command):
    """Django's own, recorded."""

    def handle(self, *args, **options):
        known = set(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        with writing():
            for user in User.objects.exclude(pk__in=known):
                tell(None, user, "Made at the command line.", {}, state_of(user))
