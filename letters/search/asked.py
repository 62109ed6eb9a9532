"""What the words of a question ask for: words, and phrases in double quotes; nothing else is syntax. Pure."""

import re
from dataclasses import dataclass

from letters.search.words import tokens

MOST_WORDS = 20
_QUOTED = re.compile(r'"([^"]*)"')
_QUOTES = str.maketrans("“”„«»", '"""""')


class Refused(Exception):
    """The question cannot be asked, with what to do instead."""


@dataclass(frozen=True)
class Question:
    """What a letter must say: each part is a word, or several that follow one another on a page; as tokens."""

    parts: tuple[tuple[str, ...], ...]

    @property
    def in_fts5(self) -> str:
        """For SQLite's FTS5: each part in quotes, where nothing is syntax."""
        return " AND ".join(f'"{" ".join(part)}"' for part in self.parts)

    @property
    def in_tsquery(self) -> str:
        """For PostgreSQL, to be cast to tsquery: each token in quotes."""
        return " & ".join("({})".format(" <-> ".join(f"'{token}'" for token in part)) for part in self.parts)


def read(text: str) -> Question:
    """Raises Refused where there is no word, or there are too many."""
    text = text.translate(_QUOTES)
    quoted = _QUOTED.findall(text)
    single = _QUOTED.sub(" ", text).replace('"', " ").split()
    # What was typed without a space, such as "2019-20", is looked for as it was typed.
    parts = tuple(dict.fromkeys(part for each in (*quoted, *single) if (part := tuple(tokens(each)))))
    if not parts:
        raise Refused("Enter at least one word or number.")
    if sum(map(len, parts)) > MOST_WORDS:
        raise Refused(f"Enter fewer words: at most {MOST_WORDS}.")
    return Question(parts)
