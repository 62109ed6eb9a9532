"""What the full-text search looks through."""

import uuid
from typing import ClassVar

from django.db import models

from .letters import Letter

_COUNCILS = 1 << 20


class LetterWords(models.Model):
    """The words of an approved letter, as `letters.search.words` has them; the workflow writes them with the approval.

    The database keeps a full-text index of them by itself (`letters.search.index`). The key sorts: by year, then
    against the order of the register, so that a walk from the highest key down meets the newest year first and its
    councils in order.
    """

    # A council's letters of a year have keys of one such range.
    LETTERS: ClassVar = 1 << 31

    id = models.BigIntegerField(primary_key=True)
    letter = models.OneToOneField(Letter, models.CASCADE, related_name="words")
    words = models.TextField()

    @classmethod
    def lowest_key(cls, year_ending: int, council_id: int | None = None) -> int:
        """Below all keys of this year, or of this council's in it, and above those of all that come later in a walk."""
        place = 0 if council_id is None else _COUNCILS - 1 - council_id % _COUNCILS
        return (year_ending * _COUNCILS + place) * cls.LETTERS

    @classmethod
    def year(cls, key: int) -> int:
        return key // (_COUNCILS * cls.LETTERS)

    @classmethod
    def key(cls, year_ending: int, council_id: int, letter_id: uuid.UUID) -> int:
        return cls.lowest_key(year_ending, council_id) + letter_id.int % cls.LETTERS
