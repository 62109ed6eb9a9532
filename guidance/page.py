"""A page in full: its text as HTML with everything filled in, the same for the public and for a preview."""

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from guidance.markdown import fill, to_html
from guidance.placeholders import value
from guidance.shipped import Text


def in_full(text: Text, request: HttpRequest) -> dict:
    """What the template `public/guidance/page.html` shows."""
    html = fill(to_html(text.text), lambda name: value(name, request))
    return {"text": text, "html": mark_safe(html)}
