"""The second reading order: along the white gutters of a page, whatever order the file stores its text in."""

from collections.abc import Iterable, Sequence
from statistics import median

from .glyphs import Sheet
from .layout import Flow, Piece, piece_of, pieces
from .runs import TALLER, on_one_line

# All in heights of a character.
_NEAR = 0.45
_GUTTER = 0.5
_GUTTER_OF_FEW = 1.1
# The part of a page's pieces that are single words where a program stores words one by one.
_SCATTERED = 0.7
# So few pieces are parted only by a wide gutter: words of two lines may stand above one another by chance.
_FEW = 3


def by_gutters(sheets: Iterable[Sheet]) -> Flow:
    """The text in the order of the columns that white gutters part, each from top to bottom."""
    return Flow(tuple(piece for sheet in sheets for piece in cut(whole_lines(pieces(sheet)))))


def whole_lines(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Pieces that stand close together on one line joined, where a program stores single words in any order."""
    if sum(len(piece.words) == 1 for piece in pieces) < _SCATTERED * len(pieces):
        return pieces
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0]):
        left = next((other for other in reversed(joined) if _touches(other, piece)), None)
        if left is None:
            joined.append(piece)
        else:
            joined[joined.index(left)] = piece_of(piece.page, left.words + piece.words)
    return joined


def _touches(left: Piece, right: Piece) -> bool:
    small, tall = sorted((left.height, right.height))
    gap = right.box[0] - left.box[2]
    near = -small < gap < _NEAR * small
    return near and tall < TALLER * small and on_one_line(left.box, right.box)


def cut(pieces: Sequence[Piece]) -> list[Piece]:
    """Reading order by recursive cuts: along a gutter from top to bottom where there is one, else across."""
    if len(pieces) < 2:
        return list(pieces)
    gutter = _GUTTER if len(pieces) > _FEW else _GUTTER_OF_FEW
    least = gutter * median(piece.height for piece in pieces)
    for axis, at_least in ((0, least), (1, 0.0)):
        first, rest = _parted(pieces, axis, at_least)
        if rest:
            return cut(first) + cut(rest)
    return sorted(pieces, key=lambda piece: (piece.box[1], piece.box[0]))


def _parted(pieces: Sequence[Piece], axis: int, least: float) -> tuple[list[Piece], list[Piece]]:
    """The pieces on either side of the widest gap along an axis (0 across, 1 down); no second half if none."""
    ordered = sorted(pieces, key=lambda piece: piece.box[axis])
    widest, place, reach = least, len(ordered), ordered[0].box[axis + 2]
    for index, piece in enumerate(ordered):
        if piece.box[axis] - reach > widest:
            widest, place = piece.box[axis] - reach, index
        reach = max(reach, piece.box[axis + 2])
    return ordered[:place], ordered[place:]
