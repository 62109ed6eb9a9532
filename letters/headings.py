"""The headings of the tables in letters to 2018, and the names of the figures that stand under them.

Headings vary from council to council and from year to year; these are the usual ones. Whatever else a table is headed
with is a figure too: its slug is made of the heading as printed.
"""

import re

LONGEST_SLUG = 90

SUBJECTS = (
    "Adult Care Services", "Benefits and Tax", "Corporate and Other Services", "Education and Children's Services",
    "Environmental Services and Public Protection and Regulation", "Highways and Transport", "Housing",
    "Planning and Development", "Other",
)  # fmt: skip
OUTCOMES = (
    "Incomplete or Invalid", "Advice Given", "Referred back for Local Resolution",
    "Closed After Initial Enquiries", "Not Upheld", "Upheld",
)  # fmt: skip
# How else letters print some of these.
ALSO_PRINTED = {"Incomplete/Invalid": "Incomplete or Invalid"}
# What the tables to 2011 are often headed with; their columns vary by council.
SUBJECTS_TO_2011 = (
    "Adult care services", "Benefits", "Children and family services", "Education", "Housing", "Other",
    "Planning and building control", "Public finance", "Public finance inc. local taxation", "Local taxation",
    "Social services", "Social services - other", "Transport and highways", "Highways", "Environmental health",
    "Leisure and culture", "Planning", "Waste management", "Antisocial behaviour", "Building control",
    "Children's services", "Corporate services", "Council tax", "Drainage", "Employment and pensions",
    "Environmental services", "Housing benefit", "Land", "Licensing", "Parking",
    "Public finance including local taxation", "Social services - adult", "Social services - adults",
    "Social services - children", "Transport",
)  # fmt: skip
# To 2008; "Premature complaints" are outside the first of the two totals.
DECISIONS_TO_2008 = (
    "MI reps", "LS", "M reps", "NM reps", "No mal", "Omb disc", "Outside jurisdiction", "Premature complaints",
)  # fmt: skip
DECISIONS_2009_TO_2011 = (
    "Reports: maladministration and injustice", "Local settlements (no report)",
    "Reports: maladministration no injustice", "Reports: no maladministration", "No maladministration (no report)",
    "Ombudsman's discretion (no report)", "Outside jurisdiction",
)  # fmt: skip
DECISIONS_2012_TO_2013 = (
    "No power to investigate", "No reason to use exceptional power to investigate",
    "Investigation not justified and Other", "Not enough evidence of fault", "No or minor injustice and Other",
    "Injustice remedied during enquiries", "Report",
)  # fmt: skip
# The same outcomes in the same order: what letters to 2008 abbreviate, those of 2009 to 2011 write out.
_WRITTEN_OUT = dict(zip(DECISIONS_TO_2008[:6], DECISIONS_2009_TO_2011[:6], strict=True))
TOTAL = "Total"
TOTAL_WITHOUT_PREMATURE = "Total excl premature"


def slug_of(heading: str) -> str:
    """ "Planning & Development" as "planning-and-development"; apostrophes leave no trace."""
    plain = re.sub(r"['’‘`]", "", heading.replace("&", " and ")).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def written_out(heading: str) -> str:
    """What later letters call the outcome that stands under an abbreviation: "LS" is "Local settlements (no report)".

    Empty for any other heading.
    """
    return _WRITTEN_OUT.get(heading, "")


def usual(prefix: str, year_ending: int) -> tuple[str, ...]:
    """The headings that tables of a year usually have, their totals last; none where they vary by council."""
    if 2014 <= year_ending <= 2018:
        return (*(SUBJECTS if prefix == "received" else OUTCOMES), TOTAL)
    if prefix == "decided" and year_ending <= 2008:
        return (*DECISIONS_TO_2008, TOTAL_WITHOUT_PREMATURE, TOTAL)
    if prefix == "decided" and year_ending <= 2011:
        return (*DECISIONS_2009_TO_2011, TOTAL)
    return (TOTAL,)


_NAMES = {
    slug_of(heading): heading
    for heading in (
        *SUBJECTS_TO_2011,
        *SUBJECTS,
        *OUTCOMES,
        *DECISIONS_2012_TO_2013,
        *DECISIONS_2009_TO_2011,
        *DECISIONS_TO_2008,
        TOTAL_WITHOUT_PREMATURE,
        TOTAL,
    )
}


def name_of(slug: str) -> str:
    """The heading that a slug was made of: the usual one, or its words with a capital."""
    return _NAMES.get(slug) or slug.replace("-", " ").capitalize()
