"""Published letters are replaced and withdrawn with a trace, and the log tells of it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from letters import published, workflow
from tests import factories
from tests.corrections.world import AT, HOUR, correct, published_letter, read

pytestmark = pytest.mark.django_db


def test_t37_a_replaced_letter_has_a_page_that_says_so_and_its_pdf(client, letter, staff):
    newer = factories.approved_letter(
        letter.review,
        staff,
        letter.council,
        "The first letter counted one case twice.",
        figures=[factories.figure(percent=Decimal(50), numerator=1)],
    )
    at = f"{AT}/annualletters/2020/replaced/1"
    assert client.get(at).status_code == client.get(f"{at}.pdf").status_code == 404
    workflow.publish_now(newer, staff)
    said = read(client, at)
    assert "This letter was replaced on 3 August 2020 by the letter of 22 July 2020 that counts now" in said
    assert "The reason: The first letter counted one case twice." in said
    assert "In the replaced letter: 100% (2 of 2), average 45% Now: 50% (1 of 2), average 45%" in said
    assert client.get(at).content.count(b"noindex") == 1
    pdf = client.get(f"{at}.pdf")
    with letter.clean_copy.file.open("rb") as file:
        assert b"".join(pdf.streaming_content) == file.read()
    assert pdf["X-Robots-Tag"] == "noindex"
    for address in (f"{AT}/annualletters", f"{AT}/statistics", f"{AT}/annualletters/2020"):
        assert f'href="{at}"' in client.get(address).content.decode()
    assert "The letter was replaced." in read(client, "/corrections")
    for number in (2, 3):
        assert client.get(f"{AT}/annualletters/2020/replaced/{number}").status_code == 404


def test_a_letter_replaced_by_one_since_withdrawn_says_so(client, letter, staff):
    newer = factories.approved_letter(letter.review, staff, letter.council, "The first was wrong.")
    workflow.publish_now(newer, staff)
    workflow.withdraw(newer, staff, "It was wrong too.")
    said = read(client, f"{AT}/annualletters/2020/replaced/1")
    assert "The letter that replaced it has since been withdrawn." in said


def test_the_log_tells_all_three_kinds_newest_first_and_none_that_never_was_seen(
    client, letter, staff, today, django_assert_num_queries
):
    """T55: of a withdrawn letter the log says that and why, and none of its figures."""
    other = published_letter(staff, "Othertown Council")
    late = factories.approved_letter(letter.review, staff, factories.council("Latetown Council"))
    correct(other, staff)
    today.shift(timedelta(days=1))
    other.refresh_from_db()
    workflow.withdraw(other, staff, "It was sent to the wrong council.")
    workflow.withdraw(late, staff, "Never seen.")
    today.shift(timedelta(days=1))
    correct(letter, staff)
    with django_assert_num_queries(3):
        said = read(client, "/corrections")
    order = [said.index(each) for each in ("Sometown Council", "Othertown Council")]
    assert order == sorted(order)
    assert "It was sent to the wrong council." in said
    assert said.count("Othertown Council") == said.count("It was 100%") == 1
    assert "Latetown" not in said
    page = client.get("/corrections").content.decode()
    assert page.count('id="sometown-council-2020"') == 1


def test_t87_the_address_of_a_withdrawn_letter_is_gone_and_leads_to_the_log(client, letter, staff):
    workflow.withdraw(letter, staff, "It was sent to the wrong council.")
    for part in ("statistics?year=2020", "annualletters/2020", "annualletters/2020.pdf"):
        response = client.get(f"{AT}/{part}")
        assert response.status_code == 410
        assert b"/corrections#sometown-council-2020" in response.content
        assert b"It was sent to the wrong council." in response.content
    assert not published.statistics(HOUR + timedelta(days=9)).exists()


def test_t12_the_file_of_a_withdrawn_letter_is_taken_in_again_as_a_new_one_with_a_reason(
    letter, staff, client
):
    with letter.file.open("rb") as file:
        content = file.read()
    with pytest.raises(workflow.Refused, match="received already"):
        workflow.receive(content, "again.pdf", staff)
    workflow.withdraw(letter, staff, "Its averages were questioned.")
    again = factories.letter(letter.review, staff, council=letter.council, pdf=content)
    assert again.pk != letter.pk
    with pytest.raises(workflow.Refused, match="replaces"):
        workflow.approve(again, staff, "As printed.")
    workflow.approve(again, staff, "As printed.", "The averages were right.")
    workflow.publish_now(again, staff)
    assert client.get(f"{AT}/annualletters/2020").status_code == 200
    assert again.number == 2
    assert "Its averages were questioned." in read(client, f"{AT}/annualletters")
