"""`manage.py make_copies`: the clean copies of letters that have none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from letters import copying
from letters.extraction.reader import Reader


class Command(BaseCommand):
    help = (
        "Make the clean copies of letters' PDFs, which alone are published, for letters that have none: those that were"
        " received before copies were made, and those whose copy could not be made. Figures and approvals stay as they"
        " are. Fails if any letter is still without one, and says which and why."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only say which letters have none")

    def handle(self, *, check: bool, **options: Any) -> None:
        letters = copying.without_copy().select_related("council", "review")
        if not check:
            self._make(list(letters))
        left = letters.select_related("council", "review", "clean_copy")
        for letter in left:
            copy = getattr(letter, "clean_copy", None)
            self.stderr.write(f"{letter} ({letter.pk}): {copy.refusal if copy else 'none has been made'}")
        if left:
            raise CommandError(
                f"{len(left)} of the letters have no clean copy, and their PDFs are not published."
            )
        self.stdout.write("Every letter that has been read has its clean copy.")

    def _make(self, letters: list[Any]) -> None:
        with Reader() as reader:
            made = [copying.make_copy(letter, reader) for letter in letters]
        count = sum(bool(copied.content) for copied in made)
        self.stdout.write(f"{count} {'copy' if count == 1 else 'copies'} made.")
