"""What a visitor looks for in a search field, and what there is to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms
from django.utils import timezone

from councils.finding import find
from councils.models import Council, PostcodeList
from councils.postcodes.typed import Typed, read
from councils.queries import SEARCH_RESULTS
from public import postcodes
from public.lineage import Parts, in_short

# Stands for a council's slug in the address that a suggestion leads to.
ANY_SLUG = "any-council"

UNFINISHED = "Enter the whole postcode, such as NN8 1BP: a part of it may belong to several councils."
NO_POSTCODE = "That is not how a postcode is written. Enter one such as NN8 1BP, or the name of a council."


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
    """What was looked for, and what was found, or nearly; or what was wrong with the question.

    `by_postcode` tells that a postcode was meant, `place` where it lies; None where no postcodes are loaded.
    """

    query: str = ""
    found: list[Hit] = field(default_factory=list)
    near: list[Hit] = field(default_factory=list)
    error: str = ""
    by_postcode: bool = False
    place: postcodes.Answer | None = None

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
    if typed := read(query):
        return _by_postcode(query, typed, today)
    found = find(query, today)
    return Search(query, _hits(found.called, today), _hits(found.nearly, today))


def _by_postcode(query: str, typed: Typed, today: date) -> Search:
    list_in_use = PostcodeList.objects.in_use()
    if list_in_use is None:
        return Search(query, by_postcode=True)
    if not typed.code:
        error = UNFINISHED if typed.is_part else NO_POSTCODE
        return Search(query, error=error, by_postcode=True)
    place = postcodes.answer(typed.code, list_in_use, today)
    found = _hits([duty.council for duty in place.councils], today)
    return Search(query, found, by_postcode=True, place=place)


def _hits(councils: list[Council], today: date) -> list[Hit]:
    return [Hit.of(council, today) for council in councils]
