"""Whether a file's fonts say of their digits what they show.

Both readers ask a font's own table what its characters mean. Where that table is damaged, or lies, they agree on a
number that is not the one that people see.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import PDFFont

_DIGITS = "0123456789"
# Where so many digits follow one another as they do in most typefaces, the others should too; fewer may by chance.
_FEWEST_IN_ORDER = 5
# The code of the digit 0 where characters are numbered by ASCII, or glyphs in the usual order of a TrueType font.
_USUAL = (48, 19)
_FEWEST_AS_USUAL = 3


def is_doubtful(fonts: Iterable[PDFFont]) -> bool:
    """Whether a font shows one digit by two of its characters, or some of its digits out of their order."""
    return any(map(_contradicts_itself, map(_digits, fonts)))


def _digits(font: PDFFont) -> Mapping[str, set[int]]:
    """The characters of a font, by their codes, that stand for each digit according to its own table."""
    means = getattr(font, "unicode_map", None)
    codes: defaultdict[str, set[int]] = defaultdict(set)
    if isinstance(means, FileUnicodeMap):
        for code, text in means.cid2unichr.items():
            if len(text) == 1 and text in _DIGITS:
                codes[text].add(code)
    return codes


def _contradicts_itself(codes: Mapping[str, set[int]]) -> bool:
    if any(len(each) > 1 for each in codes.values()):
        return True
    begins = Counter(min(each) - int(digit) for digit, each in codes.items())
    in_order = max(begins.values(), default=0)
    as_usual = max(begins[zero] for zero in _USUAL)
    return _FEWEST_IN_ORDER <= in_order < len(codes) or _FEWEST_AS_USUAL <= as_usual < len(codes)
