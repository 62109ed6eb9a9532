"""What a cell says, as a value; or why it cannot be taken, and what to do. Pure: what the file has in, values out."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html.entities import html5
from typing import Any

from django.utils.text import slugify

from cases import references

Convert = Callable[[str], Any]

_FORMULA = re.compile(r"=|[+\-@]\s*[A-Z]+\(|[+\-@][\w.]+\|")
# What a spreadsheet shows where a formula fails, and what programs write where they have nothing.
_FAILED = re.compile(r"#(?:[A-Z/0]+[!?]|N/A|GETTING_DATA)")
_NOTHING = {"null", "nan", "nat", "<na>", "undefined", "[object object]"}
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9:]*(?:\s[^<>]*)?/?>|<[a-z][a-z0-9:]*\s+[a-z-]+\s*=|<!--|<!\[CDATA|&#x?[0-9a-f]+;",
    re.IGNORECASE,
)
_ENTITY = re.compile("&([A-Za-z]+[0-9]*;)")
# What UTF-8 looks like that was read as Windows-1252 and saved again.
_TWICE_ENCODED = re.compile("â€[™œ“\x9d˜”]|Ã[©¨¢ª«´¶¼¡£±§]|Â[ £]")
# Control characters but tabs and ends of lines, those that turn the order of others round, and halves of characters.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Marks that nobody sees, left over from encodings and from where lines might be broken.
_UNSEEN = "\ufeff\u200b\u2060\u00ad"
_MOST_REFERENCES = 40
_EARLIEST = date(1974, 4, 1)  # the first day of the office of the Commissioners for Local Administration


class Wrong(Exception):
    """A cell that cannot be taken: why, and what to do about it."""

    def __init__(self, why: str, remedy: str):
        super().__init__(why)
        self.why, self.remedy = why, remedy


@dataclass(frozen=True)
class Column:
    """A column by its headings, the first of which is the name of ours; and how its cells are understood.

    In JSON a cell of `several` may be a list of texts, and one of `yes_or_no` true or false.
    """

    headings: tuple[str, ...]
    convert: Convert
    required: bool = True
    default: Any = ""
    several: bool = False
    yes_or_no: bool = False

    @property
    def name(self) -> str:
        return self.headings[0]


def heading(text: str) -> str:
    """A heading without case and signs: "Decided_On" and "decided on" are one."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def text_of(value: Any, column: Column) -> str:
    """The text of a cell as CSV or JSON has it. Raises Wrong for what no text can be made of."""
    match value:
        case None:
            return ""
        case bool() if column.yes_or_no:
            return "yes" if value else "no"
        case int() if not isinstance(value, bool):
            return str(value)
        case list() if column.several and all(isinstance(each, str) for each in value):
            return "; ".join(map(_clean, value))
        case str():
            return _clean(value)
    wanted = "text or a list of texts" if column.several else "text"
    raise Wrong(f"It is not {wanted}", "Write it as text in quotation marks.")


def _clean(text: str) -> str:
    for mark in _UNSEEN:
        text = text.replace(mark, "")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
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
    if _FAILED.fullmatch(text):
        raise Wrong(
            "It is what a formula shows that has failed", "Mend it in the spreadsheet, and save anew."
        )
    if text[:20].casefold() in _NOTHING:
        raise Wrong(
            "It is a program's word for nothing", "Leave the cell empty where there is nothing to say."
        )
    return text


def words(at_most: int) -> Convert:
    """A text of paragraphs, without markup."""

    def convert(text: str) -> str:
        if len(text) > at_most:
            raise Wrong(f"It has {len(text):,} characters and may have {at_most:,}", "Shorten it.")
        if found := _markup(text):
            raise Wrong(
                f"It has HTML in it ({found[:20]})", "Give plain text, with empty lines between paragraphs."
            )
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text))

    return convert


def _markup(text: str) -> str:
    """The first piece of HTML in a text; empty where there is none."""
    if "<" not in text and "&" not in text:
        return ""
    if found := _MARKUP.search(text):
        return found[0]
    return next((each[0] for each in _ENTITY.finditer(text) if each[1] in html5), "")


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


def _parts(text: str) -> list[str]:
    found = [each for each in re.split(r"[;\n]", text) if each.strip()]
    if not found:
        raise Wrong("It has nothing between its semicolons", "Name one, or several parted by semicolons.")
    return found


def references_of(text: str) -> list[str]:
    """Several references, parted by semicolons or lines."""
    found = [reference(each) for each in _parts(text)]
    if len(found) > _MOST_REFERENCES:
        raise Wrong(
            f"It has {len(found)} references and may have {_MOST_REFERENCES}", "Name the first of them."
        )
    return found


def names(text: str) -> list[str]:
    """Several names, parted by semicolons or lines."""
    found = [" ".join(each.split()) for each in _parts(text)]
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
            found = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no zone
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
