"""Which characters of a text are kept, and how they are spelt."""

from functools import lru_cache

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPACES = frozenset(
    " \t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
)
# Of so many characters it is remembered what is kept of them; a letter has few.
_MOST_CHARACTERS = 4096


class _Cleaned(dict[int, str]):
    """What is kept of each character, by its code; found out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kept = LIGATURES.get(char, char) if char in SPACES or char.isprintable() else ""
        if len(self) < _MOST_CHARACTERS:
            self[code] = kept
        return kept


_CLEANED = _Cleaned()


def clean(text: str) -> str:
    """Text as it may be kept: ligatures spelt out; control, direction and soft-hyphen characters gone.

    NUL and lone surrogates, which no database takes, are among those that go.
    """
    return text.translate(_CLEANED)


# The same of one character, by its code.
cleaned = _CLEANED.__getitem__
# The few characters of a letter are cleaned once each.
clean_character = lru_cache(maxsize=4096)(clean)
