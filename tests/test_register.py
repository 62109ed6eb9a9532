"""The register's own facts."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from councils import register
from councils.kinds import CouncilKind, SimilarGroup
from councils.loading import load_register
from councils.models import Council, Succession
from tests.factories import council

pytestmark = pytest.mark.django_db

OPEN_TODAY = {
    "district": 164,
    "unitary": 63,
    "metropolitan": 36,
    "london-borough": 32,
    "city-corporation": 1,
    "county": 21,
    "national-park": 10,
    "combined-authority": 12,
    "strategic-authority": 1,
}
CLOSED = {"district": 40 + 36, "unitary": 2, "county": 6 + 5, "combined-authority": 2}

CLOSINGS = {
    date(2009, 3, 31): 41,
    date(2019, 3, 31): 15,
    date(2020, 3, 31): 5,
    date(2021, 3, 31): 8,
    date(2023, 3, 31): 20,
    date(2024, 5, 6): 2,
}

# Region and county council.
PLACES = [
    ("wellingborough-borough-council", "East Midlands", "northamptonshire-county-council"),
    ("derbyshire-county-council", "East Midlands", None),
    ("lincolnshire-county-council", "East Midlands", None),
    ("forest-heath-district-council", "East of England", "suffolk-county-council"),
    ("mid-bedfordshire-district-council", "East of England", "bedfordshire-county-council"),
    ("stockton-on-tees-borough-council", "North East", None),
    ("exmoor-national-park-authority", "", None),
]

GROUPS = {
    "wellingborough-borough-council": SimilarGroup.DISTRICT,
    "kent-county-council": SimilarGroup.COUNTY,
    "durham-county-council": SimilarGroup.UNITARY,
    "leeds-city-council": SimilarGroup.METROPOLITAN,
    "city-of-westminster": SimilarGroup.LONDON_BOROUGH,
    "city-of-london-corporation": SimilarGroup.LONDON_BOROUGH,
    "exmoor-national-park-authority": None,
    "greater-london-authority": None,
    "west-midlands-combined-authority": None,
}

# Predecessor, successors, first day of responsibility, how.
LINEAGE = [
    ("wellingborough-borough-council", ["North Northamptonshire Council"], date(2021, 4, 1), "merged"),
    (
        "northamptonshire-county-council",
        ["North Northamptonshire Council", "West Northamptonshire Council"],
        date(2021, 4, 1),
        "split",
    ),
    (
        "dorset-county-council",
        ["Bournemouth, Christchurch and Poole Council", "Dorset Council"],
        date(2019, 4, 1),
        "split",
    ),
    (
        "christchurch-borough-council",
        ["Bournemouth, Christchurch and Poole Council"],
        date(2019, 4, 1),
        "merged",
    ),
    ("aylesbury-vale-district-council", ["Buckinghamshire Council"], date(2020, 4, 1), "merged"),
    (
        "cumbria-county-council",
        ["Cumberland Council", "Westmorland and Furness Council"],
        date(2023, 4, 1),
        "split",
    ),
    ("somerset-west-and-taunton-council", ["Somerset Council"], date(2023, 4, 1), "merged"),
    ("taunton-deane-borough-council", ["Somerset West and Taunton Council"], date(2019, 4, 1), "merged"),
    (
        "bedfordshire-county-council",
        ["Bedford Borough Council", "Central Bedfordshire Council"],
        date(2009, 4, 1),
        "split",
    ),
    ("durham-city-council", ["Durham County Council"], date(2009, 4, 1), "merged"),
    (
        "north-of-tyne-combined-authority",
        ["North East Mayoral Combined Authority"],
        date(2024, 5, 7),
        "merged",
    ),
]


@pytest.fixture
def loaded(db):
    return load_register()


def test_every_body_is_there_by_kind(loaded):
    today = date(2025, 6, 30)
    kinds = Counter(Council.objects.open_on(today).values_list("kind", flat=True))
    assert kinds == OPEN_TODAY
    closed = Counter(Council.objects.filter(last_day__lt=today).values_list("kind", flat=True))
    assert closed == CLOSED
    assert Council.objects.count() == 390 + 41


def test_closed_bodies_exist_to_their_last_day(loaded):
    for last_day, bodies in CLOSINGS.items():
        closing = Council.objects.filter(last_day=last_day)
        assert closing.count() == closing.open_on(last_day).count() == bodies
        assert not closing.open_on(last_day + timedelta(days=1))


def test_a_successor_exists_from_its_first_day(loaded):
    somerset = Council.objects.filter(slug="somerset-council")
    assert not somerset.open_on(date(2023, 3, 31))
    assert somerset.open_on(date(2023, 4, 1))


def test_rows_are_valid_as_staff_would_enter_them(loaded):
    for model in (Council, Succession):
        for row in model.objects.all():
            row.clean_fields()
            row.clean()


def test_the_files_are_sorted_and_name_each_body_once():
    slugs = [entry.slug for entry in register.councils()]
    assert slugs == sorted(set(slugs))
    ends = [(entry.predecessor, entry.successor) for entry in register.successions()]
    assert ends == sorted(set(ends))


def test_every_closed_body_has_a_successor_from_the_day_after(loaded):
    for body in Council.objects.exclude(last_day=None).prefetch_related("successions"):
        assert body.successions.all(), body
        for succession in body.successions.all():
            assert (succession.day - body.last_day).days == 1, succession


def test_bodies_split_among_several_or_merged_into_one(loaded):
    for body in Council.objects.exclude(last_day=None).prefetch_related("successions"):
        successions = list(body.successions.all())
        how = "split" if len(successions) > 1 else "merged"
        assert {succession.how for succession in successions} == {how}, body


def test_lineage(loaded):
    for slug, successors, day, how in LINEAGE:
        successions = Council.objects.with_lineage().get(slug=slug).successions.all()
        assert sorted(succession.successor_label for succession in successions) == successors
        assert {(succession.day, succession.how) for succession in successions} == {(day, how)}, slug


def test_lineage_of_a_successor_in_three_queries(loaded, django_assert_num_queries):
    with django_assert_num_queries(3):
        dorset = Council.objects.with_lineage().get(slug="dorset-council")
        names = {succession.predecessor.name for succession in dorset.predecessions.all()}
        assert not dorset.successions.all()
    assert "Dorset County Council" in names
    assert "Christchurch Borough Council" not in names
    assert len(names) == 6


def test_a_successor_outside_the_register_is_kept_by_its_code(loaded):
    succession = Succession.objects.get(predecessor__slug="north-east-combined-authority")
    assert succession.successor is None
    assert succession.successor_gss == "E47000014"


def test_newer_and_former_codes_are_kept(loaded):
    assert Council.objects.get(gss="E08000016", newer_gss="E08000038").short_name == "Barnsley"
    assert Council.objects.get(gss="E08000019", newer_gss="E08000039").short_name == "Sheffield"
    assert Council.objects.get(former_gss="E07000097").short_name == "East Hertfordshire"


def test_places(loaded):
    bodies = {body.slug: body for body in Council.objects.select_related("county")}
    for slug, region, county in PLACES:
        body = bodies[slug]
        assert (body.region, body.county and body.county.slug) == (region, county), slug


def test_a_district_lies_in_the_region_of_its_county(loaded):
    districts = Council.objects.exclude(county=None).select_related("county")
    assert [district for district in districts if district.region != district.county.region] == []
    assert len(districts) == Council.objects.filter(kind=CouncilKind.DISTRICT).count()


def test_similar_authorities(loaded):
    for slug, group in GROUPS.items():
        assert Council.objects.get(slug=slug).similar_group == group, slug


def test_a_council_belongs_to_its_group_in_the_year_it_closed(loaded):
    wellingborough = Council.objects.get(slug="wellingborough-borough-council")
    districts = Council.objects.filter(kind__in=wellingborough.similar_group.kinds)
    assert wellingborough in districts.open_in_year_of(date(2021, 3, 31))
    assert wellingborough not in districts.open_in_year_of(date(2021, 4, 1))


def test_groups_and_kinds_read_as_plain_words():
    assert [group.label for group in SimilarGroup] == [
        "county councils",
        "district councils",
        "metropolitan boroughs",
        "unitary councils",
        "London boroughs",
    ]
    assert CouncilKind.NATIONAL_PARK.plural == "National park authorities"
    assert CouncilKind.COUNTY.plural == "County councils"


@pytest.mark.parametrize(
    ("first_day", "last_day", "existed"),
    [
        (None, None, True),
        (date(2020, 3, 31), None, True),
        (date(2020, 4, 1), None, False),
        (None, date(2019, 4, 1), True),
        (None, date(2019, 3, 31), False),
        (date(2019, 6, 1), date(2019, 6, 2), True),
    ],
)
def test_a_row_and_the_database_agree_who_existed_in_a_year(first_day, last_day, existed):
    body = council(first_day=first_day, last_day=last_day)
    assert body.existed_in_year_of(date(2019, 12, 24)) is existed
    assert (body in Council.objects.open_in_year_of(date(2019, 12, 24))) is existed
    assert body.existed_on(date(2019, 6, 1)) is (body in Council.objects.open_on(date(2019, 6, 1)))


BOUNDARY_CREDITS = [
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data"
    " © Crown copyright and database right",
    "Copyright (c) 2017- Open Innovations",
]
CREDITS = [
    "UK local authority names and codes, mySociety, CC BY 4.0",
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data"
    " © Crown copyright and database right",
    "© Crown copyright, MHCLG, OGL v3.0",
]


def test_the_credit_lines_stand_beside_the_data_and_in_the_docs(settings):
    for path in ("councils/register/README.md", "docs/data-sources.md"):
        text = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        assert [line for line in CREDITS if line not in text] == [], path


def test_the_credit_lines_of_the_boundaries_stand_there_too(settings):
    for path in (
        "councils/register/boundaries/README.md",
        "docs/data-sources.md",
        "templates/public/guidance/_data_sources.html",
    ):
        text = " ".join(
            re.sub(r"<[^>]+>", "", (settings.BASE_DIR / path).read_text(encoding="utf-8")).split()
        )
        assert [line for line in BOUNDARY_CREDITS if line not in text] == [], path
