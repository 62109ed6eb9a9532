"""What a visitor looks for in a search field, and what there is to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms
from django.utils import timezone

from councils.finding import find
from councils.models import Council
from councils.queries import SEARCH_RESULTS
from public.lineage import Parts, in_short

# Stands for a council's slug in the address that a suggestion leads to.
ANY_SLUG = "any-council"


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=100,
        error_messages={
            "required": "Enter the name of a council, or part of it.",
            "max_length": "Enter a shorter name: at most 100 characters.",
            "null_characters_not_allowed": "Enter a name in ordinary characters.",
        },
    )


@dataclass(frozen=True)
class Hit:
    """A council that was found, and what to say of it beside its name."""

    council: Council
    note: Parts

    @classmethod
    def of(cls, council: Council, today: date) -> "Hit":
        ended = in_short(council, today)
        return cls(council, [council.get_kind_display(), *([", ", *ended] if ended else [])])


@dataclass(frozen=True)
class Search:
    """What was looked for, and what was found, or nearly; or what was wrong with the question."""

    query: str = ""
    found: list[Hit] = field(default_factory=list)
    near: list[Hit] = field(default_factory=list)
    error: str = ""

    @property
    def more(self) -> bool:
        """Whether there may be more than were found."""
        return len(self.found) == SEARCH_RESULTS

    @property
    def status(self) -> int:
        return 400 if self.error else 200


def look_up(parameters: Mapping[str, str], now: datetime) -> Search:
    """The councils that the parameter `q` names, or nearly names; nothing where there is none."""
    if "q" not in parameters:
        return Search()
    form = SearchForm(parameters)
    if not form.is_valid():
        return Search(error=form.errors["q"][0])
    query, today = form.cleaned_data["q"], timezone.localdate(now)
    found = find(query, today)
    return Search(
        query,
        [Hit.of(council, today) for council in found.called],
        [Hit.of(council, today) for council in found.nearly],
    )
