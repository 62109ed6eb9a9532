"""What the public sees of guidance: published versions, and the texts that the site came with. Never a draft."""

from django.utils import timezone

from guidance.models import Page
from guidance.shipped import SHIPPED, Text


def page(slug: str) -> Text | None:
    """The page's text in force, by one query; None where there is no such page."""
    row = Page.objects.filter(slug=slug, published__isnull=False).select_related("published").first()
    if row is None:
        return SHIPPED.get(slug)
    version = row.published
    return Text(slug, version.title, version.text, timezone.localdate(version.published_at))


def titles() -> dict[str, str]:
    """The title of every page by its slug: those that the site came with first, then by title."""
    rows = Page.objects.filter(published__isnull=False).order_by("published__title", "slug")
    own = dict(rows.values_list("slug", "published__title"))
    return {slug: own.get(slug, text.title) for slug, text in SHIPPED.items()} | own
