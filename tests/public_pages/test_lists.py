"""The start page, the lists of councils and letters, the years, and the search for a council."""

from datetime import date

import pytest
import time_machine

from councils.models import Succession
from letters import workflow
from tests import factories
from tests.public_pages.world import AT, HOUR, publish, text


def test_years_are_plain_links_to_public_letters_only(client, staff):
    council = factories.council("Sometown Council")
    publish(staff, council, 2019)
    publish(staff, council, 2020)
    factories.public_letter(factories.edition(2021), staff, council)
    html = client.get(f"{AT}/sometown-council/statistics").content.decode()
    assert '<b aria-current="page">2019–20</b>' in html
    assert f'<a href="{AT}/sometown-council/statistics?year=2019">2018–19</a>' in html
    assert "2021" not in html
    assert "2020–21" not in html
    older = client.get(f"{AT}/sometown-council/statistics?year=2019").content.decode()
    assert '<b aria-current="page">2018–19</b>' in older


def test_a_council_without_a_letter_says_so(client, staff):
    factories.council("Sometown Council")
    publish(staff, factories.council("Othertown Council"))
    assert "No annual letter of the Ombudsman to Sometown Council" in text(
        client, f"{AT}/sometown-council/statistics"
    )
    assert "2019–20 No letter. No reason is known here." in text(
        client, f"{AT}/sometown-council/annualletters"
    )


@pytest.mark.parametrize(
    ("first_day", "last_day", "listed"),
    [
        (None, None, True),
        (date(2020, 3, 31), None, True),
        (date(2020, 4, 1), None, False),
        (None, date(2019, 4, 1), True),
        (None, date(2019, 3, 31), False),
    ],
)
def test_years_in_which_it_did_not_exist_are_not_missed(client, staff, first_day, last_day, listed):
    factories.council("Sometown Council", first_day=first_day, last_day=last_day)
    publish(staff, factories.council("Othertown Council"))
    seen = text(client, f"{AT}/sometown-council/annualletters")
    assert ("2019–20 No letter." in seen) is listed


def test_the_annual_letters_list(client, staff):
    council = factories.council("Sometown Council")
    first = publish(staff, council)
    second = factories.approved_letter(first.review, staff, council, replacement_reason="A figure was wrong.")
    workflow.publish_now(second, staff)
    gone = publish(staff, council, 2019)
    workflow.withdraw(gone, staff, "It was sent to the wrong council.")
    seen = text(client, f"{AT}/sometown-council/annualletters")
    assert (
        "2019–20 Letter of 22 July 2020 for 2019–20 ( PDF, 1 KB, 3 pages : letter for 2019–20 )"
        " published on 30 July 2020"
    ) in seen
    assert "A letter published on 29 July 2020 was replaced on 30 July 2020 and stays on record." in seen
    assert "The reason: A figure was wrong." in seen
    assert (
        "published on 29 July 2019 was withdrawn on 30 July 2020. It was sent to the wrong council." in seen
    )
    statistics = text(client, f"{AT}/sometown-council/statistics")
    assert "This letter replaces one published on 29 July 2020. The reason: A figure was wrong." in statistics


def test_abolished_councils_and_their_successors_point_at_each_other(client):
    new = factories.council("North Northamptonshire Council", kind="unitary", first_day=date(2021, 4, 1))
    for name in ("Wellingborough Borough Council", "Corby Borough Council"):
        old = factories.council(name, last_day=date(2021, 3, 31))
        Succession.objects.create(predecessor=old, successor=new, day=date(2021, 4, 1), how="merged")
    with time_machine.travel(HOUR.replace(year=2021), tick=False):
        for page in ("statistics", "annualletters"):
            html = client.get(f"{AT}/wellingborough-borough-council/{page}").content.decode()
            assert (
                f'<a href="{AT}/north-northamptonshire-council/statistics">North Northamptonshire Council</a>'
                in html
            )
            assert (
                "Wellingborough Borough Council was abolished on 31 March 2021. "
                "North Northamptonshire Council took over."
            ) in text(client, f"{AT}/wellingborough-borough-council/{page}")
            assert (
                "North Northamptonshire Council took over from Corby Borough Council and "
                "Wellingborough Borough Council on 1 April 2021."
            ) in text(client, f"{AT}/north-northamptonshire-council/{page}")


def test_home_says_where_the_year_stands(client, staff):
    assert "The year" not in text(client, "/")
    publish(staff, factories.council("Sometown Council"))
    publish(staff, factories.council("Othertown Council"), figures=[])
    assert (
        "The year 2019–20 2 authorities have a published letter for 2019–20. According to 1 of these "
        "letters, the Ombudsman investigated 2 complaints in detail and upheld 2 of them (100%). (Our summary)"
    ) in text(client, "/")


def test_councils_stand_by_kind_and_former_ones_apart(client):
    factories.council("Beta District Council")
    factories.council("Alpha District Council")
    factories.council("Gamma County Council", kind="county")
    factories.council("Omega District Council", last_day=date(2019, 3, 31))
    seen = text(client, "/councils")
    order = [
        "County councils Gamma County Council",
        "District councils Alpha District Council Beta District Council",
        "Former councils Omega District Council until 31 March 2019",
    ]
    assert [seen.index(words) for words in order] == sorted(seen.index(words) for words in order)


def test_search_finds_names_aliases_and_former_councils(client):
    factories.council("City of York Council", aliases=["York"], kind="unitary")
    factories.council("North Yorkshire County Council", kind="county", last_day=date(2019, 3, 31))
    seen = text(client, "/councils?q=york")
    assert "City of York Council Unitary council" in seen
    assert "North Yorkshire County Council County council, abolished 2019" in seen
    assert seen.index("City of York Council") < seen.index("North Yorkshire")
    assert (
        client.get("/councils?q=North+Yorkshire")["Location"]
        == f"{AT}/north-yorkshire-county-council/statistics"
    )


def test_search_without_a_hit_says_what_to_do(client):
    factories.council("Sometown Council")
    seen = text(client, "/councils?q=Nowhere")
    assert "No council is called “Nowhere”" in seen
    assert "Check the spelling" in seen


def test_search_says_when_there_may_be_more(client):
    for number in range(21):
        factories.council(f"Town {number} Council")
    assert "There may be more." in text(client, "/councils?q=town")


@pytest.mark.parametrize(("address", "most"), [("", 9), ("councils", 5), ("councils?q=town", 5)])
@pytest.mark.parametrize("letters", [1, 4])
def test_queries_do_not_grow_with_the_letters(
    client, staff, django_assert_max_num_queries, address, most, letters
):
    for number in range(letters):
        publish(staff, factories.council(f"Town {number} Council"))
    with django_assert_max_num_queries(most):
        client.get(f"/{address}")


@pytest.mark.parametrize("page", ["statistics", "annualletters"])
@pytest.mark.parametrize("years", [1, 4])
def test_queries_do_not_grow_with_the_years(client, staff, django_assert_max_num_queries, page, years):
    council = factories.council("Sometown Council")
    for year in range(2021 - years, 2021):
        publish(staff, council, year)
    with django_assert_max_num_queries(12):
        client.get(f"{AT}/sometown-council/{page}")


def test_a_council_without_a_letter_of_the_newest_year_is_said_to_have_none(client, staff):
    quiet, other = factories.council("Quiet Council"), factories.council("Other Council")
    for council, year in ((quiet, 2018), (quiet, 2019), (other, 2019), (other, 2020), (other, 2021)):
        publish(staff, council, year)
    at, note = f"{AT}/quiet-council/statistics", "there is no letter to Quiet Council"
    seen = text(client, at)
    assert "These are figures of 2018–19. For 2019–20, the newest year published here" in seen
    assert f"{note} . No reason is known here." in seen
    assert note not in text(client, f"{at}?year=2018")
    assert "the newest year published here" not in text(client, f"{AT}/other-council/statistics")
    workflow.withdraw(publish(staff, quiet, 2020), staff, "It was sent to the wrong council.")
    assert f"{note} . One that was published has been withdrawn." in text(client, at)
