"""The Ombudsman's categories in an order of ours, with short names. Others are taken as they come, and stand last."""

_ORDERED = {
    "adult care services": "Adult care",
    "benefits and tax": "Benefits and tax",
    "education": "Education",
    "childrens care services": "Children’s care",
    "education and childrens services": "Education and children",
    "environment and regulation": "Environment",
    "environmental services and public protection and regulation": "Environment",
    "housing": "Housing",
    "planning": "Planning",
    "planning and development": "Planning",
    "transport and highways": "Transport",
    "highways and transport": "Transport",
    "corporate and other services": "Corporate",
    "other categories": "Other",
    "other": "Other",
}
_LAST = 500


def known_as(slug: str) -> tuple[int, str]:
    """Where the category of this slug stands, and what it is called in short; no name where we have none for it."""
    words = slug.replace("-", " ")
    return (list(_ORDERED).index(words) + 1, _ORDERED[words]) if words in _ORDERED else (_LAST, "")
