"""Numbers in templates, written as everywhere; and what descriptions for programs mark as code."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from public.figures import counted, number, size

register = template.Library()
register.filter("amount", number)
register.filter("size", size)


@register.filter
def pages(amount: int) -> str:
    """A number of pages: "1 page", "4 pages"."""
    return counted(amount, "page", "pages")


@register.filter
def with_code(text: str) -> SafeString:
    """Words with what stands between backticks, as in the API's description, as code."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))
