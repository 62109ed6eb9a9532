"""What makes two printed names the same name. Pure: text in, text out."""

import unicodedata
from collections.abc import Set
from itertools import dropwhile

# Straight, curly and look-alike: the apostrophe of "King's" as programs print it.
_NO_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018\u201b\u02bc\u2032\u00b4\uff07`"))

# Words that say what a body is, not which one.
GENERAL_WORDS = frozenset(
    {"council", "corporation", "borough", "city", "district", "county"}
    | {"metropolitan", "london", "royal", "of", "the"}
)

# Of those, the ones that can tell two bodies of the same place apart.
_TELLING_WORDS = frozenset({"council", "county", "city", "borough", "district"})
_STYLES = _TELLING_WORDS - {"council"}

# How people write counties in short. Letters do not, so these are for searches alone.
_IN_SHORT = {
    short: f"{long}shire"
    for short, long in {
        "beds": "bedford",
        "berks": "berk",
        "bucks": "buckingham",
        "cambs": "cambridge",
        "derbys": "derby",
        "glos": "gloucester",
        "hants": "hamp",
        "herts": "hertford",
        "lancs": "lanca",
        "leics": "leicester",
        "lincs": "lincoln",
        "northants": "northampton",
        "notts": "nottingham",
        "oxon": "oxford",
        "salop": "shrop",
        "staffs": "stafford",
        "warks": "warwick",
        "wilts": "wilt",
        "worcs": "worcester",
    }.items()
}


def plain(text: str) -> str:
    """The name as its words alone: case, punctuation, "&", "Saint" and a leading "the" no longer matter.

    "King's Lynn & West Norfolk" and "KINGS LYNN and West-Norfolk" are both "kings lynn and west norfolk".
    """
    words = "".join(map(_plain_character, _compatible(text).translate(_NO_APOSTROPHES))).split()
    words = ["st" if word == "saint" else word for word in words]
    return " ".join(dropwhile("the".__eq__, words))


def _compatible(text: str) -> str:
    """Without case, ligatures, full-width letters and the like; accents stand apart from their letters."""
    # An acute accent used as an apostrophe would become a space.
    text = unicodedata.normalize("NFKC", text.translate(_NO_APOSTROPHES)).casefold()
    return unicodedata.normalize("NFKD", text)


def _plain_character(character: str) -> str:
    if character.isalnum():
        return character
    if character == "&":
        return " and "
    # Soft hyphens, joiners and combining marks stand inside words: PDFs are full of them.
    return "" if unicodedata.category(character) in {"Cf", "Mn", "Me"} else " "


def distinctive(text: str) -> str:
    """The plain name without the words that any council may bear; empty where nothing else is said.

    "London Borough of Croydon" is "croydon", "City of York Council" is "york", "City of London" is "".
    """
    words = [word for word in plain(text).split() if word not in GENERAL_WORDS]
    while words and words[0] == "and":
        del words[0]
    while words and words[-1] == "and":
        del words[-1]
    return " ".join(words)


def spelt_out(word: str) -> str:
    """The county that a plain word is short for, such as "northants"; any other word as it is."""
    return _IN_SHORT.get(word, word)


def telling_words(*texts: str) -> frozenset[str]:
    """Those of council, county, city, borough and district that the texts print."""
    return _TELLING_WORDS.intersection(" ".join(map(plain, texts)).split())


def styles_agree(printed: Set[str], own: Set[str]) -> bool:
    """Whether a council that bears `own` telling words may have been printed with `printed` ones.

    Boroughs become cities and districts boroughs, but a county council is never one of the others: "Derby
    County Council" is not Derby City Council. A name without any such word agrees with all.
    """
    printed, own = printed & _STYLES, own & _STYLES
    return not printed or not own or bool(printed & own) or "county" not in printed | own
