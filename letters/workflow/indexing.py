"""What the search looks through: the words of each approved letter, written with what makes or unmakes it so."""

from django.db import connection, transaction

from caches.purging import purge_after_commit
from letters.models import Letter, LetterWords, State
from letters.search import index as full_text
from letters.search.words import as_indexed


def index(letter: Letter) -> None:
    """Bring the search to what the letter is now; to be called in the transaction that changes it."""
    LetterWords.objects.filter(letter=letter).delete()
    if wanted := entry(letter):
        wanted.save(force_insert=True)


def index_all() -> int:
    """Bring the search to what all letters are now, with the database's index anew; how many it has then.

    The site goes on meanwhile, and finds what it found before until all is done; our own proxies then forget theirs.
    """
    with transaction.atomic():
        full_text.remove(connection)
        LetterWords.objects.all().delete()
        full_text.install(connection)
        approved = (
            Letter.objects.filter(state=State.APPROVED).select_related("review").prefetch_related("pages")
        )
        entries = sorted(filter(None, map(entry, approved)), key=lambda each: each.pk)
        LetterWords.objects.bulk_create(entries, batch_size=100)
        purge_after_commit()
    return len(entries)


def entry(letter: Letter) -> LetterWords | None:
    """What the search should have of a letter; nothing of one that is not approved."""
    if letter.state != State.APPROVED or letter.review is None or letter.council_id is None:
        return None
    key = LetterWords.key(letter.review.year_ending, letter.council_id, letter.pk)
    said = as_indexed((page.number, page.blocks) for page in letter.pages.all())
    return LetterWords(id=key, letter=letter, words=said)
