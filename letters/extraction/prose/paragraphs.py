"""From lines in reading order to headings, paragraphs and lists: which lines belong together, and how they join."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line, Lines
from .types import Block, Kind

# A step from line to line so many times the usual one begins something new.
_STEP = 1.25
# Lines whose sizes differ so many times are not of one paragraph.
_SIZE = 1.15
# What is so many times larger than running text is a heading.
_LARGER = 1.15
_LONGEST_HEADING = 150
# In heights of a character: how far the beginnings of lines under one another may be apart, and the room that a line
# must have left for the next word when it was ended on purpose.
_SAME_START = 0.2
_ROOM = 1.0
# So many lines that all but reach their column's end show where it is.
_ENOUGH = 3
_RAGGED = 0.1
_BULLET = re.compile(r"[•▪‣◦·●■–—-]\s+")
_SURE_BULLET = re.compile(r"[•▪‣◦·●■]\s+")
_NUMBER = re.compile(r"[\d,.]+\s*%?")
_ENDS = (".", ":", ";", "!", "?", ".”", ".’")


@dataclass(frozen=True)
class Usual:
    """What is usual in a letter: the size of its running text, the step from line to line, and its words."""

    size: float
    steps: Mapping[int, float]
    step_in_sizes: float
    words: Collection[str]

    def step(self, size: float) -> float:
        return self.steps.get(round(size), self.step_in_sizes * size)


def usual(pages: Iterable[Lines]) -> Usual:
    """What is usual in these pages."""
    sizes: Counter[float] = Counter()
    steps: dict[int, list[float]] = defaultdict(list)
    words: set[str] = set()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
            words.update(line.text.lower().split())
        for one, other in pairwise(page.lines):
            if _under(one, other):
                steps[round(one.size)].append(other.top - one.top)
    relative = [step / size for size, found in steps.items() for step in found if size]
    return Usual(
        size=sizes.most_common(1)[0][0] if sizes else 1.0,
        steps={size: _low(found) for size, found in steps.items() if len(found) > 2},
        step_in_sizes=_low(relative) if relative else 1.2,
        words=words,
    )


def _low(steps: Sequence[float]) -> float:
    """The step within paragraphs: those between paragraphs are longer, and in a short letter not much rarer."""
    return sorted(steps)[len(steps) // 4]


def _under(one: Line, other: Line) -> bool:
    """Whether a line begins right under another of its size, however far below within reason."""
    same = abs(one.x0 - other.x0) < _SAME_START * one.size and _same_size(one, other)
    return same and 0 < other.top - one.top < 2.0 * one.size


def _same_size(one: Line, other: Line) -> bool:
    small, large = sorted((one.size, other.size))
    return large < _SIZE * small


def blocks(lines: Sequence[Line], all_lines: Sequence[Line], typical: Usual) -> list[Block]:
    """The parts that lines in reading order make up; `all_lines` are those of the page, which bound its columns."""
    told = [_block(group, all_lines, typical) for group in _joined(_groups(lines, all_lines, typical))]
    return _lists_joined(told)


def _groups(lines: Sequence[Line], all_lines: Sequence[Line], typical: Usual) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _belongs(groups[-1], line, all_lines, typical):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _belongs(group: Sequence[Line], line: Line, all_lines: Sequence[Line], typical: Usual) -> bool:
    """Whether a line goes on with what stands right above it."""
    last = group[-1]
    step = line.top - last.top
    if not (step > 0 and line.x0 < last.x1 and last.x0 < line.x1):
        return False
    if len(group) == 1 and _NUMBER.fullmatch(last.text):
        return line.top - last.bottom < line.size and last.is_aligned(line)
    if step > _STEP * typical.step(last.size) or not _same_size(last, line):
        return False
    if _is_item(last, line, all_lines):
        return False
    return last.bold == line.bold or line.text[0].islower()


def _is_item(last: Line, line: Line, all_lines: Sequence[Line]) -> bool:
    """Whether a line begins an item of a list; a dash between words may come to stand at a line's beginning too."""
    if _SURE_BULLET.match(line.text):
        return True
    ended = last.text.endswith(_ENDS) or _ended_on_purpose(last, line, all_lines)
    return ended and _BULLET.match(line.text) is not None


def _joined(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """Groups put together where a sentence runs on from one to the next."""
    joined: list[list[Line]] = []
    for group in groups:
        if joined and _runs_on(joined[-1], group):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _runs_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    last, first = before[-1], after[0]
    running = not (last.bold or first.bold) and len(before) > 1 and _under_far(last, first)
    return running and first.text[0].islower() and last.text[-1].isalnum() and _same_size(last, first)


def _under_far(one: Line, other: Line) -> bool:
    return abs(one.x0 - other.x0) < _SAME_START * one.size and other.top > one.top


def _block(group: Sequence[Line], all_lines: Sequence[Line], typical: Usual) -> Block:
    rows: list[str] = [group[0].text]
    for one, other in pairwise(group):
        if _ended_on_purpose(one, other, all_lines):
            rows.append(other.text)
        else:
            rows[-1] = _run_together(rows[-1], one, other, typical.words)
    kind = _kind(group, rows, typical)
    if kind == "list":
        rows[0] = _BULLET.sub("", rows[0], count=1)
    return Block(kind, tuple((row,) for row in rows))


def _kind(group: Sequence[Line], rows: Sequence[str], typical: Usual) -> Kind:
    text = " ".join(rows)
    stands_out = all(line.bold for line in group) or group[0].size > _LARGER * typical.size
    if stands_out and len(rows) == 1 and _is_title(text):
        return "heading"
    return "list" if _BULLET.match(text) and len(rows) == 1 else "paragraph"


def _is_title(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters > 2 and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";"))


def _ended_on_purpose(one: Line, other: Line, all_lines: Sequence[Line]) -> bool:
    """Whether a line ends although the next word would have had room on it, as in an address."""
    if _NUMBER.fullmatch(one.text) and not _same_size(one, other):
        return True
    if other.text[0].islower():
        return False
    room = _column_end(one, all_lines) - one.x1
    return room > other.first_word_width + _ROOM * other.size


def _column_end(line: Line, all_lines: Sequence[Line]) -> float:
    """How far the lines of a column reach: those that begin where it does, with nothing beside them on the way.

    Under one heading, where enough of them do, they tell of the column by themselves.
    """
    section = _starting_alike(line, _section(line, all_lines))
    end = max(each.x1 for each in section)
    if sum(each.x1 > end - _RAGGED * (end - line.x0) for each in section) >= _ENOUGH:
        return end
    beside = [each for each in all_lines if each.x0 >= line.x1]
    alike = _starting_alike(line, all_lines)
    return max(each.x1 for each in alike if not any(_parts(other, line, each) for other in beside))


def _section(line: Line, all_lines: Sequence[Line]) -> Sequence[Line]:
    """The lines under the same heading, in the order stored."""
    place = all_lines.index(line)
    titles = [index for index, each in enumerate(all_lines) if each.bold and _is_title(each.text)]
    begin = max((index for index in titles if index <= place), default=0)
    end = min((index for index in titles if index > place), default=len(all_lines))
    return all_lines[begin:end]


def _starting_alike(line: Line, lines: Sequence[Line]) -> list[Line]:
    return [each for each in lines if abs(each.x0 - line.x0) < _SAME_START * line.size]


def _parts(other: Line, line: Line, wide: Line) -> bool:
    """Whether a line stands to the right of another, in the way of a wide one above or below."""
    between = min(line.top, wide.top) <= other.top <= max(line.bottom, wide.bottom)
    return between and other.x0 < wide.x1


def _run_together(text: str, one: Line, other: Line, words: Collection[str]) -> str:
    """A line and the next: hyphens that only the line's end called for go, those of compounds stay."""
    if not text.endswith(("-", "‐")) or not other.text[0].islower() or text[-2:-1].isspace():
        return f"{text} {other.text}"
    head, tail = text.rsplit(maxsplit=1)[-1], other.text.split()[0]
    compound, whole = f"{head}{tail}".lower(), f"{head[:-1]}{tail}".lower()
    is_whole = text.endswith("‐") if (compound in words) == (whole in words) else whole in words
    return (text[:-1] if is_whole else text) + other.text


def _lists_joined(told: Sequence[Block]) -> list[Block]:
    """Items that follow one another as one list."""
    joined: list[Block] = []
    for block in told:
        if joined and block.kind == joined[-1].kind == "list":
            joined[-1] = Block("list", joined[-1].rows + block.rows)
        else:
            joined.append(block)
    return joined
