"""Lines parted into words: the quick way for even lines beside the careful one for all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.extraction import runs
from letters.extraction.glyphs import Glyph, Glyphs

HIGH, WIDE = 10.0, 5.0
# Characters with how far each begins behind the one before it, in points, and how much lower it stands.
LINES = {
    "even": [("of", 0, 0), (" ", 0, 0), ("12", 0, 0), (" ", 0, 0), ("cases", 0, 0)],
    "without spaces": [("cases", 0, 0), ("upheld", 2, 0), ("12", 8, 0)],
    "cells without a space": [("a b", 0, 0), ("47%", 4, 0), ("12", 3.1, 0)],
    "as near as a cell may be": [("a b", 0, 0), ("c", 3.0, 0)],
    "columns": [("a b", 0, 0), (" ", 0, 0), ("c d", 12, 0)],
    "as near as columns may be": [("a ", 0, 0), ("b", 1.0, 0), (" c", 0, 0)],
    "column after many even gaps": [("a b c d e", 0, 0), (" ", 0, 0), ("f", 7, 0)],
    "overprinted": [("cases", 0, 0), (" ", 0, 0), ("upheld", -3.9, 0), ("x", -3.0, 0)],
    "printed over its end": [("a wide", 0, 0), ("i", -4, 0)],
    "uneven": [("a b", 0, 0), ("c", 0, 1), (" d", 0, -1)],
    "raised": [("see note", 0, 0), ("7", 0, -4), (" there", 0, 4)],
    "next line": [("a b", 0, 0), ("c d", -20, 12)],
    "spaces alone": [("   ", 0, 0)],
    "spaces at the ends": [("  a b  ", 0, 0)],
    "hard and thin spaces": [("a\u00a0b\u2009c", 0, 0)],
    "one character": [("a", 0, 0)],
}


@pytest.mark.parametrize("pieces", LINES.values(), ids=LINES)
def test_even_lines_are_parted_as_with_care(pieces):
    assert _quickly(_set(pieces)) == _carefully(_set(pieces))


def test_even_lines_are_parted_the_quick_way():
    page = runs._Page(_set(LINES["even"]))
    assert page._even_words(0, 11) == [(0, 2), (3, 5), (6, 11)]
    for name in ("without spaces", "cells without a space", "columns"):
        glyphs = _set(LINES[name])
        assert runs._Page(glyphs)._even_words(0, len(glyphs)) is None, name


STEPS = st.sampled_from((-3.9, -1.0, 0.0, 0.0, 0.0, 1.4, 3.0, 3.1, 6.0, 6.1, 11.5, 31.0))
PIECES = st.tuples(
    st.text("ab1% \u00a0", min_size=1, max_size=3), STEPS, st.sampled_from((0, 0, 0, 0, 1, -6))
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8))
def test_any_line_is_parted_as_with_care(pieces):
    assert _quickly(_set(pieces)) == _carefully(_set(pieces))


def _set(pieces):
    """Characters set one after another."""
    glyphs, x, top = [], 50.0, 100.0
    for text, behind, lower in pieces:
        x, top = x + behind, top + lower
        for char in text:
            glyphs.append(Glyph(char, x, top, x + WIDE, top + HIGH))
            x += WIDE
    return Glyphs(glyphs)


def _quickly(glyphs):
    return [(tuple(line.words), line.box) for line in runs.lines(glyphs)]


def _carefully(glyphs):
    page = runs._Page(glyphs) if glyphs else None
    parted = (runs._uneven(glyphs[start:end]) for start, end, _ in (page._runs() if page else ()))
    return [(tuple(words), runs.around(sum(words, ()))) for line in parted for words in line]
