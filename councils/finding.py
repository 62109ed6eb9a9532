"""Whom a visitor means who types the name of a council, rightly or nearly."""

from dataclasses import dataclass
from datetime import date

from .misspelt import near, near_but_for_a_word
from .models import Council
from .names import distinctive, telling_words

NEAR_RESULTS = 6


@dataclass(frozen=True)
class Found:
    """Bodies that are called what was typed; or, where there is none, those that are nearly called so."""

    called: list[Council]
    nearly: list[Council]


def find(text: str, on: date) -> Found:
    """Whom `text` names on a day. At most five queries."""
    called = list(Council.objects.with_successors().search(text, on))
    return Found(called, []) if called else _otherwise(text, on)


def _otherwise(text: str, on: date) -> Found:
    """Bodies whose names differ in general words ("Croydon Borough Council"), in a few letters or in a word."""
    names = Council.objects.plain_names()
    distances = near(text, names) or near_but_for_a_word(text, names)
    bodies = Council.objects.with_successors().prefetch_related("aliases").filter(pk__in=distances)
    nearest = sorted(bodies, key=lambda body: (distances[body.pk], not body.existed_on(on), body.name))
    called = [body for body in nearest if _may_be_called(body, text)]
    return Found(called, [] if called else nearest[:NEAR_RESULTS])


def _may_be_called(body: Council, text: str) -> bool:
    core = distinctive(text)
    cores = {body.distinctive, *(alias.distinctive for alias in body.aliases.all())}
    return core != "" and core in cores and body.may_be_printed_with(telling_words(text))
