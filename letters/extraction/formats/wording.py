"""Whether a sentence says what letters are known to say, and no more: else its number may be another's."""

import re

from letters.extraction.layout import Flow

from .matches import Sentence, squeezed
from .sentences import HEADINGS
from .tiles import BULLETS, is_unfinished

# How letters are known to say it, by letters alone, since words may be broken anywhere. "had" stands right before
# "implemented" or "provided", so that "had unsuccessfully implemented" is something else.
_PLAINLY = {
    "upheld": re.compile(r"ofcomplaintsweinvestigatedwereupheld"),
    "compliance": re.compile(
        r"ofcaseswewere(?:satis[a-z]{0,8}?ed)(?:that)?[a-z]{3,60}?ha(?:d|s|ve)(?:successfully|fully)?"
        r"(?:implemented|carriedout|compliedwith)(?:all)?ourrecommendations"
    ),
    "satisfactory-remedies": re.compile(
        r"ofupheldcaseswefound(?:that)?[a-z]{3,60}?ha(?:d|s|ve)(?:already)?(?:provided|offered)a?"
        r"satisfactoryremedybeforethecomplaint[a-z]{0,40}"
    ),
}
_TURNED_ROUND = re.compile(
    r"\b(?:no|none|nor|neither|never|cannot|unable|without|fail\w*|only|part(?:ly|ially)|rarely|hardly)\b|n['’]t\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?")
# A footnote's sign behind the end of a sentence.
_NOTE = re.compile(r"(?<=[a-z][.!?])\s?(?:\d{1,2}|[*\u00b9\u00b2\u00b3\u2020\u2021])$")
# A short line over a sentence or its rate that says of whom or when it is: not of this council, or not this year.
_OF_OTHERS = re.compile(
    r"\b(?:last|previous|prior|next)\s+year|\byear\s+before|\bnational|\bengland\b|\btarget|\b(?:all|other|similar)\s+"
    r"(?:authorit|council|organisation|bod)|\baverage\b",
    re.IGNORECASE,
)
# The beginning of a sentence whose number goes on over the end of its line.
_BEGUN = re.compile(r"\b(?:in|of)\s+[\d,.]{1,4}", re.IGNORECASE)
_MOST_WORDS = 6
# How far it may stand above, in heights of the sentence.
_ABOVE = 2.5
_RATE_ALONE = re.compile(r"[\d.,\s*_]+(?:%|per\s*cent)?[*_]*", re.IGNORECASE)
# An article before the words with which a sentence form begins.
_THE = re.compile(r"\bthe\s*$", re.IGNORECASE)


def doubt_of_rate(measure: str, sentence: Sentence) -> str:
    """What is doubtful about a rate: its sentence says it in words of its own, or is a part of another."""
    start, end = sentence.span
    words = squeezed(sentence.flow, (sentence.captured.get("percent", (start, start))[1], end))
    if not _is_said_plainly(measure, words) or _is_of_others(sentence.flow, sentence.span[0]):
        return "wording"
    return doubt_of_beginning(sentence)


def doubt_of_beginning(sentence: Sentence) -> str:
    """The same where only what stands before the sentence can make it doubtful."""
    return "wording" if _goes_on_from(sentence.flow, sentence.span[0]) else ""


def doubt_of_adjustment(sentence: Sentence) -> str:
    """The same where a number is adjusted for something else than how many people live there."""
    adjusted, _, _ = _letters(squeezed(sentence.flow, sentence.span)).partition("thisis")
    return "wording" if adjusted.startswith("adjusted") and "population" not in adjusted else ""


def _goes_on_from(flow: Flow, start: int) -> bool:
    """Whether a sentence that seems to begin here goes on from other words: "Nationally, ", or "Fewer than"."""
    line = flow.line_around(start, start + 1)[0]
    before = _NOTE.sub("", _THE.sub("", flow.text[line:start]).rstrip(f"{BULLETS}|("))
    if re.search(r"\w", before):
        return not (before.endswith(_ENDS) or _is_heading(before))
    if flow.text[start].isupper() or not line:
        return False
    above, here = flow.piece_at(line - 1), flow.piece_at(start)
    last = _NOTE.sub("", _THE.sub("", above.text).rstrip())
    return (
        last != "" and not last.endswith(_ENDS) and is_unfinished(above, here) and not _is_heading(above.text)
    )


def _is_of_others(flow: Flow, start: int) -> bool:
    """Whether a line right above a sentence, or above its rate in large type, says "Last year", or "England"."""
    here, lines = flow.piece_at(start), flow.pieces[: flow.pieces.index(flow.piece_at(start))]
    for above in reversed(lines):
        is_near = above.page == here.page and 0 < here.box[1] - above.box[1] < _ABOVE * (
            here.height + above.height
        )
        if not is_near or min(above.box[2], here.box[2]) <= max(above.box[0], here.box[0]):
            return False
        if not _RATE_ALONE.fullmatch(above.text):
            return len(above.words) <= _MOST_WORDS and _says_of_others(above.text)
    return False


def _says_of_others(words: str) -> bool:
    if words.endswith(",") or _BEGUN.fullmatch(words):
        return True
    return not words.endswith(_ENDS) and _OF_OTHERS.search(words) is not None


def _is_said_plainly(measure: str, words: str) -> bool:
    """Whether the words after a rate are those that letters are known to use, and no more."""
    return not _TURNED_ROUND.search(words) and _PLAINLY[measure].fullmatch(_letters(words)) is not None


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.lower())


def _is_heading(text: str) -> bool:
    """Whether these words are the heading of a block and no more."""
    return any(form.fullmatch(text.strip(" :–—-")) for form in HEADINGS.values())
