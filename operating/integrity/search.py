"""Whether the search looks through what the letters say: all approved ones, as they are, and nothing else."""

from collections.abc import Iterator

from django.db import connection

from history.chain import Fault
from letters.models import Letter, LetterWords, State
from letters.search import index
from letters.workflow.indexing import entry

_ANEW = "Have the search made anew: manage.py index_letters."


def faults() -> Iterator[Fault]:
    """What the search lacks, has otherwise than the letters say it, or should not have."""
    for name in index.missing(connection):
        yield Fault("search-index-missing", f"The full-text index of the letters lacks {name}.", _ANEW)
    if not index.is_whole(connection):
        yield Fault("search-index-wrong", "The full-text index differs from the words it is of.", _ANEW)
    approved = Letter.objects.filter(state=State.APPROVED).select_related("review", "words")
    for letter in approved.prefetch_related("pages").order_by("pk").iterator(chunk_size=100):
        yield from _of_letter(letter)
    for stray in LetterWords.objects.exclude(letter__state=State.APPROVED).order_by("pk"):
        message = f"The search has the words of letter {stray.letter_id}, which is not approved."
        yield Fault("search-words-stray", message, _ANEW)


def _of_letter(letter: Letter) -> Iterator[Fault]:
    kept, wanted = getattr(letter, "words", None), entry(letter)
    if wanted and (kept is None or (kept.pk, kept.words) != (wanted.pk, wanted.words)):
        yield Fault(
            "search-words-wrong", f"The search does not have letter {letter.pk} as its pages are.", _ANEW
        )
