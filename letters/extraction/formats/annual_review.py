"""The annual reviews of 2009 to 2013: what their running text says of the year's complaints, with numbers in words.

A sentence may speak of some of the complaints only, so what is found here is a proposal and never sure. What a table
states is not taken from the text.
"""

from collections.abc import Collection, Mapping

from letters.extraction import numbers
from letters.extraction.glyphs import Sheet
from letters.extraction.layout import as_stored

from .matches import Found, sentences
from .sentences import pattern, phrase

_NUMBER = r"(?P<value>[a-z]+(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|[\d,]+)"
_ABOUT = phrase("about/against/concerning your council/authority")
_FORMS = {
    "received:total": (
        pattern(
            phrase("advice team received"), r"(?:a total of\s)?", _NUMBER,
            phrase("complaints/enquiries and enquiries/complaints"), rf"(?:{_ABOUT})?",
        ),
        pattern(
            phrase("we received"), r"(?:a total of\s)?", _NUMBER,
            rf"(?:{phrase('complaints and enquiries')}|{phrase('enquiries and complaints')})", rf"(?:{_ABOUT})?",
        ),
    ),
    "decided:total": (
        pattern(phrase("we made decisions on"), r"(?:a total of\s)?", _NUMBER, phrase("complaint(s)"), _ABOUT),
        pattern(phrase("we decided"), r"(?:a total of\s)?", _NUMBER, phrase("complaint(s)"), _ABOUT),
    ),
}  # fmt: skip


def in_running_text(sheets: Mapping[int, Sheet], known: Collection[str]) -> list[Found]:
    """How many complaints were received and decided, where a plain sentence says so and no table does."""
    flow = as_stored([sheets[page] for page in sorted(sheets)])
    return [
        Found(**vars(sentence.found(measure, "value", "value", numbers.in_words)) | {"doubt": "running-text"})
        for measure, forms in _FORMS.items()
        if measure not in known
        for form in forms
        for sentence in sentences(flow, form)
    ]
