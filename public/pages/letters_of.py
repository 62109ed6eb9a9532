"""Which of a council's letters a page is about."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404

from councils.models import Council
from letters import published


def asked_year(parameters: Mapping[str, str]) -> int | None:
    """The year that the address asks for. An address that asks for anything else is no page of ours."""
    if "year" not in parameters:
        return None
    if not re.fullmatch("[12][0-9]{3}", parameters["year"]):
        raise Http404
    return int(parameters["year"])


def letters_of(council: Council, now: datetime) -> list:
    """The council's letters that count, newest first."""
    return list(published.letters(now).filter(council=council).order_by("-review__year_ending"))


def of_year(letters: list, year: int | None) -> Any:
    """The letter of that year; without a year the latest; None where there is none."""
    return next((each for each in letters if year in (None, each.review.year_ending)), None)
