from django.apps import AppConfig
from django.core.checks import register

# Who has a letter in hand, and how often and until when, says nothing of the letter.
NO_STATEMENT = {
    "revision",
    "attempts",
    "queued_at",
    "awaits_ocr",
    "lease_token",
    "lease_until",
    "claimed_by",
    "claimed_until",
}


def waiting_or_done(state: str) -> str:
    """A letter that a worker has in hand still waits, and will if the worker is lost."""
    return "received" if state == "reading" else state


class LettersConfig(AppConfig):
    """What the councils were told: the annual letters, their figures, and the life of both."""

    name = "letters"
    verbose_name = "Annual letters"

    def ready(self) -> None:
        from history.watched import watch
        from letters import system_checks
        from letters.models import (
            AnnualReview,
            CleanCopy,
            Correction,
            DataRelease,
            Letter,
            LetterPage,
            NoLetter,
            Part,
            PreRelease,
            Proposal,
            Query,
            ReleaseFile,
            Standstill,
            Statistic,
        )

        watch(AnnualReview)
        watch(Standstill)
        watch(NoLetter, of=("review",))
        watch(Letter, without=NO_STATEMENT, told_as={"state": waiting_or_done})
        watch(Statistic, of=("letter",), key=("letter_id", "measure"))
        watch(CleanCopy, of=("letter",), key=("letter_id",))
        watch(Correction, of=("letter",))
        # What is told stays for good: an e-mail address need not.
        watch(PreRelease, of=("review",), without=("email", "token_hash"))
        watch(Query, of=("letter",))
        watch(Part, of=("letter",), key=("letter_id", "by_id", "of"))
        watch(Proposal, of=("review", "letter"))
        watch(LetterPage, of=("letter",), key=("letter_id", "number"))
        watch(DataRelease)
        watch(ReleaseFile, of=("release",), key=("release_id", "name"))
        register(system_checks.ocr_is_installed, deploy=True)
        register(system_checks.children_can_be_confined, deploy=True)
