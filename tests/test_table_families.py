"""The tables of 2014 to 2018: complaints by subject, decisions by outcome."""

from letters.tables.opening import opened
from letters.tables.reading import read


def stated(year, *lines):
    found = read(opened("\n".join(lines).encode()), year)
    return {
        number.figure.measure: number.number for row in found.rows for number in row.numbers
    }, [cell.text for _, cell in found.unknown], [left.why for left in found.left]  # fmt: skip


def test_complaints_by_subject():
    numbers, unknown, left = stated(
        2016, "Authority,Adult Care Services,Benefits & Tax,Housing,Other,Mystery,Total", "Leeds,3,0,2,,1,5"
    )
    assert numbers == {
        "received:adult-care-services": 3, "received:benefits-and-tax": 0, "received:housing": 2, "received:total": 5,
    }  # fmt: skip
    assert unknown == ["Mystery"]
    assert left == []


def test_decisions_by_outcome():
    heading = "Authority,Advice given,Closed after initial enquiries,Not upheld,Upheld,Uphold rate,Total"
    numbers, _, left = stated(2017, heading, "Leeds,3,4,2,6,75%,15")
    assert numbers == {
        "decided:advice-given": 3, "decided:closed-after-initial-enquiries": 4, "decided:not-upheld": 2,
        "decided:upheld": 6, "decided:total": 15, "upheld": 75,
    }  # fmt: skip
    assert left == []


def test_subjects_are_unknown_in_years_whose_letters_have_none():
    numbers, unknown, _ = stated(
        2020, "Authority,Adult Care Services,Housing,Benefits and Tax,Upheld", "Leeds,3,2,1,4"
    )
    assert numbers == {"upheld": 4}
    assert unknown == ["Adult Care Services", "Housing", "Benefits and Tax"]
