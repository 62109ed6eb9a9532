"""A council's figures within other sites: the frame that shows them, and what oEmbed says of it.

https://oembed.com, version 1.0, type "rich".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import format_html

from councils.models import Council
from public import citing
from public.addresses import full
from public.feeds.atom import say

WIDTH = 600
# From each width on, in pixels, the height that the longest card takes.
_HEIGHTS = ((560, 560), (420, 640), (320, 800), (0, 940))
# The pages of a council that its card can stand for.
_PAGES = {"council", "statistics", "take-along", "committee-pack", "card"}


@dataclass(frozen=True)
class Asked:
    """The council and year that an address of ours is about; no year means the latest."""

    slug: str
    year: str | None


def asked(url: str) -> Asked | None:
    """What a page's address, in full, is about; None unless it is a council's page of this site."""
    try:
        parts, ours = urlsplit(url), urlsplit(settings.SITE_ADDRESS)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() != ours.netloc.lower():
            return None
        match = resolve(parts.path, urlconf="public.urls")
        years = parse_qs(parts.query, max_num_fields=20).get("year")
    except (ValueError, Resolver404):
        return None
    return Asked(match.kwargs["slug"], years[-1] if years else None) if match.url_name in _PAGES else None


def card_address(council: Council, year: int | None) -> str:
    page = full("card", council.slug)
    return page if year is None else f"{page}?year={year}"


def oembed_address(page: str) -> str:
    """Where oEmbed answers for a page of ours, given with its address in full."""
    return full("oembed", query=f"?{urlencode({'url': page})}")


def title(council: Council, years: str = "") -> str:
    """The title of the frame; without `years` where it shows the latest, whichever that is when it is looked at."""
    return f"{council}{f', {years}' if years else ''}: what the Ombudsman’s annual letter says"


def size(most_wide: int | None, most_high: int | None) -> tuple[int, int]:
    """Width and height of the frame, in pixels, within what the other site has room for."""
    width = min(WIDTH, most_wide or WIDTH)
    height = next(high for wide, high in _HEIGHTS if width >= wide)
    return width, min(height, most_high or height)


def frame(address: str, words: str, width: int, height: int) -> str:
    """The HTML that shows the card in another page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" style="border:0;max-width:100%"></iframe>',
        address,
        words,
        width,
        height,
    )


def answer(address: str, words: str, width: int, height: int) -> dict[str, str | int]:
    """What oEmbed says of a card."""
    return {
        "version": "1.0",
        "type": "rich",
        "title": words,
        "provider_name": citing.SITE,
        "provider_url": settings.SITE_ADDRESS,
        "html": frame(address, words, width, height),
        "width": width,
        "height": height,
    }


def as_xml(said: Mapping[str, str | int]) -> bytes:
    """The same as XML."""
    root = ElementTree.Element("oembed")
    for name, value in said.items():
        say(root, name, str(value))
    declaration = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
    return declaration + ElementTree.tostring(root, encoding="utf-8")
