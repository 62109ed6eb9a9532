"""Sitemaps (sitemaps.org): the pages that search engines should know, with when they last changed where that is known.

A council's statistics change with other councils' letters and with the register: no date is true of them, so none is
given.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
TYPE = "application/xml; charset=utf-8"

# So many pages it may have.
AT_MOST = 50_000

Page = tuple[str, datetime | None]


def of_pages(pages: Iterable[Page]) -> bytes:
    return _as_xml("urlset", "url", pages)


def index(sitemaps: Iterable[Page]) -> bytes:
    return _as_xml("sitemapindex", "sitemap", sitemaps)


def _as_xml(whole: str, each: str, pages: Iterable[Page]) -> bytes:
    root = ElementTree.Element(whole, {"xmlns": NAMESPACE})
    for address, changed in pages:
        element = ElementTree.SubElement(root, each)
        ElementTree.SubElement(element, "loc").text = address
        if changed:
            instant = changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            ElementTree.SubElement(element, "lastmod").text = instant
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")
