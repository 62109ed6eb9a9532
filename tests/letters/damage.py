"""Ways to damage a letter's file: its bytes as they are, or laid open so that damage reaches what its pages say."""

import io
import re
from collections.abc import Callable
from random import Random

import pikepdf

Damage = Callable[[bytes, Random], bytes]

_SHOWN = re.compile(rb"\((?:\\.|[^()\\]){1,400}\)|<[0-9A-Fa-f]{2,800}>(?=\s*(?:Tj|\]|-?[\d.]|<))")
_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4})>(?=\s*[\r\n<e])")
_LONGEST = 40
# The damage that both readers are told alike, and nobody sees.
LYING = "map changed"


def opened(pdf: bytes) -> bytes:
    """The same letter with nothing compressed."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            written,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
    return written.getvalue()


def _flipped(pdf: bytes, dice: Random) -> bytes:
    """Some bits turned over."""
    damaged = bytearray(pdf)
    for _ in range(dice.choice([1, 1, 2, 5, 20])):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def _cut_off(pdf: bytes, dice: Random) -> bytes:
    """What a broken download leaves."""
    return pdf[: dice.randrange(len(pdf))]


def _cut_out(pdf: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(pdf))
    return pdf[:at] + pdf[at + dice.randint(1, _LONGEST) :]


def _inserted(pdf: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(pdf))
    return pdf[:at] + dice.randbytes(dice.randint(1, _LONGEST)) + pdf[at:]


def _spliced(pdf: bytes, dice: Random) -> bytes:
    """A piece of the file written over another place of it."""
    source, target = dice.randrange(len(pdf)), dice.randrange(len(pdf))
    piece = pdf[source : source + dice.randint(1, 10 * _LONGEST)]
    return pdf[:target] + piece + pdf[target + len(piece) :]


def _words_changed(pdf: bytes, dice: Random) -> bytes:
    """Characters of what the pages show: each a letter or digit for another of its kind."""
    for _ in range(dice.choice([1, 1, 2, 4])):
        strings = _shown(pdf)
        if not strings:
            return pdf
        begin, end = dice.choice(strings)
        places = [at for at in range(begin + 1, end - 1) if pdf[at : at + 1].isalnum()]
        if places:
            at = dice.choice(places)
            pdf = pdf[:at] + _other(pdf[at : at + 1], dice) + pdf[at + 1 :]
    return pdf


def _shown(pdf: bytes) -> list[tuple[int, int]]:
    """Where the strings are that pages show; what fonts say of them is no such string."""
    maps = [match.span() for match in _MAP.finditer(pdf)]
    strings = [match.span() for match in _SHOWN.finditer(pdf)]
    return [span for span in strings if not any(begin < span[0] < end for begin, end in maps)]


def _other(char: bytes, dice: Random) -> bytes:
    return bytes([dice.choice(b"0123456789" if char.isdigit() else b"ABCDEFabcdefghiou")])


def _words_copied(pdf: bytes, dice: Random) -> bytes:
    """One shown string, number or word, in the place of another."""
    strings = _shown(pdf)
    if len(strings) < 2:
        return pdf
    (begin, end), (other, last) = dice.sample(strings, 2)
    return pdf[:begin] + pdf[other:last] + pdf[end:]


def _map_changed(pdf: bytes, dice: Random) -> bytes:
    """What a font's characters are said to mean, otherwise than they look: a digit for another, or for a letter."""
    return _with_entry(pdf, dice, lambda code, meant: b"<" + code + b"> <" + meant + b">")


def _map_doubled(pdf: bytes, dice: Random) -> bytes:
    """A second meaning beside the first: one reader takes the first, the other the last."""
    return _with_entry(
        pdf,
        dice,
        lambda code, meant: b"<" + code + b"> <" + meant + b">\n1 endbfchar\n1 beginbfchar\n<" + code
        + b"> <" + _a_digit(dice) + b">",
    )  # fmt: skip


def _with_entry(pdf: bytes, dice: Random, changed: Callable[[bytes, bytes], bytes]) -> bytes:
    entries = [
        (found.start() + entry.start(), found.start() + entry.end(), entry[1])
        for found in _MAP.finditer(pdf)
        for entry in _ENTRY.finditer(found[0])
        if 0x30 <= int(entry[2], 16) <= 0x39 or dice.random() < 0.1
    ]
    if not entries:
        return pdf
    begin, end, code = dice.choice(entries)
    return pdf[:begin] + changed(code, _a_digit(dice)) + pdf[end:]


def _a_digit(dice: Random) -> bytes:
    return b"%04X" % dice.randint(0x30, 0x39)


_OF_BYTES: tuple[Damage, ...] = (_flipped, _cut_off, _cut_out, _inserted, _spliced)
_OF_WORDS: tuple[Damage, ...] = (_words_changed, _words_copied, _map_changed, _map_doubled)


def damaged(pdf: bytes, dice: Random) -> tuple[str, bytes]:
    """A damaged copy, and what was done to it."""
    is_open = dice.random() < 0.7
    damage = dice.choice(_OF_BYTES + _OF_WORDS if is_open else _OF_BYTES)
    name = damage.__name__.strip("_").replace("_", " ")
    return (f"opened, {name}", damage(opened(pdf), dice)) if is_open else (name, damage(pdf, dice))
