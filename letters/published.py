"""The one door to the public: what an anonymous visitor may know of letters at a given instant.

Public is what is approved and whose hour has come, judged by the clock at each read. Nothing flips a flag at the
hour, so no job can be late and no flag can be stale. Every function takes that instant, `letters.clock.now()`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import IO, Any

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Least

from history.models import Line
from letters import pictures
from letters.models import (
    AnnualReview,
    CleanCopy,
    Correction,
    DataRelease,
    Letter,
    LetterPage,
    NoLetter,
    PreRelease,
    ReleaseFile,
    Standstill,
    State,
    Statistic,
)
from letters.prepared import KIND, NOW, Prepared, keys, once_for_an_instant
from letters.search import asked, index, walking
from letters.search.walking import Said, Within
from letters.search.words import text_of

PICTURE_WIDTH = pictures.WIDTH
NoPicture = pictures.NoPicture
question, NoQuestion = asked.read, asked.Refused
TakesTooLong = index.TakesTooLong


class NoPdf(Exception):
    """No clean copy has been made of the letter's file, and nothing else of it is shown."""


def hour_has_come(now: datetime) -> Q:
    """The letter's own publication, or its edition's for what was approved by then.

    What is approved after the edition's hour waits for a publication of its own. An edition scheduled for a
    time already past publishes what was approved when it was scheduled.
    """
    with_the_edition = Q(publish_at__isnull=True, held_back=False, review__publish_at__lte=now) & (
        Q(approved_at__lte=F("review__publish_at")) | Q(approved_at__lte=F("review__scheduled_at"))
    )
    return (Q(publish_at__lte=now) | with_the_edition) & ~Q(_stands_still())


def _stands_still() -> Exists:
    """In a copy that was restored from a backup: whether the letter was not public yet when that was made."""
    after_it = ("publish_at", "review__publish_at", "review__scheduled_at", "approved_at")
    return Exists(Standstill.objects.filter(reduce(or_, (Q(since__lt=OuterRef(name)) for name in after_it))))


def shown_as_of(now: datetime) -> datetime:
    """The instant at which the public site stands: `now`, or, in a copy restored from a backup, when that was made.

    For whatever becomes public by the clock alone, as decisions do.
    """
    since = Standstill.objects.values_list("since", flat=True).first()
    return min(now, since) if since else now


@once_for_an_instant
def _public(now: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(hour_has_come(now), state=State.APPROVED)


@once_for_an_instant
def _was_public(now: datetime) -> QuerySet[Letter]:
    """Public letters, and those withdrawn after they had been."""
    return Letter.objects.filter(
        Q(state=State.APPROVED) & hour_has_come(now) | Q(state=State.WITHDRAWN, withdrawn_when_public=True)
    )


def has_successor(now: datetime) -> Exists:
    """Whether a newer letter for the same council and year is, or has been, public."""
    same_council_and_year = _was_public(now).filter(council=OuterRef("council"), review=OuterRef("review"))
    return Exists(same_council_and_year.filter(number__gt=OuterRef("number")))


def since(prefix: str = "") -> Coalesce:
    """The instant since which a public letter is: its own, or its edition's. `prefix` leads from a row to it."""
    return Coalesce(f"{prefix}publish_at", f"{prefix}review__publish_at")


def _described(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """With council and edition, and `published_at`, the instant since which the letter is public."""
    return letters.select_related("council", "review", "clean_copy").annotate(published_at=since())


@once_for_an_instant
def letters(now: datetime) -> QuerySet[Letter]:
    """The letters that count: public, and not replaced by a newer public one."""
    return _described(_public(now).filter(~has_successor(now)))


@once_for_an_instant
def replaced(now: datetime) -> QuerySet[Letter]:
    """Letters that were public and stay on record, since a newer one for the same year has been published.

    A letter whose successor appeared with it, or before it, was never seen and is not known here. Each has
    `replaced_at`, the instant at which it ceased to count, and `why_replaced`, the reason given for the one that came.
    """
    same_council_and_year = _was_public(now).filter(council=OuterRef("council"), review=OuterRef("review"))
    newer = same_council_and_year.filter(number__gt=OuterRef("number")).annotate(since=since())
    first = newer.order_by("since", "number")
    found = _described(_public(now)).annotate(
        replaced_at=Subquery(first.values("since")[:1]),
        why_replaced=Subquery(first.values("replacement_reason")[:1]),
    )
    return found.filter(replaced_at__gt=F("published_at"))


@once_for_an_instant
def withdrawn(now: datetime) -> QuerySet[Letter]:
    """Letters that were public and have been withdrawn; of any other withdrawn letter nothing is known."""
    gone = Letter.objects.filter(state=State.WITHDRAWN, withdrawn_when_public=True, withdrawn_at__lte=now)
    return _described(gone)


def statistics(now: datetime) -> QuerySet[Statistic]:
    """The figures of the letters that count."""
    figures = figures_of(letters(now).values("pk"))
    return figures.select_related("letter__council", "letter__review", "letter__clean_copy")


def figures_of(letters: Any) -> QuerySet[Statistic]:
    """The figures of letters that came through this door, given by their keys."""
    return Statistic.objects.filter(letter__in=letters)


def replaced_statistics(now: datetime) -> QuerySet[Statistic]:
    """The figures of the letters that stay on record: they count nowhere, and stand beside those that do."""
    return Statistic.objects.filter(letter__in=replaced(now).values("pk"))


@once_for_an_instant
def corrections(now: datetime) -> QuerySet[Correction]:
    """What was put right, newest first, of letters that are public or were replaced.

    Of a withdrawn letter the figures are shown no more, right or wrong: its withdrawal says what there is to say.
    """
    known = Correction.objects.filter(confirmed_at__lte=now, letter__in=_public(now).values("pk"))
    return known.select_related("letter__council", "letter__review").order_by("-confirmed_at", "-pk")


def pages(now: datetime) -> QuerySet[LetterPage]:
    """The pages of the letters that count, with the letter's own words on them."""
    return LetterPage.objects.filter(letter__in=letters(now).values("pk"))


@once_for_an_instant
def editions(now: datetime) -> QuerySet[AnnualReview]:
    """The years of which at least one letter is public, newest first."""
    # Looked at first, since it costs the same however many letters wait in an edition whose hour has not come.
    by_itself = Letter.objects.filter(review=OuterRef("pk"), publish_at__lte=now)
    begun = AnnualReview.objects.filter(Q(publish_at__lte=now) | Exists(by_itself))
    return begun.filter(Exists(letters(now).filter(review=OuterRef("pk")))).order_by("-year_ending")


_SAYING = Prepared(
    lambda: (
        letters(NOW)
        .filter(Q(council__kind=KIND) | RawSQL("%s = ''", [KIND], BooleanField()), words__in=keys())
        .order_by()
        .values_list(*walking.SAID)
    )
)
_YEARS = Prepared(lambda: editions(NOW).values_list("year_ending"))


def years(now: datetime) -> list[int]:
    """The years of `editions`, newest first, by their ends."""
    return [year for (year,) in _YEARS.rows(now)]


def saying(
    question: asked.Question, now: datetime, within: Within, years: Sequence[int], limit: int
) -> list[Said]:
    """The first letters that count and say it, the newest year first; `years` are those that are public.

    The index knows letters that are not public. Those of years of which nothing is public are not walked through, and
    each of the others is asked for here: neither what is found, nor its order, nor the time it takes tells of them.
    """

    def counting(keys: Sequence[int]) -> dict[int, Said]:
        return {row[0]: Said(*row) for row in _SAYING.rows(now, within.kind, keys)}

    return walking.first(question, within, years, counting, limit)


def texts(of: Mapping[str, int]) -> dict[str, str]:
    """The text of one page, by its number, of each of these letters, which came through this door, by their ids."""
    return {letter: text_of(blocks) for letter, blocks in index.pages(of).items()}


def hours(now: datetime) -> list[tuple[int, str, datetime]]:
    """When editions were published, newest first: the year's end, the years in words, and the instant.

    Not of an edition whose letters came by publications of their own before its hour.
    """
    come = editions(now).filter(publish_at__lte=now)
    return [(each.year_ending, each.years, each.publish_at) for each in come if each.publish_at]


def no_letters(now: datetime) -> QuerySet[NoLetter]:
    """Why councils have no letter, as staff said, in years that are public.

    Nothing where a letter is or was public: then it, or the note on its withdrawal, is what there is to know.
    """
    told = _was_public(now).filter(council=OuterRef("council"), review=OuterRef("review"))
    return NoLetter.objects.filter(~Exists(told), review__in=editions(now).order_by().values("pk"))


def access_lists(now: datetime) -> QuerySet[PreRelease]:
    """Who had access before publication, of the editions whose list was published; each with `closed_at`.

    Access that was withdrawn before it opened gave nobody anything, and is not told.
    """
    listed = editions(now).filter(access_listed_at__lte=now).order_by().values("pk")
    ended = Coalesce("withdrawn_at", "closes_at")
    people = PreRelease.objects.filter(review__in=listed).annotate(
        closed_at=Least("closes_at", ended, Coalesce("review__publish_at", "closes_at"))
    )
    given = people.filter(opens_at__lt=F("closed_at")).select_related("review")
    return given.order_by("-review__year_ending", "organisation", "name")


def releases(now: datetime) -> QuerySet[DataRelease]:
    """The data releases, newest first, with their files. Each holds what was public when it was made."""
    return DataRelease.objects.filter(made_at__lte=now).prefetch_related("files").order_by("-number")


def release_file(file: ReleaseFile) -> IO[bytes]:
    """A file of a release that came through this door, open for reading."""
    return file.file.open("rb")


def national_report(review: AnnualReview) -> IO[bytes]:
    """The PDF of the national report of an edition that came through this door and has one, open for reading."""
    return review.national_report.open("rb")


def clean_copy(letter: Letter) -> CleanCopy | None:
    """The clean copy of the file of a letter that came through this door; None if there is none."""
    copy: CleanCopy | None = getattr(letter, "clean_copy", None)
    return copy if copy and copy.file else None


def pdf(letter: Letter) -> IO[bytes]:
    """The PDF of a letter that came through this door, open for reading: its clean copy, never the original.

    Raises NoPdf where there is none.
    """
    if (copy := clean_copy(letter)) is None:
        raise NoPdf
    return copy.file.open("rb")


def picture(letter: Letter, number: int) -> bytes:
    """A page of a letter that came through this door, as WebP of `PICTURE_WIDTH` pixels. Raises NoPicture."""
    return pictures.picture(letter, number)


def is_public(letter: Letter, now: datetime) -> bool:
    """Whether this letter can be seen by anyone, as one that counts or as a replaced one."""
    return _public(now).filter(pk=letter.pk).exists()


def has_begun(review: AnnualReview, now: datetime) -> bool:
    """Whether any letter of the edition is, or has been, public."""
    return _was_public(now).filter(review=review).exists()


def last_deed() -> str:
    """What every deed changes, for who remembers sums: between two, what is public changes at `next_moment` alone."""
    last = Line.objects.order_by("-number").values_list("digest", flat=True)[:1]
    return "".join(last)


def next_moment(now: datetime) -> datetime | None:
    """When the next publication is due, if one is; to be told to nobody but our own proxy."""
    of_editions = AnnualReview.objects.filter(publish_at__gt=now).order_by().values_list("publish_at")
    of_letters = Letter.objects.filter(publish_at__gt=now).order_by().values_list("publish_at")
    due: tuple[datetime | None] | None = of_editions.union(of_letters).order_by("publish_at").first()
    return due[0] if due else None
