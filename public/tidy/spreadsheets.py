"""Text for files that spreadsheets open: nothing that stands in a cell is run by them."""

import re
import unicodedata

# What a spreadsheet takes for the beginning of a formula, in any of its widths, also after blanks and on any line; or a
# cell that begins with white space of another kind. After apostrophes too, so that ours is told from the text's own.
_RUN = re.compile(r"(?:\A'*|^)[\s\u200b-\u200f\u2060\ufeff]*[=+\-@]|\A'*[\t\r\n]", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text, after an apostrophe if a spreadsheet might run it; without characters that no text file can hold.

    The apostrophe is the sign by which spreadsheets know text. To get the text as it was, take it off again where
    the text without it would get one.
    """
    if text.isascii() and text.isprintable() and text[:1].isalnum():  # nearly all of it
        return text
    plain = _CONTROLS.sub("", text)
    return f"'{plain}" if _RUN.search(unicodedata.normalize("NFKC", plain)) else plain
