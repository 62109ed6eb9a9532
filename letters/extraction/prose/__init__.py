"""A letter's own words as paragraphs, headings, lists and tables, page by page, for pages that people read.

Nothing here decides a figure. A page whose parts cannot be put in order with certainty is told line by line instead.
"""

from .telling import tell
from .types import Block, Page

__all__ = ["Block", "Page", "tell"]
