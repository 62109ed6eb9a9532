"""A letter under embargo whose every part is unique, and every address at which it might be found."""

from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client

from guidance.shipped import SHIPPED
from letters import pictures, workflow
from letters.extraction.types import Recipient
from letters.models import Letter
from tests import cases, factories, odd_pdfs

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
BEFORE = HOUR - timedelta(minutes=1)
SLUG = "canary-council"

# Words and numbers that stand in the canary letter and nowhere else.
TRACES = ["Zyxwold", "87.31", "canary-7f3a", "4711", "8642"]


def letter() -> Letter:
    """A council that is public, with an approved letter whose every part is unique, under embargo."""
    staff = factories.staff()
    council = factories.council("Canary Council", slug=SLUG)
    review = factories.edition(2020)
    figure = factories.figure(
        percent=Decimal("87.31"),
        numerator=4711,
        denominator=8642,
        average=Decimal("87.31"),
        base_label="Zyxwold",
    )
    with time_machine.travel(HOUR - timedelta(days=7), tick=False):
        canary = factories.letter(
            review,
            staff,
            council=council,
            figures=[figure],
            recipient=Recipient("Ms Zyxwold", "Zyxwold"),
            pages=[factories.page(1, ("heading", "Zyxwold"), ("paragraph", "87.31% of 8642"))],
            pdf=odd_pdfs.letter(["Zyxwold"]),
        )
        # It has been drawn already, by whatever means.
        pictures.picture(canary, 1)
        Letter.objects.filter(pk=canary.pk).update(original_name="canary-7f3a.pdf")
        workflow.approve(canary, staff, reason="The canary.")
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return canary


def addresses(letter: Letter) -> list[str]:
    """Every address at which the letter is, was or might be guessed."""
    stored, copied = letter.file.name, letter.clean_copy.file.name
    at = f"/your-councils-performance/{SLUG}"
    return [
        "/",
        "/councils",
        "/councils?q=canary",
        "/councils?q=Zyxwold",
        "/councils?q=87.31",
        "/councils/suggest?q=canary",
        "/councils?q=ZZ1+1AA",
        "/councils/suggest?q=Zyxwold",
        at,
        f"{at}/statistics",
        f"{at}/statistics?year=2020",
        f"{at}/annualletters",
        "/letters",
        "/letters?q=Zyxwold",
        "/letters?q=87.31%25",
        "/letters?q=%2287.31%25+of+8642%22",
        f"/letters?q=of&council={SLUG}",
        "/letters?q=of&year=2020",
        "/letters?q=of&kind=district&order=newest",
        f"/letters?q=of&after={SLUG}/2020",
        "/corrections",
        "/pre-release-access",
        "/data",
        "/data/latest",
        "/data/latest/figures.csv",
        "/data/1",
        "/data/1/figures.csv",
        f"/before-publication/{letter.sha256}",
        f"/before-publication/{letter.sha256}/{SLUG}",
        f"/before-publication/{letter.sha256}/{SLUG}.pdf",
        f"/before-publication/{letter.sha256}/{SLUG}/ask",
        f"/corrections?council={SLUG}",
        *cases.addresses(at),
        "/decisions?q=Zyxwold",
        f"{at}/decisions?q=87.31",
        "/national-picture",
        "/national-picture?year=2020",
        "/national-picture/2020.pdf",
        f"{at}/take-along",
        f"{at}/take-along?year=2020",
        f"{at}/committee-pack",
        f"{at}/committee-pack?year=2020",
        f"{at}/committee-pack/2020.pdf",
        f"{at}/social-picture/2020.png",
        f"{at}/card",
        f"{at}/card?year=2020",
        f"/oembed?url=http://localhost:8000{at}/statistics",
        f"/oembed?url=http://localhost:8000{at}/statistics%3Fyear=2020",
        f"/oembed?url=http://localhost:8000{at}/card%3Fyear=2020&format=xml",
        "/compare",
        f"/compare?council={SLUG}",
        f"/compare?council={SLUG}&year=2020",
        f"/compare?council={SLUG}&year=2020&figure=upheld&with=similar",
        f"/compare?council={SLUG}&year=2020&figure=upheld&with=list",
        f"/compare?council={SLUG}&year=2020&figure=upheld&with=list&q=87.31",
        "/compare?q=Zyxwold",
        "/map",
        "/map?figure=upheld&year=2020&kind=councils",
        f"/map?figure=upheld&year=2020&kind=councils&council={SLUG}",
        "/map?name=Zyxwold",
        f"{at}/annualletters/2020.pdf",
        f"{at}/annualletters/2020.pdf/",
        f"{at}/annualletters/2020.PDF",
        f"{at}/annualletters/2020",
        f"{at}/annualletters/2020/",
        f"{at}/annualletters/2020/pages/1",
        f"{at}/annualletters/2020/pages/2",
        f"{at}/annualletters/2020/pages/99",
        f"{at}/annualletters/2020/pages/1.webp",
        f"{at}/annualletters/2020/pages/1.webp/",
        f"{at}/annualletters/2020/pages/1.png",
        f"{at}/annualletters/2020/pages/",
        f"{at}/annualletters/2020/replaced/1",
        f"{at}/annualletters/2020/replaced/1.pdf",
        f"{at}/annualletters/2020/replaced/2",
        f"/pictures/{letter.clean_copy.sha256}/1-1000.webp",
        f"/private/pictures/{letter.clean_copy.sha256}/1-1000.webp",
        f"/media/pictures/{letter.clean_copy.sha256}/1-1000.webp",
        f"{at}/annualletters/{letter.pk}.pdf",
        f"{at}/annualletters/canary-7f3a.pdf",
        f"{at}/annualletters/..;/2020.pdf",
        f"{at}/annualletters/%32020.pdf",
        f"{at}/annualletters/2020%252Epdf",
        f"{at}/annualletters/2020.pdf.",
        f"/{copied}",
        f"/media/{copied}",
        f"/private/{copied}",
        f"/{stored}",
        f"/media/{stored}",
        f"/static/{stored}",
        f"/static/../private/{stored}",
        f"/private/{stored}",
        f"/var/private/{stored}",
        f"/letters/{letter.pk}",
        f"/letters/{letter.sha256}",
        "/guidance",
        "/guidance/canary-council",
        *(f"/{slug}" for slug in SHIPPED),
        "/robots.txt",
        "/sitemap.xml",
        "/sitemaps/pages.xml",
        "/sitemaps/2020.xml",
        "/letters.atom",
        "/corrections.atom",
        f"{at}/annualletters.atom",
        *cases.followed(at),
        "/publication-dates.ics",
    ]


def answer(method: str, address: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, as an anonymous visitor gets them."""
    response = Client(raise_request_exception=True).generic(method, address, **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, dict(response.items()), body
