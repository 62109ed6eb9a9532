"""The addresses of pages in full, for whoever is not on this site: feeds, programs, documents on paper."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def full(page: str, *parts: Any, query: str = "") -> str:
    """The address of the page of that name; `query` comes behind it as it is given."""
    return f"{settings.SITE_ADDRESS}{reverse(page, args=parts)}{query}"
