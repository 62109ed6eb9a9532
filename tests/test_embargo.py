"""Nothing early: an anonymous visitor, whatever is asked for, cannot tell a letter under embargo from none at all."""

from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from guidance.shipped import SHIPPED
from letters import pictures, workflow
from letters.extraction.types import Recipient
from letters.models import Letter
from tests import factories, odd_pdfs

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
BEFORE = HOUR - timedelta(minutes=1)
SLUG = "canary-council"

# Words and numbers that stand in the canary letter and nowhere else.
TRACES = ["Zyxwold", "87.31", "canary-7f3a", "4711", "8642"]


@pytest.fixture
def canary():
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
        letter = factories.letter(
            review,
            staff,
            council=council,
            figures=[figure],
            recipient=Recipient("Ms Zyxwold", "Zyxwold"),
            pages=[factories.page(1, ("heading", "Zyxwold"), ("paragraph", "87.31% of 8642"))],
            pdf=odd_pdfs.letter(["Zyxwold"]),
        )
        # It has been drawn already, by whatever means.
        pictures.picture(letter, 1)
        Letter.objects.filter(pk=letter.pk).update(original_name="canary-7f3a.pdf")
        workflow.approve(letter, staff, reason="The canary.")
        workflow.schedule(review, HOUR, staff, acknowledged=True)
    return letter


def addresses(letter):
    """Every address at which the letter is, was or might be guessed."""
    stored = letter.file.name
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
        "/corrections",
        "/pre-release-access",
        f"/before-publication/{letter.sha256}",
        f"/before-publication/{letter.sha256}/{SLUG}",
        f"/before-publication/{letter.sha256}/{SLUG}.pdf",
        f"/before-publication/{letter.sha256}/{SLUG}/ask",
        f"/corrections?council={SLUG}",
        "/national-picture",
        "/national-picture?year=2020",
        "/national-picture/2020.pdf",
        f"{at}/take-along",
        f"{at}/take-along?year=2020",
        f"{at}/committee-pack",
        f"{at}/committee-pack?year=2020",
        f"{at}/committee-pack/2020.pdf",
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
        f"/pictures/{letter.sha256}/1-1000.webp",
        f"/private/pictures/{letter.sha256}/1-1000.webp",
        f"/media/pictures/{letter.sha256}/1-1000.webp",
        f"{at}/annualletters/{letter.pk}.pdf",
        f"{at}/annualletters/canary-7f3a.pdf",
        f"{at}/annualletters/..;/2020.pdf",
        f"{at}/annualletters/%32020.pdf",
        f"{at}/annualletters/2020%252Epdf",
        f"{at}/annualletters/2020.pdf.",
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
    ]


HEADERS = [
    {},
    {"HTTP_RANGE": "bytes=0-99"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_MODIFIED_SINCE": "Sat, 29 Jul 2000 00:00:00 GMT"},
]


def answer(method, address, headers):
    response = Client(raise_request_exception=True).generic(method, address, **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, dict(response.items()), body


def answers(letter):
    true = [f'"{letter.sha256}"', f'"{letter.sha256}-1-{pictures.WIDTH}"']
    validators = [{"HTTP_IF_NONE_MATCH": each} for each in true]
    return {
        (method, address, str(headers)): answer(method, address, headers)
        for address in addresses(letter)
        for method, headers in [
            *(("GET", each) for each in [*HEADERS, *validators]),
            ("HEAD", {}),
            ("OPTIONS", {}),
            ("POST", {}),
        ]
    }


def test_before_the_hour_everything_answers_as_if_there_were_no_letter(canary):
    """T45: the same to the byte, body and headers, as when the letter was never received."""
    with time_machine.travel(BEFORE, tick=False):
        with_it = answers(canary)
        for (_, address, _), (_, headers, body) in with_it.items():
            # The search page repeats what was searched for.
            for trace in [trace for trace in TRACES if trace not in address]:
                assert trace.encode() not in body
                assert trace not in str(headers)
        Letter.objects.all().delete()
        assert answers(canary) == with_it


def test_before_the_hour_its_address_is_the_404_of_what_never_was(canary):
    """T45: an address that exists and waits, one of another year, and one of no council are not told apart."""
    with time_machine.travel(BEFORE, tick=False):
        for part in (".pdf", "", "/pages/1", "/pages/1.webp"):
            hidden = answer("GET", f"/your-councils-performance/{SLUG}/annualletters/2020{part}", {})
            for never in (
                f"/your-councils-performance/{SLUG}/annualletters/2019{part}",
                f"/your-councils-performance/no-such-council/annualletters/2020{part}",
            ):
                assert answer("GET", never, {}) == hidden
            assert hidden[0] == 404


def test_at_the_hour_all_of_it_is_there(canary):
    at = f"/your-councils-performance/{SLUG}"
    with time_machine.travel(HOUR, tick=False):
        status, _, body = answer("GET", f"{at}/statistics?year=2020", {})
        assert status == 200
        assert b"87.31" in body
        assert b"4,711" in body
        status, headers, body = answer("GET", f"{at}/annualletters/2020.pdf", {})
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        with canary.file.open("rb") as file:
            assert body == file.read()
        assert b"2020.pdf" in answer("GET", f"{at}/annualletters", {})[2]
        for page in ("take-along", "committee-pack", "card"):
            assert b"4,711 of 8,642" in answer("GET", f"{at}/{page}?year=2020", {})[2]
        status, _, body = answer("GET", f"{at}/committee-pack/2020.pdf", {})
        assert (status, body[:5]) == (200, b"%PDF-")
        assert (
            b"card?year=2020"
            in answer("GET", f"/oembed?url=http://localhost:8000{at}/card%3Fyear=2020", {})[2]
        )
        assert b"87.31% of 8642" in answer("GET", f"{at}/annualletters/2020", {})[2]
        assert b"Zyxwold" in answer("GET", f"{at}/annualletters/2020/pages/1", {})[2]
        status, headers, _ = answer("GET", f"{at}/annualletters/2020/pages/1.webp", {})
        assert (status, headers["Content-Type"]) == (200, "image/webp")


def test_no_address_serves_stored_files(canary, private_files):
    """T45: letters lie under random names of 128 bits, outside any served folder, for their owner's eyes only."""
    [path] = private_files.glob("letters/*")
    assert len(path.stem) == 32
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="no address"):
        _ = canary.file.url
