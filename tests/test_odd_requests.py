"""Odd requests to every public address: the right status and a clear page, never a fault of ours."""

from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from letters import workflow
from tests import factories
from tests.public_addresses import AT, READABLE

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
# A picture is left out: it takes no query, and drawing it takes a real PDF and a process.
BARE = sorted({address.split("?")[0] for address in READABLE if not address.endswith(".webp")})

LONG = "a" * 1_000_000
QUERIES = {
    "a year in other digits": "year=٢٠٢٠",
    "a year that is a page": "year=2020&page=-1&limit=-1&offset=99999999999999999999",
    "nulls": "year=%00&q=%00&council=%00&figure=%00&kind=%00&view=%00&sort=%00&name=%00&url=%00&of=%00",
    "no UTF-8": "year=%FF%FE&q=%FF%FE&council=%C3%28&figure=%FF&with=%FF&name=%FF&region=%FF&url=%FF",
    "duplicates": "year=2020&year=2019&q=a&q=b&council=x&council=y&figure=upheld&figure=x&url=a&url=b",
    "lists": "year[]=2020&council[]=x&year[$ne]=1",
    "a megabyte": f"q={LONG}&year={LONG}&council={LONG}&name={LONG}&url={LONG}",
    "markup": "q=%3Cscript%3E&year=%3Cscript%3E&council=%3Cscript%3E&name=%3Cscript%3E&url=%3Cscript%3E",
    "half an escape": "q=%&year=%2&council=%u0041&name=%",
    "only signs": "&&&===;;;",
    "eleven": "council=sometown-council&with=list&councils=" + ",".join(f"town-{each}" for each in range(11)),
}
# What else may stand in a part of an address: a council, a page of staff.
PARTS = ["%00", "%FF%FE", "٢٠٢٠", "-", "%2e%2e%2f", "a" * 5_000, "a%0D%0AX-Injected:%201", "%3Cscript%3E"]
TEMPLATES = [
    "/{}",
    "/guidance/{}",
    "/national-picture/{}.pdf",
    "/your-councils-performance/{}",
    "/your-councils-performance/{}/statistics",
    "/your-councils-performance/{}/annualletters",
    "/your-councils-performance/{}/annualletters/2020",
    "/your-councils-performance/{}/committee-pack/2020.pdf",
    f"{AT}/{{}}",
    f"{AT}/annualletters/{{}}",
    f"{AT}/annualletters/{{}}.pdf",
    f"{AT}/annualletters/{{}}/pages/1",
    f"{AT}/annualletters/2020/pages/{{}}",
    f"{AT}/annualletters/2020/pages/{{}}.webp",
    f"{AT}/committee-pack/{{}}.pdf",
]


@pytest.fixture(autouse=True)
def site(db):
    """Sometown's letter is public; Othertown has none."""
    staff = factories.staff()
    factories.council("Othertown Council")
    with time_machine.travel(HOUR, tick=False):
        factories.approved_letter(factories.edition(2020), staff, factories.council("Sometown Council"))
        workflow.schedule(factories.edition(2020), HOUR, staff, acknowledged=True)
        yield


def is_plain(response):
    """No fault, nothing kept, nobody's markup; a refusal is a page (or, of what is asked by programs, JSON)."""
    assert response.status_code in {200, 301, 302, 400, 404}
    assert response["Cache-Control"] in {"no-cache", "no-store", "private, no-store"}
    assert not response.cookies
    assert not response.has_header("X-Injected")
    if not response.streaming:
        assert b"<script>" not in response.content
    if response.status_code >= 400:
        assert b"<h1" in response.content or response["Content-Type"].startswith(
            ("application/json", "text/plain")
        )


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_odd_queries_break_no_page(client, query):
    for address in BARE:
        is_plain(client.get(f"{address}?{query}"))


@pytest.mark.parametrize("part", PARTS)
def test_odd_parts_of_an_address_are_not_there(client, part):
    for template in TEMPLATES:
        response = client.get(template.format(part), follow=True)
        is_plain(response)
        assert response.status_code == 404, template
