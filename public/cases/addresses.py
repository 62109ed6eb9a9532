"""The permanent addresses of decisions, in full. What those of one kind share is worked out once for all of them."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

_ANY = "00-000-000"


def of_decision(category: str, part: str, reference: str) -> str:
    """That of a decision's page, by its category, sub-category and reference as addresses have them."""
    return f"{settings.SITE_ADDRESS}{_before('decision', category, part)}{reference}"


def of_decision_in_api(reference: str) -> str:
    """That of a decision in the API, by its reference as addresses have it."""
    return f"{settings.SITE_ADDRESS}{_before('api-decision')}{reference}"


@lru_cache(maxsize=5_000)
def _before(name: str, *parts: str) -> str:
    """The path as far as the reference."""
    return reverse(name, args=[*parts, _ANY]).removesuffix(_ANY)
