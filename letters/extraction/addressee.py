"""Tells name, post and council apart in an address, on lines of their own or all on one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_POST = re.compile(
    r"\b(?:chief|executive|director|officer|clerk|head of|manager|managing|leader|interim|acting|secretary"
    r"|solicitor|lead|commissioner|mayor|president)\b",
    re.IGNORECASE,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEGINS_POST = _set(
    "interim acting joint temporary deputy assistant chief managing executive director head town corporate strategic"
    " group service monitoring county city borough clerk leader mayor commissioner secretary general"
)
_OF_POST = _BEGINS_POST | _set(
    "officer manager paid services resources finance financial place people operations operating governance legal"
    " communities community customer customers business housing planning environment growth regeneration adult adults"
    " children childrens social care education transformation delivery support change economy law democratic assurance"
    " fire rescue solicitor lead section 151 s151 designate and of for & the / -"
)
# Words of posts that begin names of councils too: a post never ends with them.
_BEGINS_COUNCIL = _set("city county borough town the of and for & / - group")
# What a council's name ends with or holds, other than "Council Offices" or "City Hall", which are places.
_NAMES_COUNCIL = re.compile(
    r"\b(?:council|authority|corporation|combined authority)\b(?!\s+(?:offices?|house|buildings?|chambers?)\b)"
    r"|\b(?:borough|city|county)\s+of\s+\w",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:civic|council|county|city|town|shire|guild)\s*(?:centre|offices?|hall|house|buildings?|chambers?)\b"
    r"|\b(?:street|road|avenue|lane|square|house|p\.?\s?o\.? box)\b|\b[A-Z]{1,2}\d[\dA-Z]?\s*\d[A-Z]{2}$|^\d",
    re.IGNORECASE,
)
_PLACE_AFTER_NAME = re.compile(
    rf"(?:(?<=council)|(?<=authority)|(?<=corporation)),?\s+(?=.*(?:{_PLACE.pattern}))", re.IGNORECASE
)
_ENDS_COUNCIL = _set("borough city county district metropolitan combined council authority corporation park")
_CONNECTORS = _set("of and for & /")
_HONOURS = _set("cbe obe mbe kbe dbe cb kc qc dl qpm phd mba frsa")


@dataclass(frozen=True)
class Addressee:
    """Whom a letter addresses, as printed; what cannot be told is None."""

    name: str | None = None
    post: str | None = None
    council: str | None = None


def addressee(lines: Sequence[str], greeted: str) -> Addressee:
    """Who the lines of an address name, with the help of whom the letter greets ("Mrs Danks")."""
    split = [line.split() for line in _without_place([line for line in lines if line.strip()])]
    name, rest = _name(split, [] if _is_post(greeted.split()) else greeted.split())
    post, council = _post(rest)
    return Addressee(_text(name), _text(post), _text(council[_leading(council) :]))


def _without_place(lines: list[str]) -> list[str]:
    """The lines of an address to the council's name; without building, street, town and postcode, which follow it."""
    last = max(
        (index for index, line in enumerate(lines) if index and _NAMES_COUNCIL.search(line)), default=None
    )
    if last is None:
        last = next(
            (index - 1 for index, line in enumerate(lines) if index > 1 and _PLACE.search(line)), len(lines)
        )
        return lines[: last + 1]
    place = re.search(
        rf"(?:(?<=council)|(?<=authority)|(?<=corporation)),?\s+(?=.*{_PLACE.pattern})",
        lines[last],
        re.IGNORECASE,
    )
    return [*lines[:last], lines[last][: place.start()] if place else lines[last]]


def _name(lines: list[list[str]], greeted: list[str]) -> tuple[list[str], list[list[str]]]:
    """The words of the name, and the lines that are left."""
    if not lines:
        return [], []
    first, others = lines[0], lines[1:]
    end = _name_end(first, greeted, alone=bool(others))
    return first[:end], [line for line in (first[end:], *others) if line]


def _name_end(line: list[str], greeted: list[str], alone: bool) -> int:
    """How many words of the address's first line are the name; `alone` if post and council are on others."""
    last = next(
        (index for index, word in enumerate(line) if greeted and _plain(word) == _plain(greeted[-1])), None
    )
    if last is None and _plain(line[0 if _plain(line[0]) != "the" else 1 % len(line)]) in _BEGINS_POST:
        return 0
    after = 1 if last is None else last + 1
    if last is not None and not alone and _is_surname(greeted):
        return after + _honours(line[after:])
    ends = (index for index in range(after, len(line)) if _plain(line[index]) in _BEGINS_POST)
    commas = (index + 1 for index in range(after - 1, len(line)) if line[index].endswith(","))
    return min(next(ends, len(line)), next(commas, len(line)))


def _is_surname(greeted: list[str]) -> bool:
    """Whether a greeting ends with the surname: "Mrs Danks" does, "Tim" and "Sir Steve" do not."""
    return len(greeted) > 1 and _plain(greeted[0]) not in {"sir", "dame"}


def _honours(words: list[str]) -> int:
    return next((index for index, word in enumerate(words) if _plain(word) not in _HONOURS), len(words))


def _post(lines: list[list[str]]) -> tuple[list[str], list[str]]:
    """The words of the post, and those of the council."""
    last = max((index for index, line in enumerate(lines) if _POST.search(" ".join(line))), default=None)
    if last is None:
        return (
            ([], _joined(lines)) if len(lines) < 2 or len(lines[-1]) == 1 else (lines[0], _joined(lines[1:]))
        )
    while last + 2 < len(lines) and (_plain(lines[last][-1]) in _CONNECTORS or _is_post(lines[last + 1])):
        last += 1
    following = lines[last + 1] if last + 1 < len(lines) else []
    ends_there = following and not _is_rest_of_name(following) and not _is_broken(lines[last], following)
    end = len(lines[last]) if ends_there else _post_end(lines[last])
    return _joined(lines[:last]) + lines[last][:end], lines[last][end:] + _joined(lines[last + 1 :])


def _post_end(line: list[str]) -> int:
    """How many words of a line that may hold both are the post."""
    within = list(
        accumulate((word.startswith("(") - word.rstrip(",").endswith(")") for word in line), initial=0)
    )
    end = next(
        (
            index
            for index, word in enumerate(line)
            if _plain(word) not in _OF_POST and not within[index] and not word.startswith("(")
        ),
        len(line),
    )
    while 0 < end < len(line) and _plain(line[end - 1]) in _BEGINS_COUNCIL:
        end -= 1
    return end


def _is_broken(line: list[str], following: list[str]) -> bool:
    """Whether a name goes over the end of a line: "Royal Borough of" and what follows, or before "of Dean"."""
    return _plain(line[-1]) in _CONNECTORS or _plain(following[0]) in _CONNECTORS


def _is_rest_of_name(line: list[str]) -> bool:
    """Whether a line is what is left of a council's name that the line before begins."""
    return all(_plain(word) in _ENDS_COUNCIL for word in line)


def _is_post(line: list[str]) -> bool:
    return all(_plain(word) in _OF_POST for word in line)


def _leading(council: list[str]) -> int:
    """How many words before a council's name join it to the post."""
    return next(
        (index for index, word in enumerate(council) if _plain(word) not in {"of", "at", "for", ""}), 0
    )


def _joined(lines: list[list[str]]) -> list[str]:
    return [word for line in lines for word in line]


def _plain(word: str) -> str:
    return re.sub(r"[^\w&/]+", "", word).lower()


def _text(words: list[str]) -> str | None:
    return " ".join(words).strip(" ,;-–") or None
