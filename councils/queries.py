"""Questions to the register that concern many bodies at once."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone

from .names import distinctive, plain, spelt_out, telling_words
from .years import reporting_year

if TYPE_CHECKING:
    from .models import Council

SEARCH_LENGTH = 200
SEARCH_WORDS = 8
SEARCH_RESULTS = 20

# A GSS code, or so much of one that it can be no postcode.
_CODE = re.compile(r"E\d{4,8}")


class CouncilQuerySet(models.QuerySet):
    def open_on(self, day: date) -> Self:
        """Bodies that existed on that day. One whose first day is not known has existed ever since."""
        return self._existing(day, day)

    def open_in_year_of(self, day: date) -> Self:
        """Bodies that existed at any time in the reporting year (1 April to 31 March) that contains `day`."""
        return self._existing(*reporting_year(day))

    def _existing(self, first: date, last: date) -> Self:
        return self.filter(
            Q(first_day=None) | Q(first_day__lte=last), Q(last_day=None) | Q(last_day__gte=first)
        )

    def with_lineage(self) -> Self:
        """Successions both ways and the bodies at their other ends, in two further queries.

        Each succession says whether its predecessor `was_divided`, that is, has other successors too, and whether
        it `had_taken_over` from others before.
        """
        from .models import Succession

        others = Succession.objects.filter(predecessor=OuterRef("predecessor")).exclude(pk=OuterRef("pk"))
        earlier = Succession.objects.filter(successor=OuterRef("predecessor"))
        both = Succession.objects.select_related("predecessor", "successor").annotate(
            was_divided=Exists(others), had_taken_over=Exists(earlier)
        )
        return self.prefetch_related(Prefetch("successions", both), Prefetch("predecessions", both))

    def with_successors(self) -> Self:
        """Who took over from each body, in one further query."""
        from .models import Succession

        return self.prefetch_related(Prefetch("successions", Succession.objects.select_related("successor")))

    def named(self, text: str, day: date) -> "Council | None":
        """The one body that a letter on the reporting year that contains `day` calls `text`, or None.

        The exact official name goes before all else, whenever that body existed. After it, only bodies that
        existed in that year count: by their plain official name, by any plain name, and at last without the
        words that any council may bear ("Middlesbrough Council" for "Middlesbrough Borough Council"). Where
        several bodies answer to it, none does: it never guesses.
        """
        text = "".join(filter(str.isprintable, " ".join(text.split())))
        in_year = self.open_in_year_of(day)
        exact = list(self.filter(name=text)[:2])
        if exact:
            return _only(exact) or _only(in_year.filter(name=text))
        if not plain(text):
            return None
        same = Q(plain=plain(text))
        if distinctive(text):
            same |= Q(distinctive=distinctive(text))
        return _the_one_called(text, in_year.filter(_by_any_name(same)).prefetch_related("aliases"))

    def all_named(self, texts: Iterable[str], day: date) -> dict[str, "Council | None"]:
        """`named` for each of many texts, in two queries."""
        bodies = list(self.prefetch_related("aliases"))
        return {text: _named_among(bodies, text, day) for text in texts}

    def search(self, text: str, on: date | None = None) -> Self:
        """At most 20 bodies that have every word of `text` in their names, or whose GSS code it begins.

        Whole names come first, then beginnings, then the rest; among equals, those that exist on the day
        `on` (today, unless told). One query.
        """
        words = plain(text[:SEARCH_LENGTH]).split()[:SEARCH_WORDS]
        if not words:
            return self.none()
        if _CODE.fullmatch(code := "".join(words).upper()):
            return self._coded(code)
        found = self
        for word in words:
            found = found.filter(_by_any_name(_with_word(word)))
        day = on or timezone.localdate()
        closed = Case(When(Q(last_day__lt=day) | Q(first_day__gt=day), then=1), default=0)
        sought = " ".join(map(spelt_out, words))
        return found.order_by(_closeness(sought), closed, "name")[:SEARCH_RESULTS]

    def _coded(self, code: str) -> Self:
        """Bodies that bear a GSS code that begins so, or once bore one."""
        codes = Q(gss__startswith=code) | Q(newer_gss__startswith=code) | Q(former_gss__startswith=code)
        return self.filter(codes).order_by("name")[:SEARCH_RESULTS]

    def plain_names(self) -> list[tuple[int, str]]:
        """Each name and other name, plain and without the words that any council may bear, with its bearer's key."""
        from .models import Alias

        own = self.order_by().values_list("pk", "distinctive", "plain")
        other = Alias.objects.order_by().values_list("council", "distinctive", "plain")
        return [(key, core or whole) for key, core, whole in own.union(other, all=True)]


def _with_word(word: str) -> Q:
    return Q(plain__contains=word) | Q(plain__contains=spelt_out(word))


def _by_any_name(condition: Q) -> Q:
    """`condition` on the plain or distinctive form of the official name, or of an alias."""
    from .models import Alias

    return condition | Exists(Alias.objects.filter(condition, council=OuterRef("pk")))


def _named_among(bodies: Iterable["Council"], text: str, day: date) -> "Council | None":
    """What `named` finds, among bodies that were fetched with their aliases."""
    text = "".join(filter(str.isprintable, " ".join(text.split())))
    exact = [body for body in bodies if body.name == text]
    if exact:
        return _only(exact) or _only(body for body in exact if body.existed_in_year_of(day))
    printed, core = plain(text), distinctive(text)
    if not printed:
        return None
    candidates = [
        body
        for body in bodies
        if (printed in body.plain_names or (core and core in body.distinctive_names))
        and body.existed_in_year_of(day)
    ]
    return _the_one_called(text, candidates)


def _closeness(sought: str) -> Case:
    whole, begins = Q(plain=sought), Q(plain__startswith=sought)
    begins_a_word = Q(plain__contains=f" {sought}")
    if core := distinctive(sought):
        whole |= Q(distinctive=core)
        begins |= Q(distinctive__startswith=core)
    closest_first = [_by_any_name(names) for names in (whole, begins, begins_a_word)]
    return Case(*(When(names, then=rank) for rank, names in enumerate(closest_first)), default=3)


def _the_one_called(text: str, candidates: Iterable["Council"]) -> "Council | None":
    candidates, printed = list(candidates), plain(text)
    officially = [council for council in candidates if council.plain == printed]
    literally = [council for council in candidates if printed in council.plain_names]
    if officially or literally:
        return _only(officially or literally)
    telling = telling_words(text)
    possible = [council for council in candidates if council.may_be_printed_with(telling)]
    return _only(possible) or _only(council for council in possible if telling <= council.telling_words)


def _only(councils: Iterable["Council"]) -> "Council | None":
    councils = list(councils)
    return councils[0] if len(councils) == 1 else None
