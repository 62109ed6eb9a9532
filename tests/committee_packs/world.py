"""Councils with letters of some years, and their packs as a page and as a PDF."""

import re
import unicodedata
from datetime import date, timedelta
from datetime import datetime as DateTime
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pypdfium2
import time_machine

from councils.models import Succession
from letters import workflow
from letters.extraction.types import Source
from tests import factories

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance"
BOX = (0.1, 0.2, 0.5, 0.25)


def publish(staff, council, year, figures=None, **values):
    """A letter published at half past nine on 29 July of its year."""
    hour = HOUR.replace(year=year)
    with time_machine.travel(hour - timedelta(days=2), tick=False):
        letter = factories.public_letter(factories.edition(year), staff, council, figures=figures, **values)
        if letter.review.publish_at is None:
            workflow.schedule(letter.review, hour, staff, acknowledged=True)
    return letter


def rate(measure, year, percent, count, base, average, **values):
    numbers = {
        "percent": Decimal(percent),
        "numerator": count,
        "denominator": base,
        "average": Decimal(average),
    }
    label = {"upheld": "detailed investigations", "compliance": "compliance outcomes"}.get(
        measure, "upheld decisions"
    )
    return factories.figure(measure, year, base_label=label, **(numbers | values))


def three(year, upheld=(60, 12, 20, 55), compliance=(92, None, 12, 99), remedies=(8, 1, 12, 11)):
    return [
        rate("upheld", year, *upheld),
        rate("compliance", year, *compliance),
        rate("satisfactory-remedies", year, *remedies),
    ]


def several_years(staff):
    council = factories.council("Sometown Borough Council")
    for year in (2019, 2020, 2022, 2023):
        publish(staff, council, year, three(year, upheld=(55, None, 20, 55)))
    return council


def wellingborough(staff):
    old = factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    publish(staff, old, 2020, three(2020, (100, 2, 2, 45), (100, None, 1, 99), (0, 0, 2, 20)))
    return old


def with_other_figures(staff):
    council = factories.council("Kent County Council", kind="county")
    per = {"percent": None, "numerator": None, "denominator": None, "base_label": ""}
    figures = [
        *three(2023, compliance=(100, None, 30, 99)),
        factories.figure(
            "upheld-per-100000", 2023, value=Decimal("5.5"), **per | {"average": Decimal("4.6")}
        ),
    ]
    publish(staff, council, 2023, figures)
    return council


def with_tables_only(staff):
    council = factories.council("Oldtown District Council")
    bare = dict.fromkeys(("percent", "numerator", "denominator", "average")) | {"base_label": ""}
    received = factories.figure("received:housing", 2007, value=Decimal(12), **bare)
    publish(staff, council, 2007, [received])
    return council


def none_due(staff):
    council = factories.council("Sea & Sands District Council")
    none = dict.fromkeys(("percent", "value", "numerator", "denominator", "average"))
    words = "No recommendations were due for compliance in this period"
    due = factories.figure(
        "compliance", 2020, base_label="", sources=(Source("percent", 3, BOX, words),), **none
    )
    publish(staff, council, 2020, [rate("upheld", 2020, 0, 0, 1, 45), due])
    return council


def without_figures(staff):
    council = factories.council("Stockton-on-Tees Borough Council", kind="unitary")
    publish(staff, council, 2020, [])
    return council


COUNCILS = [several_years, wellingborough, with_other_figures, none_due, without_figures]


def page_of(client, council, year=None):
    """The page's main part as a reader sees it, drawings left out."""
    query = "" if year is None else f"?year={year}"
    response = client.get(f"{AT}/{council.slug}/committee-pack{query}")
    assert response.status_code == 200
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", main.split(">", 1)[1])


def pdf_of(client, council, year):
    response = client.get(f"{AT}/{council.slug}/committee-pack/{year}.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response.content


def read(pdf):
    """The text of a PDF, page by page, read by the library that reads the letters."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def bare(words):
    """Letters and digits alone: lines break elsewhere on a page and on paper."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", unescape(words)))


def latest(council):
    return council.letters.order_by("review__year_ending").last().review.year_ending
