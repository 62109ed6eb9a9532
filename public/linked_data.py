"""What pages say of themselves to programs: JSON-LD with schema.org's words, as data that no browser runs."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from councils.models import Council
from letters import published
from public import citing
from public.addresses import full

# What could end the element, or be taken for its end, in the JSON that stands in it.
_ESCAPED = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def element(data: Mapping[str, Any]) -> SafeString:
    """The data as an element for a page's head. It is no script: the content policy has nothing to allow."""
    told = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(told))


def of_council(council: Council, letters: list) -> dict[str, Any]:
    """The body, and the figures that its letters state, of the years that are public."""
    page = full("statistics", council.slug)
    data: dict[str, Any] = {"@graph": [_body(council, page)]}
    if letters:
        data["@graph"].append(_figures(council, letters, page))
    return data


def _body(council: Council, page: str) -> dict[str, Any]:
    dates = {"foundingDate": council.first_day, "dissolutionDate": council.last_day}
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{page}#council",
        "name": council.name,
        "url": page,
        **({"identifier": _code(council.gss)} if council.gss else {}),
        **{name: day.isoformat() for name, day in dates.items() if day},
    }


def _code(gss: str) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": "GSS code", "value": gss}


def _figures(council: Council, letters: list, page: str) -> dict[str, Any]:
    years = [each.review.year_ending for each in letters]
    words = "Complaints decided, upheld and put right, as stated in the Ombudsman’s annual letters to"
    return {
        "@type": "Dataset",
        "name": f"{council.name}: the Ombudsman’s figures",
        "description": f"{words} {council.name}. {citing.notice()}".strip(),
        "url": page,
        "about": {"@id": f"{page}#council"},
        "creator": _author(max(years)),
        "usageInfo": full("data-sources"),
        "temporalCoverage": f"{min(years) - 1}-04-01/{max(years)}-03-31",
        "isBasedOn": [full("letter", council.slug, year) for year in years],
    }


def of_letter(letter: Any) -> dict[str, Any]:
    """The letter as a report of the Ombudsman's, with its PDF where there is one."""
    council, year = letter.council, letter.review.year_ending
    copy = published.clean_copy(letter)
    return {
        "@type": "Report",
        "name": citing.title(council, letter),
        "url": full("letter", council.slug, year),
        "author": _author(year),
        "datePublished": letter.published_at.isoformat(),
        "about": {
            "@type": "GovernmentOrganization",
            "name": council.name,
            "url": full("statistics", council.slug),
        },
        "usageInfo": full("data-sources"),
        **({"encoding": _file(copy, full("pdf", council.slug, year))} if copy else {}),
    }


def _file(copy: Any, address: str) -> dict[str, str]:
    return {
        "@type": "MediaObject",
        "contentUrl": address,
        "encodingFormat": "application/pdf",
        "contentSize": f"{copy.size} B",
        "sha256": copy.sha256,
    }


def _author(year: int) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": citing.author(year), "url": "https://www.lgo.org.uk"}
