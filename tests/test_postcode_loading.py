"""Files of postcodes: what is loaded, what is left out, and what is refused."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError

from councils.models import Postcode, PostcodeList
from councils.postcodes import loading
from tests import factories, postcode_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def councils(db):
    factories.council("One Council", gss="E06000061")
    factories.council("Two Council", gss="E08000016", newer_gss="E08000038", former_gss="E07000002")
    factories.council("Three Council", gss="E07000002")


def loaded():
    rows = Postcode.objects.filter(list=PostcodeList.objects.in_use()).order_by("code", "council__name")
    return list(rows.values_list("code", "council__name", "ended"))


def load(tmp_path, lines, **options):
    said = StringIO()
    postcode_files.load(
        postcode_files.write(tmp_path / "file.csv", lines), verbosity=1, stdout=said, **options
    )
    return said.getvalue()


def test_each_line_of_england_is_a_postcode_and_the_rest_is_counted(tmp_path):
    said = load(
        tmp_path,
        [
            ("ZZ1 1AA", "E06000061"),
            ("ZZ1 1AB", "E08000016"),
            ("ZZ1 1AD", "E08000038"),
            ("ZZ1 1AE", "E07000002"),
            ("ZZ1 1AF", "E06000061", "201203"),
            # In two lines where a file splits it, and the same line twice.
            ("ZZ2 1AA", "E06000061"),
            ("ZZ2 1AA", "E07000002"),
            ("ZZ2 1AA", "E07000002"),
            ("EH1 1AA", "S12000036"),
            ("CF1 1AA", "W06000015"),
            ("BT1 1AA", "N09000003"),
            ("IM1 1AA", "M83000003"),
            ("ZZ3 1AA", ""),
            ("ZZ3 1AB", "E06000099"),
            ("ZZ3 1AD", "E06000099"),
            ("NONSENSE POSTCODE", "E06000061"),
            ("ZZ4 1AA", "E06000061", "March 2012"),
        ],
    )
    assert loaded() == [
        ("ZZ11AA", "One Council", None),
        ("ZZ11AB", "Two Council", None),
        ("ZZ11AD", "Two Council", None),
        # A code that one council bears and another once bore means the one that bears it.
        ("ZZ11AE", "Three Council", None),
        ("ZZ11AF", "One Council", date(2012, 3, 1)),
        ("ZZ21AA", "One Council", None),
        ("ZZ21AA", "Three Council", None),
    ]
    assert said.splitlines() == [
        "Loaded: 8 postcodes of England, 1 of them no longer used.",
        "Left out: 4 outside England.",
        "Left out: 1 without a district.",
        "Left out: 2 lines that are no postcodes.",
        "Left out: 2 of districts whose codes no council of the register has. Enter the codes in the admin and load "
        "the file again:",
        "  E06000099: 2",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua",
        "PCD7,PCD8,PCDS,DOINTR,DOTERM,CTY23CD,LAD23CD",
        "pcd7,pcd8,x,dointr,doterm,cty,laua",
        "pcd,x,y,dointr,doterm,cty,oslaua",
        "x, Postcode ,y,dointr,doterm,cty,ladcd",
    ],
)
def test_layouts_of_old_and_new(tmp_path, headings):
    lines = [("ZZ1 1AA", "E06000061"), ("M1 1AE", "E06000061", "199612")]
    postcode_files.load(postcode_files.write(tmp_path / "file.csv", lines, headings))
    assert loaded() == [("M11AE", "One Council", date(1996, 12, 1)), ("ZZ11AA", "One Council", None)]


def test_of_several_years_districts_the_latest_count(tmp_path):
    (tmp_path / "file.csv").write_text("lad25cd,pcds,lad23cd\nE06000061,ZZ1 1AA,E07000002\n")
    postcode_files.load(tmp_path / "file.csv")
    assert loaded() == [("ZZ11AA", "One Council", None)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "headings are: none"),
        (b"name,code\nYork,E06000014\n", r"No column has the postcode \(pcds.*headings are: name, code"),
        (b"pcds,code\nZZ1 1AA,E06000061\n", "No column has the district’s code"),
        (b"lad25cd\nE06000061\n", "No column has the postcode"),
        (b"PK\x03\x04\x00\xff\xfe" * 1000, "No column has"),
        (b'pcds,lad25cd\nZZ1 1AA,"' + b"x" * 200_000, "Line 2 is not CSV"),
        (b"pcds,lad25cd\n", "no postcode of a council"),
        (b"pcds,lad25cd\nEH1 1AA,S12000036\n", "no postcode of a council"),
        (b"pcds,lad25cd\nZZ1 1AA\n", "no postcode of a council"),
    ],
)
def test_a_file_that_is_refused_leaves_what_was_in_use(tmp_path, content, message):
    load(tmp_path, [("ZZ1 1AA", "E06000061")])
    (tmp_path / "file.csv").write_bytes(content)
    with pytest.raises(CommandError, match=message):
        postcode_files.load(tmp_path / "file.csv")
    assert loaded() == [("ZZ11AA", "One Council", None)]
    assert PostcodeList.objects.count() == 1


def test_a_file_that_is_not_there_or_a_register_without_councils(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read: No such file"):
        postcode_files.load(tmp_path / "nowhere.csv")


def test_a_load_that_is_broken_off_leaves_what_was_in_use(tmp_path, monkeypatch):
    load(tmp_path, [("ZZ1 1AA", "E06000061")])
    monkeypatch.setattr(loading, "_AT_ONCE", 2)

    def break_off(tally, _):
        if tally.lines >= 4:
            raise KeyboardInterrupt

    path = postcode_files.write(tmp_path / "new.csv", [(f"ZZ2 {n}AA", "E06000061") for n in range(9)])
    with pytest.raises(KeyboardInterrupt):
        loading.load(path, break_off)
    assert loaded() == [("ZZ11AA", "One Council", None)]
    assert (PostcodeList.objects.count(), Postcode.objects.count()) == (1, 1)


def test_a_new_file_takes_the_place_of_the_old_and_of_remains(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_AT_ONCE", 2)
    remains = PostcodeList.objects.create(file_name="killed.csv")
    Postcode.objects.create(list=remains, code="ZZ99ZZ", council=factories.council("One Council"))
    assert PostcodeList.objects.in_use() is None
    load(tmp_path, [(f"ZZ1 {n}AA", "E06000061") for n in range(5)])
    for _ in range(2):
        load(tmp_path, [("ZZ1 1AA", "E07000002"), ("ZZ2 1AA", "E06000061")])
        assert loaded() == [("ZZ11AA", "Three Council", None), ("ZZ21AA", "One Council", None)]
        assert (PostcodeList.objects.count(), Postcode.objects.count()) == (1, 2)


def test_it_says_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_AT_ONCE", 2)
    monkeypatch.setattr("councils.management.commands.load_postcodes._SAY_EVERY", 4)
    said = load(tmp_path, [(f"ZZ1 {n}AA", "E06000061") for n in range(9)])
    assert [line.split(" (")[0] for line in said.splitlines()[:2]] == ["4 lines read", "8 lines read"]
