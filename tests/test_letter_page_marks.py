"""The pages of a letter as pictures: each figure is marked where it was read, those of tables too."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from letters import clock, workflow
from letters.models import Letter
from public.marks import marked_on
from tests import factories
from tests.readings import read_here

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "letters" / "leeds-2016-chromium-ruled.pdf"
COUNCIL = "/your-councils-performance/leeds-city-council"
LETTER = f"{COUNCIL}/annualletters/2016"


@pytest.fixture
def leeds():
    """A letter with two tables, published as it was read."""
    reading = read_here(FILE.read_bytes())
    council = factories.council("Leeds City Council", kind="metropolitan")
    letter = factories.public_letter(
        factories.edition(2016), council=council, figures=list(reading.statistics)
    )
    Letter.objects.update(page_count=reading.page_count)
    workflow.schedule(letter.review, clock.now(), factories.staff("publisher"), acknowledged=True)
    return reading


def test_every_link_to_where_a_figure_stands_leads_to_its_mark(client, leeds):
    """From the letter, the council's figures, and the words of the letter."""
    leading = set()
    for address in (LETTER, f"{COUNCIL}/statistics?year=2016"):
        found = re.findall(rf'href="({LETTER}/pages/\d+)#([^"]+)"', client.get(address).content.decode())
        leading |= {(page, unescape(anchor)) for page, anchor in found}
    assert len({anchor for _, anchor in leading}) == len(
        {each.measure for each in leeds.statistics if each.sources}
    )
    for page, anchor in leading:
        response = client.get(page)
        assert (response.status_code, f'id="{anchor}"' in response.content.decode()) == (200, True), (
            page,
            anchor,
        )
    names = re.findall(
        r'pages/\d+#[^"]+">marked on page \d+<span[^>]*>: ([^<]+)<', client.get(LETTER).content.decode()
    )
    assert len(set(names)) == len(names)


def test_numbers_at_the_same_corner_stand_beside_each_other():
    """As in a sentence that tells of all complaints, and begins with how many there were."""

    def figure(slug, *box):
        return SimpleNamespace(
            measure=slug, sources=[{"page": 3, "field": "value", "quotation": slug, "box": box}]
        )

    of_it = [figure(slug, 0.1, 0.1, right, 0.2) for slug, right in (("dealt-with", 0.5), ("not-for-us", 0.9))]
    found = marked_on(3, [*of_it, figure("investigated", 0.1, 0.3, 0.5, 0.4)])
    assert [mark.aside for each in found for mark in each.marks] == [4, 18, 4]
