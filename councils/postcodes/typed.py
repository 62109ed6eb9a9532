"""Postcodes as people write them. Pure: text in, text out."""

import re
from dataclasses import dataclass
from itertools import product

_OUTWARD = r"[A-Z](?:[1-9][0-9]?|[1-9][A-HJKMNPR-Y]|[A-Z](?:0|[1-9][0-9]?|[1-9][A-HJKMNPR-Y]))"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(_OUTWARD + _INWARD)
_PART = re.compile(rf"{_OUTWARD}(?:[0-9][ABD-HJLNP-UW-Z]?)?")

# One or two letters and then a digit, and at most two letters or digits too many; but no GSS code or part of one.
_LIKE_ONE = re.compile(r"(?=.{2,9}\Z)(?!E\d{4})[A-Z0]{1,2}O?[0-9][A-Z0-9]*")
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")


@dataclass(frozen=True)
class Typed:
    """What was typed where a postcode was meant. `code` is the whole postcode without its space, or empty."""

    code: str = ""
    is_part: bool = False

    @property
    def shown(self) -> str:
        return written(self.code)


def written(code: str) -> str:
    """A whole postcode with its space, such as "NN8 1BP"."""
    return f"{code[:-3]} {code[-3:]}"


def read(text: str) -> Typed | None:
    """The postcode, or the attempt at one, that `text` is; None for anything else, such as a name.

    A letter O for a nought and a nought for a letter O are put right where only one postcode can be meant.
    """
    letters = _BETWEEN.sub("", text).upper()
    if not letters.isascii() or not _LIKE_ONE.fullmatch(letters):
        return None
    if code := whole(letters):
        return Typed(code)
    return Typed(is_part=any(map(_PART.fullmatch, _readings(letters))))


def whole(letters: str) -> str:
    """The one postcode that letters and digits without a space can mean; empty where they mean none, or several."""
    if _WHOLE.fullmatch(letters):
        return letters
    possible = [reading for reading in _readings(letters) if _WHOLE.fullmatch(reading)]
    return possible[0] if len(possible) == 1 else ""


def _readings(letters: str) -> list[str]:
    """What else they may be, if each O may be a nought and each nought an O."""
    return ["".join(each) for each in product(*("O0" if one in "O0" else one for one in letters))]
