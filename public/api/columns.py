"""Columns that several tables have, and lists within a cell. What figures' rows have too is described there."""

from dataclasses import dataclass

from public.tidy.columns import COLUMNS, Column, Type


@dataclass(frozen=True)
class Several(Column):
    """A column of lists of words: an array in JSON; in CSV one cell, with semicolons between them."""

    type: Type = Type.TEXT
    description: str = ""
    may_be_null: bool = False


_OF_FIGURES = {column.name: column for column in COLUMNS}


def as_of_figures(*names: str) -> tuple[Column, ...]:
    """The columns of these names as the table of figures has them."""
    return tuple(_OF_FIGURES[name] for name in names)


def text(name: str, title: str, description: str, may_be_null: bool = False) -> Column:
    return Column(name, title, Type.TEXT, description, may_be_null=may_be_null)


def whole(name: str, title: str, description: str, may_be_null: bool = False) -> Column:
    return Column(name, title, Type.WHOLE, description, may_be_null=may_be_null)
