"""What a page's content paints, by pdfminer's interpreter: its characters and lines with their places, and no more."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from pdfminer.layout import LTChar
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, stream_value
from pdfminer.psparser import PSKeyword
from pdfminer.utils import Matrix, Point, apply_matrix_pt, apply_matrix_rect, translate_matrix

from .characters import clean_character
from .content import objects
from .layout import surrounding
from .types import Box


class Painted(PDFTextDevice):
    """The characters and paths of one page as they are painted, in points from its lower left.

    `paths` are the boxes of straight and curved lines, each with the number of its points.
    """

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.texts: list[str] = []
        self.boxes: list[Box] = []
        self.paths: list[tuple[Box, int]] = []
        self._shapes: dict[PDFFont, dict[int, tuple[str, float]]] = {}

    def render_string_horizontal(
        self, seq: Any, matrix: Matrix, pos: Point, font: PDFFont, *state: Any
    ) -> Point:
        """Note the characters of a string; where the next one begins."""
        fontsize, scaling, charspace, wordspace, rise, dxscale, *_ = state
        x, y = pos
        needs_space = False
        lower = font.get_descent() * fontsize + rise
        upper = lower + fontsize
        shapes = self._shapes_of(font)
        for part in seq:
            if isinstance(part, int | float):
                x -= part * dxscale
                needs_space = True
                continue
            for code in font.decode(part) if isinstance(part, bytes) else ():
                if needs_space:
                    x += charspace
                text, width = shapes[code] if code in shapes else self._shape(font, code)
                advance = width * fontsize * scaling
                self.texts.append(text)
                self.boxes.append(_box(matrix, x, y, (0, lower, advance, upper)))
                x += advance
                if code == 32 and wordspace:
                    x += wordspace
                needs_space = True
        return x, y

    def render_char(self, matrix: Matrix, font: PDFFont, *state: Any) -> float:
        """Note a character of vertical writing; how far it reaches."""
        fontsize, scaling, rise, code, colours, graphics = state
        text, width = self._shape(font, code)
        char = LTChar(
            matrix, font, fontsize, scaling, rise, text, width, font.char_disp(code), colours, graphics
        )
        self.texts.append(text)
        self.boxes.append(char.bbox)
        return char.adv

    def paint_path(self, _: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Note the parts of a path, each of which begins with a move."""
        if path and path[0][0] == "m":
            for part in _parts(path):
                points = [apply_matrix_pt(cast(Matrix, self.ctm), point) for point in _points(part)]
                if _is_closed_twice(part, points):
                    points.pop()
                self.paths.append((surrounding([(*point, *point) for point in points]), len(points)))

    def _shapes_of(self, font: PDFFont) -> dict[int, tuple[str, float]]:
        return self._shapes.setdefault(font, {})

    def _shape(self, font: PDFFont, code: int) -> tuple[str, float]:
        """The cleaned text that a code of a font stands for, and its width; looked up once."""
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = f"(cid:{code})"
        shape = self._shapes_of(font)[code] = clean_character(text), font.char_width(code)
        return shape


def _box(matrix: Matrix, x: float, y: float, box: Box) -> Box:
    """The place on the page of a character at this place in its text."""
    a, b, c, d, e, f = matrix
    if b or c or a < 0 or d < 0 or box[2] < 0 or box[3] < box[1]:
        return apply_matrix_rect(translate_matrix(matrix, (x, y)), box)
    left, base = x * a + e, y * d + f
    return left, d * box[1] + base, a * box[2] + left, d * box[3] + base


def _parts(path: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The path itself, or the parts of which each begins with a move and goes on."""
    begins = [index for index, step in enumerate(path) if step[0] == "m"]
    if len(begins) == 1:
        yield path
        return
    for begin, end in zip(begins, [*begins[1:], len(path)], strict=True):
        if end - begin > 1:
            yield path[begin:end]


def _points(path: Sequence[Any]) -> list[Point]:
    """Where each step of a path leads: to its last two numbers, or back to the beginning."""
    return [step[-2:] if step[0] != "h" else path[0][-2:] for step in path]


def _is_closed_twice(path: Sequence[Any], points: Sequence[Point]) -> bool:
    """Whether a line leads back to the beginning before the path is closed."""
    return len(path) > 3 and path[-1][0] == "h" and path[-2][0] == "l" and points[-2] == points[0]


class _Fonts(dict[object, PDFFont]):
    """The fonts of a page by their names, each opened when it is first used."""

    def __init__(self, manager: PDFResourceManager, specifications: dict[Any, Any]) -> None:
        super().__init__()
        self._manager = manager
        self._specifications = specifications

    def __missing__(self, name: object) -> PDFFont:
        stored = self._specifications[name]
        number = stored.objid if isinstance(stored, PDFObjRef) else None
        font = self[name] = self._manager.get_font(number, dict_value(stored))
        return font


class _Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter without what concerns neither characters nor lines: colours, pictures, marks."""

    def init_resources(self, resources: Any) -> None:
        self.resources = resources
        known = dict_value(resources) if resources else {}
        self.fontmap = _Fonts(self.rsrcmgr, dict_value(known.get("Font", {})))
        self.xobjmap = dict(dict_value(known.get("XObject", {})))
        self.csmap = {}

    def get_current_state(self) -> Any:
        return self.ctm, self.textstate.copy(), self.graphicstate

    def do_TJ(self, seq: Any) -> None:
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_Do(self, xobjid_arg: Any) -> None:
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the streams; one that is being carried out already, as part of itself, is left out."""
        operands: list[Any] = []
        for thing in objects(b"\n".join(self._contents(streams))):
            if not isinstance(thing, PSKeyword):
                operands.append(thing)
                continue
            name, count = _OPERATORS.get(thing.name, (None, 0))
            if name and len(operands) >= count:
                getattr(self, name)(*operands[len(operands) - count :])
            operands.clear()

    def _contents(self, streams: Sequence[object]) -> Iterator[bytes]:
        self.stream_ids.clear()
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                self.stream_ids.add(stream.objid)
                yield stream.get_data()


_WITHOUT_CONCERN = (
    "w J j M d ri i gs CS cs G g RG rg K k SCN scn SC sc sh MP DP BMC BDC EMC BX EX BI ID EI W W_a ET"
)


def _operators() -> Iterator[tuple[bytes, tuple[str, int]]]:
    """The operators that matter, each with the method that carries it out and how many operands it takes."""
    for name in dir(_Interpreter):
        if name.startswith("do_") and name[3:] not in _WITHOUT_CONCERN.split():
            word = name[3:].replace("_a", "*").replace("_w", '"').replace("_q", "'")
            yield word.encode(), (name, getattr(_Interpreter, name).__code__.co_argcount - 1)


_OPERATORS = dict(_operators())


def painted(page: PDFPage, manager: PDFResourceManager) -> Painted:
    """What is painted on a page. Raises all kinds of errors on broken files."""
    device = Painted(manager)
    _Interpreter(manager, device).process_page(page)
    return device
