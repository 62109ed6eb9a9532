"""Decisions and public reports as entries of feeds, newest first, and as pages of sitemaps."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet

from cases.days import first_instant, public_on
from cases.published import changed_at
from cases.references import address
from public import citing
from public.addresses import full
from public.cases.addresses import of_decision
from public.feeds.atom import Entry
from public.feeds.entries import AT_MOST
from public.feeds.sitemap import Page
from public.figures import full_day


def of_decisions(found: QuerySet) -> list[Entry]:
    """The newest of these public decisions."""
    return list(map(_of_decision, found.prefetch_related("bodies")[:AT_MOST]))


def _of_decision(row: Any) -> Entry:
    about = f"{row.category.name}: {row.subcategory.name}. Decided on {full_day(row.decided_on)}."
    return Entry(
        name=f"decision {row.reference}",
        title=f"{_bodies(row)} ({row.reference}): {row.get_outcome_display().lower()}",
        address=of_decision(row.category.slug, row.subcategory.slug, row.reference_in_address),
        published=first_instant(row.public_on),
        updated=changed_at(row.public_on, row.written_at),
        summary=" ".join(filter(None, [about, row.summary, citing.notice()])),
        author=citing.author(row.decided_on.year),
    )


def of_reports(found: QuerySet) -> list[Entry]:
    """The newest of these public reports."""
    rows = found.annotate(pdf_bytes=F("file__size"), pdf_added_at=F("file__added_at"))
    return list(map(_of_report, rows[:AT_MOST]))


def _of_report(row: Any) -> Entry:
    page, reference = full("public-report", row.reference_in_address), row.reference
    about = f"On {_bodies(row)}. {row.get_satisfied_display()}."
    return Entry(
        name=f"public report {reference}",
        title=f"{row.title} (public report {reference})",
        address=page,
        published=first_instant(row.published_on),
        updated=changed_at(row.published_on, row.written_at, row.pdf_added_at if row.has_pdf else None),
        summary=" ".join(filter(None, [about, row.summary, citing.notice()])),
        author=citing.author(row.published_on.year),
        pdf=(f"{page}.pdf", row.pdf_bytes) if row.has_pdf else None,
    )


def _bodies(row: Any) -> str:
    return "; ".join(body.name for body in row.bodies.all())


def pages_of_decisions(found: QuerySet) -> Iterator[Page]:
    """The page of each of these decisions, and when it last changed."""
    named = found.values_list("reference", "category__slug", "subcategory__slug", "decided_on", "written_at")
    for reference, category, part, decided_on, written_at in named.iterator(chunk_size=2000):
        begins = _public_since(decided_on)
        yield of_decision(category, part, address(reference)), max(begins, written_at or begins)


def pages_of_reports(found: QuerySet) -> Iterable[Page]:
    """The page of each of these reports, and when it last changed."""
    named = found.values_list("reference", "published_on", "written_at", "file__added_at")
    for reference, published_on, *written in named.iterator(chunk_size=2000):
        yield full("public-report", address(reference)), changed_at(published_on, *written)


# What many decisions share is worked out once for all.
@lru_cache(maxsize=5_000)
def _public_since(decided_on: date) -> datetime:
    return first_instant(public_on(decided_on))
