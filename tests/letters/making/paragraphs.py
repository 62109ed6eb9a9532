"""Running text that misleads: numbers of every kind that are not the letter's statistics."""

from random import Random

_PLAIN = (
    "# Your council this year",
    "I was glad to see that you answered most of our enquiries in time. In 2 cases we had to ask more than once, and in"
    " 1 case a payment of £350 was made 14 weeks after the date that we had agreed.",
    "One of our reports led to a new procedure for {n} families. We issued 2 public reports about your council.",
    "A council may have 80% of its complaints upheld and still serve its residents well, if it had only 5"
    " investigations in the whole year.",
    "Of the complaints about housing, {n} were settled within 20 days; 94% of those who came to our courses would"
    " recommend them.",
    "Compliance with recommendations - An authority that agreed to 10 recommendations and carried out 9 of them has a"
    " compliance rate of 90%. Anything below 100% deserves a closer look.",
    "# Complaint statistics",
    "Complaints upheld - We uphold complaints when we find some form of fault in an authority's actions.",
    "Satisfactory remedies provided by the authority - We want to encourage the early resolution of complaints.",
    "In {before}, {p}% of the complaints that we looked into in detail about your council were upheld, against a"
    " national average of 62%.",
    "This year we upheld {n} complaints about special educational needs, which is 7.5 for every 100,000 children.",
    "In all of England we upheld {p}% of complaints, and 12% of those needed no further remedy.",
    "A total of {n} officers came to our {m} courses, between 1 May {before} and 3 June {before}.",
    "We welcomed the {n} service improvements that your council agreed to, {m} of them within the 13 weeks promised.",
)
_CRUEL = (
    "Last year {p}% of complaints we investigated were upheld.",
    "Nationally, {p}% of complaints we investigated were upheld. This compares to an average of 58% the year before.",
    "In {before} there were {n} upheld decisions about your council, and {m} satisfactory remedy decisions.",
    "In the county of which you are part, in {p}% of cases we were satisfied the authority had successfully implemented"
    " our recommendations.",
    "In London, in {p}% of upheld cases we found the authority had provided a satisfactory remedy before the complaint"
    " reached the Ombudsman.",
    "In {before}, {n} upheld decisions per 100,000 residents were made about your authority.",
)


def plain(dice: Random, year: int) -> list[str]:
    """Some paragraphs; "# " marks a heading."""
    return [_filled(text, dice, year) for text in _PLAIN if dice.random() < 0.5]


def cruel(dice: Random, year: int) -> list[str]:
    """Paragraphs in the very sentences of the statistics, about other years or places."""
    return [_filled(text, dice, year) for text in dice.sample(_CRUEL, dice.randint(1, 3))]


def _filled(text: str, dice: Random, year: int) -> str:
    return text.format(n=dice.randint(2, 40), m=dice.randint(2, 9), p=dice.randint(20, 97), before=year - 1)
