from django.core.management.base import BaseCommand

from caches.purging import purge_after_commit
from history.recording import recorded
from letters.models import Standstill


class Command(BaseCommand):
    help = "Let a restored copy publish again: from now on the hours that have come count, and all that come."

    def handle(self, **options):
        mark = Standstill.objects.first()
        if mark is None:
            self.stdout.write("This is no restored copy: everything is published at its hour.")
            return
        with recorded(None, mark, "Publishing was resumed."):
            Standstill.objects.all().delete()
            # What is due becomes public by this, and pages without it are kept.
            purge_after_commit()
        self.stdout.write("From now on everything is published at its hour; what is due is public already.")
