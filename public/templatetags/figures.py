"""Numbers in templates, written as everywhere."""

from django import template

from public.figures import counted, number, size

register = template.Library()
register.filter("amount", number)
register.filter("size", size)


@register.filter
def pages(amount: int) -> str:
    """A number of pages: "1 page", "4 pages"."""
    return counted(amount, "page", "pages")
