"""The life of a page of guidance: drafts nobody sees, versions that never change, two who write at once."""

from datetime import UTC, date
from datetime import datetime as DateTime
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction

from guidance import editing, published, shipped, standing
from guidance.models import Page, Version
from guidance.shipped import SHIPPED, Text
from tests import factories

pytestmark = pytest.mark.django_db

SLUG = "how-to-complain"
NOON = DateTime(2026, 6, 3, 12, tzinfo=UTC)


def draft(staff, slug=SLUG, text="Ours.\n", title="Ours", summary="A start"):
    seen = standing.of(slug).newest if standing.of(slug) else 0
    return editing.save_draft(slug, seen, staff, title=title, text=text, summary=summary)


def publish(staff, slug=SLUG, **values):
    version = draft(staff, slug, **values)
    return editing.publish(slug, version.number, staff)


def deeds(slug=SLUG):
    return list(
        LogEntry.objects.filter(object_id=slug).order_by("pk").values_list("change_message", flat=True)
    )


def test_without_a_version_the_text_that_the_site_comes_with_is_shown(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert published.page(SLUG) == SHIPPED[SLUG]
    with django_assert_num_queries(1):
        assert published.titles() == {slug: text.title for slug, text in SHIPPED.items()}
    assert published.page("nothing") is None


def test_a_draft_is_not_public_until_it_is_published(staff):
    draft(staff)
    draft(staff, "new-page")
    assert published.page(SLUG) == SHIPPED[SLUG]
    assert published.page("new-page") is None
    assert "new-page" not in published.titles()
    with time_machine.travel(NOON, tick=False):
        editing.publish(SLUG, 2, staff)
        editing.publish("new-page", 1, staff)
    assert published.page(SLUG) == Text(SLUG, "Ours", "Ours.\n", date(2026, 6, 3))
    assert published.page("new-page").text == "Ours.\n"
    assert list(published.titles())[-1] == "new-page"
    assert deeds() == ["Draft saved: A start", "Version 2 published."]


def test_the_day_of_a_change_is_that_of_clocks_in_england(staff):
    with time_machine.travel(DateTime(2026, 6, 3, 23, 30, tzinfo=UTC), tick=False):
        publish(staff)
    assert published.page(SLUG).changed == date(2026, 6, 4)


def test_a_newer_draft_leaves_the_published_version_public(staff):
    publish(staff)
    draft(staff, text="Newer.\n")
    assert published.page(SLUG).text == "Ours.\n"


def test_the_first_version_is_the_text_that_was_written_over(staff):
    draft(staff)
    newest, first = standing.of(SLUG).versions
    assert (first.number, first.shipped, first.text, first.author) == (1, True, SHIPPED[SLUG].text, None)
    assert (newest.number, newest.shipped, newest.author) == (2, False, staff)


def test_who_was_slower_is_refused_and_told_of_the_newer_version(staff):
    other = factories.staff("other")
    draft(staff)
    theirs = editing.save_draft(SLUG, 2, other, title="Theirs", text="Theirs.\n", summary="x")
    before = list(Version.objects.order_by("pk").values())
    for deed in (
        lambda: editing.save_draft(SLUG, 2, staff, title="Ours", text="Ours.\n", summary="x"),
        lambda: editing.publish(SLUG, 2, staff),
        lambda: editing.put_back(standing.of(SLUG).version(1), 2, staff),
        lambda: editing.take_off(SLUG, 2, staff),
        lambda: editing.keep_ours(SLUG, 2, staff),
    ):
        with pytest.raises(editing.Refused) as refused:
            deed()
        assert refused.value.newer == theirs
    assert list(Version.objects.order_by("pk").values()) == before
    assert len(deeds()) == 2


def test_a_new_page_does_not_write_over_one_that_was_begun_meanwhile(staff):
    draft(staff, "new-page")
    with pytest.raises(editing.Refused):
        editing.save_draft("new-page", 0, staff, title="x", text="x", summary="x")


def test_what_was_refused_leaves_no_trace(staff):
    with pytest.raises(editing.Refused, match="no draft"):
        editing.publish(SLUG, 0, staff)
    with pytest.raises(editing.Refused, match="No version"):
        editing.take_off(SLUG, 0, staff)
    assert not Page.objects.exists()
    assert deeds() == []


def test_a_version_is_published_once(staff):
    publish(staff)
    with pytest.raises(editing.Refused, match="no draft"):
        editing.publish(SLUG, 2, staff)


def test_an_earlier_text_is_put_back_as_a_draft(staff):
    publish(staff)
    publish(staff, text="Newer.\n")
    again = editing.put_back(standing.of(SLUG).version(2), 3, staff)
    assert (again.number, again.text, again.summary, again.published_at) == (
        4,
        "Ours.\n",
        "Version 2 put back.",
        None,
    )
    assert published.page(SLUG).text == "Newer.\n"
    editing.publish(SLUG, 4, staff)
    assert published.page(SLUG).text == "Ours.\n"


def test_taken_off_the_site_s_own_text_is_shown_or_nothing(staff):
    publish(staff)
    publish(staff, "new-page")
    editing.take_off(SLUG, 2, staff)
    editing.take_off("new-page", 1, staff)
    assert published.page(SLUG) == SHIPPED[SLUG]
    assert published.page("new-page") is None
    assert Version.objects.count() == 3
    assert deeds()[-1] == "Version 2 taken off the site."


def test_an_update_of_the_site_changes_only_what_nobody_has_edited(staff, monkeypatch):
    publish(staff)
    newer = {
        slug: Text(slug, text.title, "New in this release.\n", text.changed) for slug, text in SHIPPED.items()
    }
    for module in (published, standing, editing, shipped):
        monkeypatch.setattr(module, "SHIPPED", newer)
    assert published.page("privacy").text == "New in this release.\n"
    assert published.page(SLUG).text == "Ours.\n"
    page = standing.of(SLUG)
    assert page.shipped_has_changed
    assert not standing.of("privacy").shipped_has_changed
    editing.keep_ours(SLUG, page.newest, staff)
    page = standing.of(SLUG)
    assert not page.shipped_has_changed
    assert published.page(SLUG).text == "Ours.\n"
    assert page.draft is None
    assert page.in_hand.text == "Ours.\n"


def test_what_a_draft_was_written_from_is_known_however_it_came_about(staff, monkeypatch):
    publish(staff)
    editing.take_off(SLUG, 2, staff)
    draft(staff)
    assert [each.number for each in standing.of(SLUG).versions] == [3, 2, 1]
    newer = dict(SHIPPED) | {SLUG: Text(SLUG, "New", "New in this release.\n", SHIPPED[SLUG].changed)}
    for module in (published, standing, editing):
        monkeypatch.setattr(module, "SHIPPED", newer)
    assert standing.of(SLUG).shipped_has_changed  # before the draft takes its place
    editing.publish(SLUG, 3, staff)
    editing.take_off(SLUG, 3, staff)
    assert not standing.of(SLUG).shipped_has_changed
    draft(staff)
    assert [(each.number, each.shipped) for each in standing.of(SLUG).versions[:2]] == [(5, False), (4, True)]
    assert not standing.of(SLUG).shipped_has_changed


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_refused(staff):
    both, refused = Barrier(2), []

    def save(name):
        both.wait()
        try:
            editing.save_draft("new-page", 0, staff, title=name, text=name, summary=name)
        except editing.Refused as refusal:
            refused.append(refusal.newer.title)
        finally:
            connection.close()

    writers = [Thread(target=save, args=[name]) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == [Version.objects.get().title]


def test_the_database_refuses_two_versions_of_a_number_and_versions_of_nobody(staff):
    version = draft(staff)
    for wrong in ({"author": staff}, {"number": 9}, {"number": 9, "author": staff, "shipped": True}):
        values = {"number": version.number, "title": "x", "text": "x", "summary": "x", "written_at": NOON}
        with pytest.raises(IntegrityError), transaction.atomic():
            version.page.versions.create(**(values | wrong))
