"""Reads Atom feeds and sitemaps, for tests."""

from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client, address):
    return ElementTree.fromstring(client.get(address).content).findall(f"{ATOM}entry")


def said(element, name):
    return element.findtext(f"{ATOM}{name}")


def locations(client, address):
    """The addresses of a sitemap with their dates."""
    root = ElementTree.fromstring(client.get(address).content)
    return {each.findtext(f"{MAP}loc"): each.findtext(f"{MAP}lastmod") for each in root}
