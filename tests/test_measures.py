"""The registry of figures, and the families of figures whose headings are not known beforehand."""

import re
from pathlib import Path

import pytest

from guidance import shipped
from letters import measures
from letters.headings import OUTCOMES, SUBJECTS, slug_of
from public.figures import years


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Planning and Development", "planning-and-development"),
        ("Planning & Development", "planning-and-development"),
        ("Education and Children's Services", "education-and-childrens-services"),
        ("Education & Children’s Services", "education-and-childrens-services"),
        ("Closed After Initial Enquiries", "closed-after-initial-enquiries"),
        ("Total excl premature", "total-excl-premature"),
        ("Social services - other", "social-services-other"),
        ("Local settlements (no report)", "local-settlements-no-report"),
    ],
)
def test_a_slug_is_made_of_the_heading(heading, slug):
    assert slug_of(heading) == slug
    assert measures.find(f"received:{slug}") is not None


@pytest.mark.parametrize(
    "slug",
    [
        "received:",
        "received:Housing",
        "received:a b",
        "received:-a",
        "invented:housing",
        "received",
        "decided:a:b",
        "",
        f"received:{'x' * 91}",
    ],
)
def test_what_is_no_measure_has_none(slug):
    assert measures.find(slug) is None
    with pytest.raises(KeyError):
        measures.measure(slug)


def test_usual_headings_are_measures_of_their_years():
    received, decided = measures.FAMILIES["received"], measures.FAMILIES["decided"]
    assert [each.name for each in received.usual(2016)] == [*SUBJECTS, "Total"]
    assert [each.name for each in decided.usual(2016)] == [*OUTCOMES, "Total"]
    assert decided.usual(2007)[-2].slug == "decided:total-excl-premature"
    assert received.usual(2019) == []


def test_a_name_in_full_needs_no_heading_above():
    assert measures.in_full("received:housing") == "Complaints and enquiries received: Housing"
    assert measures.in_full("upheld") == "Complaints upheld"


def test_the_guidance_tells_of_every_break_in_the_drawings_and_of_no_other():
    text = (Path(shipped.__file__).parent / "texts" / "how-to-read-these-figures.md").read_text()
    told = re.findall(r"^\| (\d{4}–\d{2}) \|", text, re.MULTILINE)
    breaks = {each.year for slug in measures.HEADLINE for each in measures.MEASURES[slug].breaks}
    assert told == [years(each) for each in sorted(breaks)]
