"""What pages say of themselves to programs: JSON-LD with schema.org's words, as data that no browser runs."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from councils import codes
from councils.models import Council
from letters import published
from public import citing
from public.addresses import full
from public.releases import described
from public.releases.tables import TABLES

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
    code = codes.code_now(council.gss, council.newer_gss)
    dates = {"foundingDate": council.first_day, "dissolutionDate": council.last_day}
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{page}#council",
        "name": council.name,
        "url": page,
        **({"identifier": _code(code)} if code else {}),
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
        "distribution": [_download(full("api-statistics-csv", query=f"?council={council.slug}"), "text/csv")],
    }


def of_data(latest: Any | None) -> dict[str, Any]:
    """All data of the site, with the newest release where there is one."""
    return {
        "@type": "DataCatalog",
        "name": f"{citing.SITE}: data",
        "url": full("data"),
        "usageInfo": full("data-sources"),
        **({"dataset": [of_release(latest)]} if latest else {}),
    }


def of_release(release: Any) -> dict[str, Any]:
    """A release that can be fetched, with each of its files."""
    made = release.made_at.isoformat(timespec="seconds")
    return {
        "@type": "Dataset",
        "@id": full("release", release.number),
        "name": described.title(release.number),
        "description": " ".join(filter(None, [*(table.about for table in TABLES), citing.notice()])),
        "url": full("release", release.number),
        "version": str(release.number),
        "datePublished": made,
        "creator": _author(release.made_at.year),
        "usageInfo": full("data-sources"),
        "isAccessibleForFree": True,
        "spatialCoverage": "England",
        "includedInDataCatalog": {"@type": "DataCatalog", "url": full("data")},
        "distribution": [_file_of(release, each) for each in release.files.all()],
    }


def _file_of(release: Any, file: Any) -> dict[str, str]:
    address = full("release-file", release.number, file.name)
    size = {"contentSize": f"{file.size} B", "sha256": file.sha256}
    return _download(address, file.content_type.partition(";")[0]) | {"name": file.name} | size


def _download(address: str, kind: str) -> dict[str, str]:
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": kind}


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
