"""`manage.py index_letters`: what the search looks through, made anew."""

from django.core.management.base import BaseCommand

from letters import workflow


class Command(BaseCommand):
    help = "Make anew what the search of the letters looks through. Letters and pages stay as they are."

    def handle(self, **options):
        count = workflow.index_all()
        self.stdout.write(f"The search has {count} {'letter' if count == 1 else 'letters'}.")
