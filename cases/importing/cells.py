"""What a cell says, as a value; or why it cannot be taken, and what to do. Pure: what the file has in, values out."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.text import slugify

from cases import references

Convert = Callable[[str], Any]

_FORMULA = re.compile(r"=|[+\-@]\s*[A-Z]+\(|[+\-@][\w.]+\|")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d+);", re.IGNORECASE)
# What UTF-8 looks like that was read as Windows-1252 and saved again.
_TWICE_ENCODED = re.compile("â€[™œ“\x9d˜”]|Ã[©¨¢ª«´¶¼¡£±§]|Â[ £]")
# Control characters but tabs and ends of lines, and halves of characters.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_REFERENCES = 40
_EARLIEST = date(1974, 4, 1)  # the first day of the office of the Commissioners for Local Administration


class Wrong(Exception):
    """A cell that cannot be taken: why, and what to do about it."""

    def __init__(self, why: str, remedy: str):
        super().__init__(why)
        self.why, self.remedy = why, remedy


@dataclass(frozen=True)
class Column:
    """A column by its headings, the first of which is the name of ours; and how its cells are understood."""

    headings: tuple[str, ...]
    convert: Convert
    required: bool = True
    default: Any = ""

    @property
    def name(self) -> str:
        return self.headings[0]


def heading(text: str) -> str:
    """A heading without case and signs: "Decided_On" and "decided on" are one."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def text_of(value: Any) -> str:
    """The text of a cell as CSV or JSON has it. Raises Wrong for what no text can be made of."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case list() if all(isinstance(each, str) for each in value):
            return "; ".join(value)
        case str():
            return _clean(value)
    raise Wrong("It is neither text nor a list of texts", "Write it as text in quotation marks.")


def _clean(text: str) -> str:
    text = unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    ).strip()
    if len(text) > 1_000_000:
        raise Wrong("It is longer than a million characters", "Look whether a quotation mark is missing.")
    if _NO_TEXT.search(text):
        raise Wrong("It has characters that are no text", "Take them out, and save the file as UTF-8.")
    if "\ufffd" in text:
        raise Wrong(
            "Letters were lost when the file was saved (�)", "Save it anew from its source, as UTF-8."
        )
    if _TWICE_ENCODED.search(text):
        raise Wrong("Its letters are garbled, such as â€™ for ’", "Save it anew from its source, as UTF-8.")
    if _FORMULA.match(text):
        raise Wrong("It is a formula, or looks like one", "Give what the formula shows.")
    return text


def words(at_most: int) -> Convert:
    """A text of paragraphs, without markup."""

    def convert(text: str) -> str:
        if len(text) > at_most:
            raise Wrong(f"It has {len(text):,} characters and may have {at_most:,}", "Shorten it.")
        if found := _MARKUP.search(text):
            raise Wrong(
                f"It has HTML in it ({found[0][:20]})",
                "Give plain text, with empty lines between paragraphs.",
            )
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text))

    return convert


def line(at_most: int) -> Convert:
    """A text on one line."""
    whole = words(at_most)

    def convert(text: str) -> str:
        return " ".join(whole(text).split())

    return convert


def category(text: str) -> str:
    """A name that an address can be made of."""
    name = line(120)(text)
    if not slug(name):
        raise Wrong("It has no letters that an address could be made of", "Write its name in words.")
    return name


@lru_cache(1000)
def slug(name: str) -> str:
    """The part of an address that a category's name gives; names with the same one are the same."""
    return re.sub("-{2,}", "-", slugify(name).replace("_", "-"))[:120].strip("-")


def reference(text: str) -> str:
    found = references.read(text)
    if not found:
        remedy = "Write two digits, three and three. A spreadsheet may have eaten a leading 0: make the column text."
        raise Wrong("It is no reference, such as 19 012 345", remedy)
    return found


def references_of(text: str) -> list[str]:
    """Several references, parted by semicolons or lines."""
    found = [reference(each) for each in re.split(r"[;\n]", text) if each.strip()]
    if len(found) > _MOST_REFERENCES:
        raise Wrong(
            f"It has {len(found)} references and may have {_MOST_REFERENCES}", "Name the first of them."
        )
    return found


def names(text: str) -> list[str]:
    """Several names, parted by semicolons or lines."""
    found = [" ".join(each.split()) for each in re.split(r"[;\n]", text) if each.strip()]
    if len(set(found)) < len(found):
        raise Wrong("It names a council twice", "Leave one.")
    return found


def number(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise Wrong("It is no number from 1 to 999", "Number the improvements of each decision from 1.")
    return int(text)


def one_of(choices: Mapping[str, str], **also: str) -> Convert:
    """One of some choices, by its value or its words; `also` are other words for a value."""
    known = {heading(label): value for value, label in choices.items()}
    known |= {heading(value): value for value in choices}
    known |= {word.replace("_", " "): value for word, value in also.items()}

    def convert(text: str) -> str:
        if heading(text) not in known:
            listed = ", ".join(choices.values())
            raise Wrong("It is none of the words that are known here", f"Write one of: {listed}.")
        return known[heading(text)]

    return convert


yes_or_no = one_of(
    {"yes": "Yes", "no": "No"}, y="yes", n="no", true="yes", false="no", **{"1": "yes", "0": "no"}
)

_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
_NO_TIME = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?$")


def day(text: str) -> date:
    """A day, written in full with the day before the month, or as 2024-03-14."""
    plain = _NO_TIME.sub("", text)
    for form in _FORMS:
        try:
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        if found < _EARLIEST:
            raise Wrong("It lies before there was an Ombudsman (1974)", "Look at the year.")
        return found
    if re.fullmatch(r"[0-9]{5}(\.0)?", plain):
        raise Wrong(
            "It is the number by which spreadsheets count days", "Format the column as dates, and save anew."
        )
    if re.fullmatch(r"[0-9]{1,2}\D[0-9]{1,2}\D[0-9]{2}", plain):
        raise Wrong("Its year has two digits", "Write the year in full: 14/03/2024.")
    raise Wrong(
        "It is no date of the calendar, with the day before the month",
        "Write it as 2024-03-14 or 14/03/2024.",
    )
