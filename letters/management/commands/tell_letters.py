"""`manage.py tell_letters`: the words of letters that were read before their words were kept."""

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef

from letters import reading
from letters.extraction.types import Unreadable
from letters.models import Letter, LetterPage, State


class Command(BaseCommand):
    help = (
        "Take the words of letters out of their files, for the pages that show letters as text. Figures and approvals "
        "stay as they are. Without --all only letters that have none yet."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also those that have their words already")

    def handle(self, *, all, **options):
        letters = Letter.objects.filter(state__in=[State.READ, State.UNREADABLE, State.APPROVED])
        if not all:
            letters = letters.exclude(Exists(LetterPage.objects.filter(letter=OuterRef("pk"))))
        told = 0
        for letter in letters.select_related("council", "review").iterator(chunk_size=100):
            try:
                reading.tell_again(letter)
                told += 1
            except Unreadable as outcome:
                self.stderr.write(f"{letter}: {outcome.reason}")
        self.stdout.write(f"{told} {'letter' if told == 1 else 'letters'} told.")
