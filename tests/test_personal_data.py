"""What the site knows of people stays where docs/security.md says it is."""

from datetime import datetime as DateTime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from history.models import Line
from letters import workflow
from letters.extraction.types import Recipient
from letters.workflow.prerelease import Person
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance/sometown-council"


@pytest.fixture
def letter():
    """A public letter to Ms Zyxwold, which a person with access had seen before."""
    staff, review = factories.staff(), factories.edition(2020)
    addressee = Recipient("Ms Zyxwold", "Wold Warden")
    with time_machine.travel(HOUR, tick=False) as now:
        now.move_to(HOUR.replace(day=28))
        row = factories.approved_letter(
            review,
            staff,
            factories.council("Sometown Council"),
            recipient=addressee,
            pages=[factories.page(1, ("paragraph", "Ms Zyxwold"))],
        )
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        person = Person("Mr Wyxzold", "Officer", "Sometown Council", "wyxzold@example.org")
        workflow.give_access(review, staff, person, [row], opens_at=HOUR.replace(day=28), closes_at=HOUR)
        now.move_to(HOUR)
        workflow.publish_access_list(review, staff)
        yield row


def test_t88_an_addressee_is_named_in_the_letters_own_words_and_nowhere_else(client, letter):
    assert b"Zyxwold" in client.get(f"{AT}/annualletters/2020").content
    for address in (
        "/",
        "/councils",
        "/corrections",
        "/national-picture?year=2020",
        f"{AT}/statistics?year=2020",
        f"{AT}/annualletters",
        f"{AT}/take-along?year=2020",
        f"{AT}/committee-pack?year=2020",
        f"{AT}/card?year=2020",
    ):
        page = client.get(address).content
        assert b"Sometown" in page or address in {"/", "/corrections", "/national-picture?year=2020"}
        assert b"Zyxwold" not in page, address
        assert b"Wold Warden" not in page, address
    assert b"sometown" not in client.get("/councils?q=Zyxwold").content


def test_t88_an_email_address_is_neither_published_nor_kept_for_good(client, letter):
    page = client.get("/pre-release-access").content
    assert b"Mr Wyxzold" in page
    assert b"example.org" not in page
    assert "Mr Wyxzold" in str(list(Line.objects.values()))
    assert "example.org" not in str(list(Line.objects.values()))


def test_t88_how_long_it_is_kept_is_written_down():
    said = (Path(__file__).parent.parent / "docs" / "security.md").read_text()
    section = said.split("## Personal data")[1].split("\n## ")[0]
    for what in ("officer a letter is addressed to", "PDF says of itself", "e-mail addresses", "queries"):
        assert what in section
