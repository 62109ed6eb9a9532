"""Taking down a decision by which somebody could be recognised, at once and wherever its words are."""

from django.contrib.auth.models import User

from caches.purging import purge_after_commit
from cases import words
from cases.counting import recount
from cases.models import Decision, ImportedFile, Party, ServiceImprovement
from history.recording import add, line, writing


class AlreadyDone(Exception):
    """Somebody did it before; the message says what, and nothing was done again."""


def take_down(decision: Decision, by: User, reason: str) -> None:
    """Forget a decision's words, and those of its improvements. It stays counted, and no import brings them back.

    `reason` stays in the history for good, so it must not say who could be recognised. Files that wait to be imported
    may have the words, too: they are thrown away. Raises AlreadyDone.
    """
    with writing():
        row = Decision.objects.select_for_update().get(pk=decision.pk)
        if row.kept_out:
            raise AlreadyDone("It had been taken down already. Its words are nowhere any more.")
        row.withheld = row.kept_out = True
        row.remedy = row.summary = row.text = row.digest = ""
        row.save()
        Party.objects.filter(decision=row).update(withheld=True)
        ServiceImprovement.objects.filter(decision=row).delete()
        ImportedFile.objects.all().delete()
        words.take_out([row.place])
        recount([row.year_ending])
        add([line(by, row, f"Took the decision down: {reason}", {}, {})])
        purge_after_commit()


def let_back(decision: Decision, by: User, reason: str) -> None:
    """Let the next import bring a decision's words back that had been taken down. Raises AlreadyDone."""
    with writing():
        if not Decision.objects.filter(pk=decision.pk, kept_out=True).update(kept_out=False):
            raise AlreadyDone("The next import brings its words back; that had been said already.")
        add([line(by, decision, f"Let the next import bring the decision back: {reason}", {}, {})])
