"""`manage.py purge_proxies`: our proxies forget all that they keep, as after an upgrade."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caches.purging import purge


class Command(BaseCommand):
    help = "Have our own caching proxies forget every page. Changes of letters do that by themselves; upgrades do not."
    requires_system_checks = []

    def handle(self, **options):
        if not settings.PROXY_PURGE:
            raise CommandError("PROXY_PURGE is not set: this site knows of no proxy of its own.")
        if not purge():
            raise CommandError(
                "Not every proxy could be told; see above. What it keeps, it keeps for ten minutes."
            )
        self.stdout.write("The proxies have forgotten what they kept.")
