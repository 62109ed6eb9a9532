"""Under which terms the data may be used, and whom to name: told with each release and on its page."""

from public import citing

OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"

TERMS = (
    "Letters, figures, decisions and reports are the Local Government and Social Care Ombudsman's, under its own terms:"
    " free to re-use if the Ombudsman is named as the source, its words and figures stay unamended, and nothing about"
    " the use misleads. They are not under the Open Government Licence."
)
# What is whose, under what, and the line that goes along with it.
CREDITS = (
    (
        "gss_code_then, gss_code_now, gss_codes_now, region, regions",
        OGL,
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data ©"
        " Crown copyright and database right",
    ),
    (
        "council_name, council_names, council_kind, council_kinds",
        CC_BY,
        "UK local authority names and codes, mySociety, CC BY 4.0",
    ),
    ("national park authorities", OGL, "© Crown copyright, MHCLG, OGL v3.0"),
)


def lines() -> list[str]:
    """All of it as lines of text, with what must go along with the figures of a demonstration before them."""
    ours = "What is marked as ours was worked out by this site: name it as its work, not as the Ombudsman's."
    told = [f"{what}: {line} ({licence})" for what, licence, line in CREDITS]
    return [*filter(None, [citing.notice()]), TERMS, ours, *told]
