"""The comparison's addresses: where they lead, and what they refuse."""

import re
from html import unescape

import pytest

from tests import factories
from tests.comparing.world import address, seen
from tests.visitors import main_part


@pytest.mark.parametrize(
    "asked",
    [
        "council=alpha-district-council",
        "council=alpha-district-council&year=&figure=&with=&sort=",
        "with=similar&figure=upheld&year=2020&council=Alpha-District-Council",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&sort=name",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&councils=",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&q=york",
        "council=alpha-district-council&year=2020&figure=upheld&with=similar&utm_source=x",
    ],
)
def test_other_spellings_lead_to_the_one_address(client, districts, asked):
    response = client.get(f"/compare?{asked}")
    assert (response.status_code, response["Location"]) == (302, address(districts["Alpha"]))


def test_the_switches_keep_the_list_and_the_order(client, districts):
    where = address(districts["Alpha"], "list", rest="&councils=theta-council&sort=-rate")
    html = client.get(where).content.decode()
    switches = html.split('class="switches"')[1].split("</form>")[0]
    for name, value in (
        ("council", "alpha-district-council"),
        ("councils", "theta-council"),
        ("sort", "-rate"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in switches
    assert re.findall(r'<option value="([a-z0-9-]+)" selected>', switches) == ["upheld", "2020", "list"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("council=nowhere", 404, "No council has this address: “nowhere”."),
        ("council=alpha-district-council&councils=no-a,no-b", 404, "address: “no-a”; “no-b”."),
        ("council=alpha-district-council&year=2019", 404, "No letters are published for the year"),
        ("council=alpha-district-council&year=٢٠٢٠", 404, "No letters are published for the year"),
        ("council=alpha-district-council&figure=dealt-with", 404, "a figure that there is not"),
        ("council=alpha-district-council&with=all", 404, "a group of councils that there is not"),
        ("council=eta-district-council&with=region", 404, "no such group to be compared with"),
        ("council=%00", 404, "No council has this address"),
        ("council=%FF", 404, "No council has this address"),
        ("council=%3Cscript%3E", 404, "“<script>”"),
        ("q=", 400, "Enter the name of a council"),
        (f"council={'a' * 1_000_000}", 404, "No council has this address"),
        (f"council=alpha-district-council&councils={'a,' * 500_000}", 404, "address: “a”."),
        (f"council=alpha-district-council&with=list&q={'a' * 1_000_000}", 400, "Enter a shorter name"),
    ],
)
def test_odd_addresses_get_a_plain_page(client, districts, query, status, said):
    response = client.get(f"/compare?{query}", follow=True)
    assert response.status_code == status
    assert said in main_part(response)
    assert b"<script>" not in response.content
    assert response["Cache-Control"] == "no-cache"


def test_without_any_published_letter_there_is_nothing_to_compare(client):
    factories.council("Alpha District Council")
    assert "No letters are published" in seen(client, "/compare?council=alpha-district-council", status=404)
    assert "Which council" in seen(client, "/compare")


def test_the_council_page_leads_to_the_comparison(client, districts):
    html = client.get("/your-councils-performance/alpha-district-council/statistics").content.decode()
    [link] = re.findall(r'<a href="(/compare[^"]*)">Compare with similar authorities</a>', html)
    assert client.get(unescape(link))["Location"] == address(districts["Alpha"])


def test_choosing_a_council(client, districts):
    assert "Which council or other authority do you want to compare?" in seen(client, "/compare")
    html = client.get("/compare?q=theta").content.decode()
    assert '<a href="/compare?council=theta-council">Theta Council</a>' in html
    assert "has a name like “nowhere”" in seen(client, "/compare?q=nowhere")
