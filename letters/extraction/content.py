"""A content stream's operands and operators, as pdfminer's own parser finds them, at a small part of its cost.

What a program writes as a rule is taken apart by one pattern; from where a stream has anything else, such as an inline
image or a comment, pdfminer's parser goes on.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import LIT, PSKeyword

# Found now, since a confined child can load no module.
_OCTAL = codecs.getdecoder("unicode_escape")
_NUMBER, _OPERATOR, _STRING, _HEX, _NAME, _MARK = range(1, 7)
_TOKEN = re.compile(
    rb"""[\s\0]*(?:
      ([+-]?(?:\d+\.?\d*|\.\d+)) (?=[\s/\[\]()<>]|\Z)
    | ([A-Za-z][A-Za-z0-9]*\*?|['"]) (?=[\s/\[\]()<>]|\Z)
    | \( ([^()\\]*(?:\\.[^()\\]*)* (?:\( [^()\\]*(?:\\.[^()\\]*)* \) [^()\\]*(?:\\.[^()\\]*)* )*) \)
    | < ([0-9A-Fa-f\s]*) >
    | / ([^\s#/%\[\]()<>{}]*) (?=[\s/\[\]()<>]|\Z)
    | (\[|\]|<<|>>)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
# All but those that Python has as PDF does, and the brackets.
_ODD_ESCAPE = re.compile(rb"\\(?![0-3][0-7][0-7]|[nrtbf()\\])")
_ESCAPED = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"(": b"(",
    b")": b")",
    b"\\": b"\\",
}
_INLINE_IMAGE = b"BI"
_CLOSES = {b"]": b"[", b">>": b"<<"}


class _Unusual(Exception):
    """Something that is left to pdfminer's parser."""


def objects(stream: bytes) -> Iterator[Any]:
    """Operands as pdfminer has them, and operators as bytes, in the order stored."""
    position = 0
    try:
        for end, thing in _usual(stream):
            position = end
            yield thing
    except _Unusual:
        yield from _by_pdfminer(stream[position:])


def _usual(stream: bytes) -> Iterator[tuple[int, Any]]:
    """Each thing with where it ends. Raises _Unusual at the first that is none of the usual ones."""
    open_at: list[tuple[bytes, list[Any]]] = []
    position, end = 0, len(stream.rstrip(b"\0\t\n\x0b\f\r "))
    match = _TOKEN.match
    while position < end:
        token = match(stream, position)
        if token is None:
            raise _Unusual
        position, kind = token.end(), token.lastindex or 0
        if kind == _OPERATOR:
            thing = _operator(token[_OPERATOR], bool(open_at))
        elif kind == _MARK:
            mark = token[_MARK]
            if mark not in _CLOSES:
                open_at.append((mark, []))
                continue
            if not open_at or open_at[-1][0] != _CLOSES[mark]:
                raise _Unusual
            thing = _closed(*open_at.pop())
        else:
            thing = _operand(kind, token[kind])
        if open_at:
            open_at[-1][1].append(thing)
        else:
            yield position, thing
    if open_at:
        raise _Unusual


def _operator(word: bytes, is_inside: bool) -> Any:
    """An operator; within an array or dictionary only truth values are usual."""
    if word in {b"true", b"false"}:
        return word == b"true"
    if is_inside or word == _INLINE_IMAGE:
        raise _Unusual
    return PSKeyword(word)


def _operand(kind: int, token: bytes) -> Any:
    if kind == _NUMBER:
        return float(token) if b"." in token else int(token)
    if kind == _STRING:
        return _without_escapes(token) if b"\\" in token else token
    if kind == _HEX:
        digits = b"".join(token.split()).decode()
        # An odd digit at the end stands by itself, as pdfminer has it.
        return bytes.fromhex(digits if len(digits) % 2 == 0 else f"{digits[:-1]}0{digits[-1]}")
    try:
        return LIT(token.decode())
    except UnicodeDecodeError:
        raise _Unusual from None


def _without_escapes(token: bytes) -> bytes:
    if _ODD_ESCAPE.search(token):
        return _ESCAPE.sub(_unescaped, token)
    # With no backslash left that stands for itself, one before a bracket can only be the bracket's.
    alone = token.replace(rb"\\", rb"\134").replace(rb"\(", b"(").replace(rb"\)", b")")
    return _OCTAL(alone)[0].encode("latin-1")


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, other = match.groups()
    if octal is None:
        return _ESCAPED.get(other, b"")
    code = int(octal, 8)
    if code > 255:
        raise _Unusual
    return bytes((code,))


def _closed(mark: bytes, things: list[Any]) -> Any:
    """The array or dictionary that these things make."""
    if mark == b"[":
        return things
    names = things[::2]
    if len(things) % 2 or not all(hasattr(name, "name") for name in names):
        raise _Unusual
    return dict(zip((name.name for name in names), things[1::2], strict=True))


def _by_pdfminer(rest: bytes) -> Iterator[Any]:
    parser = PDFContentParser([PDFStream({}, rest)])
    while True:
        try:
            yield parser.nextobject()[1]
        except PSEOF:
            return
