"""Atom 1.0 (RFC 4287). Pure: entries in, XML out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
# What a feed without entries gives as its last change: an instant is demanded, and nothing has changed ever.
NEVER = datetime(2006, 4, 1, tzinfo=UTC)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One entry: `name` makes its id, which stays whatever else changes; `pdf` is an address and a size in bytes."""

    name: str
    title: str
    address: str
    published: datetime
    updated: datetime
    summary: str
    author: str
    pdf: tuple[str, int] | None = None


@dataclass(frozen=True)
class Feed:
    """A feed at `itself`, of what stands on the page at `address`."""

    title: str
    itself: str
    address: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def as_xml(feed: Feed) -> bytes:
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en-GB"})
    say(root, "id", _id(feed.itself))
    say(root, "title", feed.title)
    say(root, "updated", _at(feed.updated))
    _link(root, "self", feed.itself, "application/atom+xml")
    _link(root, "alternate", feed.address, "text/html")
    for entry in feed.entries:
        _add(root, entry)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _add(root: ElementTree.Element, entry: Entry) -> None:
    element = ElementTree.SubElement(root, "entry")
    say(element, "id", _id(entry.name))
    say(element, "title", entry.title)
    say(element, "published", _at(entry.published))
    say(element, "updated", _at(entry.updated))
    say(ElementTree.SubElement(element, "author"), "name", entry.author)
    _link(element, "alternate", entry.address, "text/html")
    if entry.pdf:
        address, size = entry.pdf
        _link(element, "enclosure", address, "application/pdf", length=str(size))
    say(element, "summary", entry.summary)


def say(element: ElementTree.Element, name: str, words: str) -> None:
    """Words in an element of their own, without the characters that no XML can hold."""
    ElementTree.SubElement(element, name).text = _NOT_XML.sub("�", words)


def _link(element: ElementTree.Element, rel: str, href: str, kind: str, **more: str) -> None:
    ElementTree.SubElement(element, "link", {"rel": rel, "type": kind, "href": href, **more})


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, name)}"


_OURS: UUID = uuid5(NAMESPACE_URL, "Your council’s performance")


def _at(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
