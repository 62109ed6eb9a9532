"""Whose changes the history tells. Each room names its own models, when it is loaded."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Watched:
    """How the rows of a model are told.

    `of` are the fields that lead to the row it is a part of, and whose history tells it; none for what has a history
    of its own. `key` are the fields that name a row for good where its id does not, since it may be written anew.
    """

    model: type[Model]
    of: tuple[str, ...] = ()
    key: tuple[str, ...] = ("pk",)
    without: frozenset[str] = frozenset()
    told_as: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def fields_to(self, owner: type[Model]) -> list[str]:
        """Those of its fields that lead to rows of this model, whose history tells it."""
        return [name for name in self.of if self.model._meta.get_field(name).related_model is owner]


WATCHED: dict[str, Watched] = {}


def watch(
    model: type[Model],
    of: tuple[str, ...] = (),
    key: tuple[str, ...] = ("pk",),
    without: Collection[str] = (),
    told_as: Mapping[str, Callable[[Any], Any]] | None = None,
) -> None:
    """Tell the changes of this model, `without` fields that are no statement about what the row stands for."""
    watched = Watched(model, of, key, frozenset(without), told_as or {})
    WATCHED[watched.label] = watched


def parts_of(owner: type[Model]) -> list[Watched]:
    """What is told of a row of this model: the model itself, and those whose rows are parts of it."""
    return [WATCHED[owner._meta.label_lower], *(each for each in WATCHED.values() if each.fields_to(owner))]
