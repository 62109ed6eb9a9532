"""A council's page: its figures, with what the letter does not state."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import time_machine

from letters.extraction.types import Source
from letters.models import Statistic
from tests import factories
from tests.public_pages.world import AT, HOUR, publish, text
from tests.visitors import words_of

BOX = (0.1, 0.2, 0.5, 0.25)
NONE_DUE = "No recommendations were due for compliance in this period"


def panel(client, address, measure):
    """The section of one headline figure, as a reader sees it."""
    html = client.get(address).content.decode()
    section = html.split(f'id="{measure}"')[1].split("</section>")[0].split(">", 1)[1]
    return words_of(section)


def wellingborough(staff):
    council = factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    figures = [
        factories.figure(
            "upheld",
            sources=(
                Source("percent", 4, BOX, "100% of complaints we investigated were upheld."),
                Source("numerator", 4, BOX, "2 upheld decisions"),
                Source("average", 4, BOX, "This compares to an average of 45% in similar authorities."),
            ),
        ),
        factories.figure(
            "compliance", numerator=None, denominator=1, average=Decimal(99), base_label="compliance outcome"
        ),
        factories.figure("satisfactory-remedies", percent=Decimal(0), numerator=0, average=Decimal(20)),
    ]
    publish(staff, council, figures=figures)
    return f"{AT}/wellingborough-borough-council/statistics"


@pytest.mark.parametrize(
    ("measure", "stands"),
    [
        (
            "upheld",
            [
                "2 of 2 investigations upheld",
                "Rate 100%",
                "Average in similar authorities (district councils) 45%",
                "Based on 2 detailed investigations",
                "Period 1 April 2019 to 31 March 2020",
                "Too few to compare (2 investigations)",
                "investigated 2 complaints about Wellingborough Borough Council in detail and upheld both.",
                "(Our summary)",
                "“100% of complaints we investigated were upheld.” Page 4 of the letter",
                "“2 upheld decisions” Page 4 of the letter",
            ],
        ),
        (
            "compliance",
            [
                "1 compliance outcome",
                "Rate 100%",
                "(district councils) 99%",
                "Based on 1 compliance outcome",
                "Too few to compare (1 compliance outcome)",
            ],
        ),
        (
            "satisfactory-remedies",
            [
                "0 of 2 upheld complaints",
                "Rate 0%",
                "(district councils) 20%",
                "Based on 2 detailed investigations",
                "Too few to compare (2 upheld complaints)",
            ],
        ),
    ],
)
def test_the_three_figures_count_first(client, staff, measure, stands):
    seen = panel(client, wellingborough(staff), measure)
    for words in stands:
        assert words in seen
    assert "higher" not in seen
    assert "lower" not in seen


def test_the_page_says_what_upheld_means_before_the_first_panel(client, staff):
    seen = text(client, wellingborough(staff))
    meaning = "“Upheld” means that the Ombudsman found some fault."
    assert seen.index(meaning) < seen.index("Based on 2 detailed investigations")


def test_a_phone_has_the_three_figures_in_short_each_leading_to_its_own(client, staff):
    html = client.get(wellingborough(staff)).content.decode()
    short = html.split('<ul class="in-short"')[1].split("</ul>")[0].split(">", 1)[1]
    links = re.findall('href="#(.+?)"', short)
    assert links == ["upheld", "compliance", "satisfactory-remedies"]
    assert all(f'id="{each}"' in html for each in links)
    assert " ".join(unescape(re.sub("<[^>]+>", "", short)).split()) == (
        "2 of 2 investigations upheld, 100%, too few to compare "
        "1 of 1 compliance outcome satisfactory, 100%, too few to compare (the count is ours) "
        "0 of 2 upheld complaints put right, to the Ombudsman’s satisfaction, before it had to step in, 0%, "
        "too few to compare"
    )


def test_what_the_letter_does_not_state_is_said_in_words(client, staff):
    publish(staff, factories.council("Stockton-on-Tees Borough Council", kind="unitary"), figures=[])
    address = f"{AT}/stockton-on-tees-borough-council/statistics"
    assert "This letter states no figures." in text(client, address)
    for measure in ("upheld", "compliance", "satisfactory-remedies"):
        assert panel(client, address, measure).endswith("Not stated in the letter")
    assert "0%" not in text(client, address)


def test_that_no_recommendations_were_due_is_quoted(client, staff):
    figure = factories.figure(
        "compliance",
        percent=None,
        numerator=None,
        denominator=None,
        average=None,
        base_label="",
        sources=(Source("percent", 3, BOX, NONE_DUE),),
    )
    publish(staff, factories.council("Sometown Council"), figures=[figure])
    seen = panel(client, f"{AT}/sometown-council/statistics", "compliance")
    assert f"“{NONE_DUE}” The Ombudsman, page 3 of the letter" in seen
    assert "0" not in seen
    assert "Rate" not in seen


def test_a_body_compared_with_nobody(client, staff):
    park = factories.council("Sometown National Park Authority", kind="national-park")
    publish(staff, park, figures=[factories.figure(average=None, numerator=6, denominator=6)])
    seen = panel(client, f"{AT}/{park.slug}/statistics", "upheld")
    assert "Average Not stated in the letter" in seen
    assert "similar authorities" not in seen


def test_figures_entered_by_staff_are_marked(client, staff):
    letter = publish(staff, factories.council("Sometown Council"))
    Statistic.objects.filter(letter=letter).update(origin="entered", sources=[])
    assert "Entered by staff" in panel(client, f"{AT}/sometown-council/statistics", "upheld")


def test_the_other_figures_stand_below(client, staff):
    numbers = {"percent": None, "numerator": None, "denominator": None, "base_label": ""}
    figures = [
        factories.figure(
            "upheld-per-100000", 2025, value=Decimal("5.5"), **numbers | {"average": Decimal("4.6")}
        ),
        factories.figure("dealt-with", 2025, value=Decimal(1084), **numbers | {"average": None}),
    ]
    with time_machine.travel(HOUR.replace(year=2026), tick=False):
        publish(staff, factories.council("Sometown Council"), 2025, figures=figures)
        seen = text(client, f"{AT}/sometown-council/statistics")
    assert "per 100,000 residents 5.5 (average in similar authorities: 4.6)" in seen
    assert "Complaints dealt with 1,084" in seen


def test_a_letter_cannot_write_markup_into_the_page(client, staff):
    """T63: whatever a letter or a name holds stays words."""
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    council = factories.council(f"Evil {evil} Council", slug="evil-council")
    figure = factories.figure(base_label=evil, sources=(Source("percent", 1, BOX, evil),))
    publish(staff, council, figures=[figure], replacement_reason=evil)
    for address in (f"{AT}/evil-council/statistics", f"{AT}/evil-council/annualletters", "/councils"):
        html = client.get(address).content.decode()
        assert "<script>" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html
