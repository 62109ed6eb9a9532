"""What a visitor reads on a page."""

import re
from html import unescape


def words_of(html: str) -> str:
    """A piece of a page in one line: without its elements, and with its characters plain."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main_part(response) -> str:
    """The words of the page's main part."""
    return words_of(response.content.decode().split("<main")[1].split("</main>")[0].split(">", 1)[1])
