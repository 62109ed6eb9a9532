"""Writing a page: draft, publish, put back, take off. The only writer of pages and versions.

Each deed names the newest version that its doer was shown. Where there is a newer one, nothing is done.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from caches.purging import purge_after_commit
from guidance.models import Page, Version
from guidance.shipped import SHIPPED


class Refused(Exception):
    """A deed that was not done, and why; nothing was changed. `newer` is the version that was not seen."""

    def __init__(self, message: str, newer: Version | None = None) -> None:
        super().__init__(message)
        self.newer = newer


def save_draft(slug: str, seen: int, by: User, *, title: str, text: str, summary: str) -> Version:
    """Keep a text that the public does not see."""
    with _at(slug, seen) as page:
        ours = page.versions.filter(shipped=False).first()
        if page.published is None and (ours is None or ours.published_at):
            _keep_shipped(page)  # what the draft was written from
        return _add(page, by, f"Draft saved: {summary}", title=title, text=text, summary=summary)


def publish(slug: str, seen: int, by: User) -> Version:
    """Show the newest draft to the public, from now on."""
    with _at(slug, seen) as page:
        draft = page.versions.filter(shipped=False).first()
        if draft is None or draft.published_at:
            raise Refused("There is no draft to publish.")
        draft.published_at = timezone.now()
        draft.save(update_fields=["published_at"])
        _show(page, draft)
        _record(by, page, f"Version {draft.number} published.")
        return draft


def put_back(version: Version, seen: int, by: User) -> Version:
    """Make a draft of an earlier text."""
    with _at(version.page_id, seen) as page:
        summary = f"Version {version.number} put back."
        return _add(page, by, summary, title=version.title, text=version.text, summary=summary)


def take_off(slug: str, seen: int, by: User) -> None:
    """Show no version of ours any more: the text that the site came with, or no page at all."""
    with _at(slug, seen) as page:
        if page.published is None:
            raise Refused("No version of this page is public.")
        number = page.published.number
        _show(page, None)
        _record(by, page, f"Version {number} taken off the site.")


def keep_ours(slug: str, seen: int, by: User) -> None:
    """Note that the text which the site comes with has changed, and that ours stays."""
    with _at(slug, seen) as page:
        _keep_shipped(page)
        _record(by, page, "The changed text that the site comes with was looked at; ours stays.")


@contextmanager
def _at(slug: str, seen: int) -> Iterator[Page]:
    """The page, kept from others until the deed is done; refused if it has a version that was not seen."""
    with transaction.atomic():
        Page.objects.get_or_create(slug=slug)
        page = Page.objects.select_for_update(no_key=True).get(slug=slug)
        newest = page.versions.select_related("author").first()
        if newest is not None and newest.number != seen:
            raise Refused("This page was changed since you opened it. Nothing was done.", newest)
        yield page


def _add(page: Page, by: User, deed: str, **values) -> Version:
    version = _new(page, author=by, written_at=timezone.now(), **values)
    _record(by, page, deed)
    return version


def _keep_shipped(page: Page) -> None:
    """Keep the text that the site comes with today as a version, unless it is kept already."""
    text, known = SHIPPED.get(page.slug), page.versions.filter(shipped=True).first()
    if text and (known is None or (known.title, known.text) != (text.title, text.text)):
        summary = "The text that the site comes with."
        _new(page, shipped=True, written_at=timezone.now(), title=text.title, text=text.text, summary=summary)


def _new(page: Page, **values) -> Version:
    newest = page.versions.first()
    return page.versions.create(number=newest.number + 1 if newest else 1, **values)


def _show(page: Page, version: Version | None) -> None:
    page.published = version
    page.save(update_fields=["published"])
    purge_after_commit()


def _record(by: User, page: Page, deed: str) -> None:
    LogEntry.objects.log_actions(by.pk, [page], CHANGE, change_message=deed, single_object=True)
