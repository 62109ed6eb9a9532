"""How a page stands, for staff: what the public sees, what waits, and whether the site's own text has moved on."""

from dataclasses import dataclass
from functools import cached_property

from guidance.models import Page, Version, address
from guidance.shipped import SHIPPED, Text


@dataclass
class Standing:
    """A page with all its versions, newest first; the page is None where staff have written nothing yet."""

    slug: str
    page: Page | None
    versions: list[Version]

    @property
    def address(self) -> str:
        return address(self.slug)

    @property
    def shipped(self) -> Text | None:
        """The text that the site comes with today."""
        return SHIPPED.get(self.slug)

    @property
    def newest(self) -> int:
        """The number of the newest version; 0 where there is none."""
        return self.versions[0].number if self.versions else 0

    @cached_property
    def published(self) -> Version | None:
        return next((each for each in self.versions if self.page and each.pk == self.page.published_id), None)

    @cached_property
    def draft(self) -> Version | None:
        """The newest version of ours, if it waits to be published."""
        ours = next((each for each in self.versions if not each.shipped), None)
        return ours if ours and ours.published_at is None else None

    @property
    def ours(self) -> Version | None:
        """What staff have written and would go on from."""
        return self.draft or self.published

    @property
    def in_hand(self) -> Version | Text | None:
        """The text to go on writing from."""
        return self.ours or self.shipped or (self.versions[0] if self.versions else None)

    @property
    def title(self) -> str:
        shown = self.published or self.shipped or self.in_hand
        return shown.title if shown else ""

    @property
    def is_public(self) -> bool:
        return bool(self.published or self.shipped)

    @cached_property
    def shipped_has_changed(self) -> bool:
        """Whether the site comes with another text than the one that ours was written from."""
        known = next((each for each in self.versions if each.shipped), None)
        return bool(
            self.ours
            and self.shipped
            and (known is None or (known.title, known.text) != (self.shipped.title, self.shipped.text))
        )

    def version(self, number: int) -> Version | None:
        return next((each for each in self.versions if each.number == number), None)


def of(slug: str) -> Standing | None:
    """The page at that address; None where there is none."""
    page = Page.objects.filter(slug=slug).first()
    if page is None:
        return Standing(slug, None, []) if slug in SHIPPED else None
    return Standing(slug, page, list(page.versions.select_related("author")))


def every() -> list[Standing]:
    """All pages: those that the site came with first."""
    rows = {page.slug: page for page in Page.objects.prefetch_related("versions__author")}
    slugs = [*SHIPPED, *sorted(rows.keys() - SHIPPED.keys())]
    return [
        Standing(slug, rows.get(slug), list(rows[slug].versions.all()) if slug in rows else [])
        for slug in slugs
    ]
