"""What has been published and put right, as entries of feeds, newest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from letters import published
from public import citing
from public.addresses import full
from public.feeds.atom import Entry
from public.figures import full_day
from public.put_right import Entry as PutRight
from public.put_right import log

# A reader that looks once a day misses nothing of a year's letters: they come some 400 at an hour.
AT_MOST = 500


def of_letters(letters: Any, now: datetime) -> list[Entry]:
    """The newest of these public letters."""
    newest = list(letters.order_by("-published_at", "-review__year_ending", "council__name")[:AT_MOST])
    corrected = last_corrections(now)
    return [_of_letter(letter, corrected.get(letter.pk)) for letter in newest]


def last_corrections(now: datetime) -> dict[Any, datetime]:
    """When a figure of each corrected letter was last put right."""
    each = published.corrections(now).order_by().values("letter").annotate(last=Max("confirmed_at"))
    return dict(each.values_list("letter", "last"))


def _of_letter(letter: Any, corrected: datetime | None) -> Entry:
    council, year = letter.council, letter.review.year_ending
    copy = published.clean_copy(letter)
    return Entry(
        # The id of a letter is random, tells nothing, and stays whatever its council comes to be called.
        name=f"letter {letter.pk}",
        title=f"{council.name}, {letter.review.years}: the Ombudsman’s letter",
        address=full("letter", council.slug, year),
        published=letter.published_at,
        updated=max(filter(None, (letter.published_at, corrected))),
        summary=_said(letter, corrected),
        author=citing.author(year),
        pdf=(full("pdf", council.slug, year), copy.size) if copy else None,
    )


def _said(letter: Any, corrected: datetime | None) -> str:
    said = [f"Published here on {full_day(letter.published_at)}."]
    if letter.letter_date:
        said.insert(0, f"Dated {full_day(letter.letter_date)}.")
    if corrected:
        said.append(f"A figure was corrected on {full_day(corrected)}.")
    return " ".join([*said, citing.notice()]).strip()


def of_corrections(now: datetime) -> list[Entry]:
    return list(map(_of_correction, _newest(log(now))))


def _newest(entries: Iterable[PutRight]) -> list[PutRight]:
    return list(entries)[:AT_MOST]


def _of_correction(entry: PutRight) -> Entry:
    numbers = f"It was {entry.was}. It is {entry.now}." if entry.was or entry.now else ""
    return Entry(
        name=f"{entry.kind} {entry.letter.pk} {entry.measure} {entry.at.timestamp()}",
        title=f"{entry.council.name}, {entry.years}: {entry.sentence}",
        address=f"{full('annual-letters', entry.council.slug)}#{entry.year}",
        published=entry.at,
        updated=entry.at,
        summary=" ".join(filter(None, [entry.sentence, numbers, entry.why, citing.notice()])),
        author=citing.SITE,
    )
