"""A published figure is put right with a trace: what it was stays visible, and two people stand for it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from letters import workflow
from letters.models import Correction, Letter, State
from letters.workflow.reviewing import Numbers
from tests import factories
from tests.corrections.world import AT, HOUR, RIGHT, WHY, correct, correct_another, published_letter, read

pytestmark = pytest.mark.django_db

EVERYWHERE = [
    f"{AT}/statistics",
    f"{AT}/statistics?year=2020",
    f"{AT}/annualletters",
    f"{AT}/annualletters/2020",
    f"{AT}/committee-pack?year=2020",
    f"{AT}/take-along?year=2020",
    f"{AT}/card?year=2020",
    "/corrections",
]


def test_t87_a_corrected_figure_is_shown_with_what_it_was_everywhere_it_stands(client, letter, staff):
    correct(letter, staff)
    for address in EVERYWHERE[:-1]:
        assert "orrected on 3 August 2020" in client.get(address).content.decode(), address
    for address in (f"{AT}/statistics", f"{AT}/annualletters/2020", f"{AT}/annualletters"):
        said = read(client, address)
        assert "was 100% (2 of 2), average 45%; it is 50% (1 of 2), average 45%." in said
        assert WHY["note"] in said
    log = read(client, "/corrections")
    assert (
        "Sometown Council, 2019–20 What Complaints upheld It was 100% (2 of 2), average 45% "
        "It is 50% (1 of 2), average 45% Why We had copied the rate wrongly. When 3 August 2020" in log
    )
    for address in EVERYWHERE:
        assert WHY["reason"] not in client.get(address).content.decode()
    figure = letter.statistics.get()
    assert (figure.percent, figure.numerator, figure.origin) == (50, 1, "entered")
    assert not {"percent", "numerator"} & {source["field"] for source in figure.sources}


def test_nothing_says_corrected_where_nothing_was(client, letter):
    for address in EVERYWHERE[:-1]:
        assert "orrected on" not in client.get(address).content.decode(), address
    assert "Nothing has been corrected yet." in read(client, "/corrections")


def test_with_two_people_the_figure_stays_until_another_confirms_it(
    client, letter, staff, second, settings, today
):
    settings.TWO_PEOPLE = True
    before = {address: client.get(address).content for address in EVERYWHERE}
    proposed = correct(letter, staff)
    assert {address: client.get(address).content for address in EVERYWHERE} == before
    with pytest.raises(workflow.Refused, match="another person confirms it"):
        workflow.confirm_correction(proposed, staff)
    assert {address: client.get(address).content for address in EVERYWHERE} == before
    today.shift(timedelta(days=1))
    workflow.confirm_correction(proposed, second)
    assert "Corrected on 4 August 2020" in read(client, f"{AT}/statistics")
    assert (proposed.proposed_by, proposed.confirmed_by) == (staff, second)
    with pytest.raises(workflow.Refused, match="confirmed or dropped already"):
        workflow.confirm_correction(proposed, second)


def test_what_waits_is_proposed_once_and_can_be_dropped(client, letter, staff, second, settings):
    settings.TWO_PEOPLE = True
    proposed = correct(letter, staff)
    with pytest.raises(workflow.Refused, match="waits to be confirmed already"):
        correct(letter, second)
    assert list(workflow.waiting_corrections()) == [proposed]
    workflow.drop_correction(proposed, second)
    assert not workflow.waiting_corrections()
    assert "100%" in read(client, f"{AT}/statistics")
    with pytest.raises(workflow.Refused, match="confirmed or dropped already"):
        workflow.confirm_correction(proposed, second)
    assert correct(letter, second) != proposed
    assert "Nothing has been corrected yet." in read(client, "/corrections")


def withdraw(letter, staff):
    workflow.withdraw(letter, staff, "It was sent to the wrong council.")


def change_otherwise(letter, staff):
    letter.statistics.update(numerator=0, percent=0)


def replace(letter, staff):
    newer = factories.approved_letter(letter.review, staff, letter.council, "The first was wrong.")
    workflow.confirm(workflow.publish_now(newer, staff), factories.staff("third"))


def leave(letter, staff):
    staff.is_active = False
    staff.save()


@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        (replace, "no longer shown"),
        (withdraw, "confirmed or dropped already"),
        (change_otherwise, "has changed since"),
        (leave, "staff, who proposed this correction, works here no longer"),
        (correct_another, "Look at this first: 1 decisions were upheld, but the base"),
    ],
    ids=["replaced", "withdrawn", "changed", "T69 left", "T32 contradicted"],
)
def test_what_waits_is_not_confirmed_over_what_came_between(letter, staff, second, settings, meanwhile, says):
    settings.TWO_PEOPLE = True
    proposed = correct(letter, staff)
    meanwhile(letter, staff)
    proposed.refresh_from_db()
    with pytest.raises(workflow.Refused, match=says):
        workflow.confirm_correction(proposed, second)
    proposed.refresh_from_db()
    assert proposed.confirmed_at is None


@pytest.mark.parametrize(
    ("numbers", "said", "refused"),
    [
        (Numbers(Decimal(100), None, 2, 2, Decimal(45)), {}, "shown already"),
        (RIGHT, {"reason": " "}, "Give the reason"),
        (RIGHT, {"note": ""}, "a note for everyone"),
        (Numbers(Decimal(50), None, 2, 2, Decimal(45)), {}, "Look at this first"),
        (Numbers(Decimal(50), None, 3, 2, Decimal(45)), {}, "larger than its base"),
    ],
    ids=["no change", "no reason", "no note", "T32 rate against count", "more than the base"],
)
def test_what_is_no_correction_is_refused_and_changes_nothing(letter, staff, numbers, said, refused):
    revision = letter.revision
    with pytest.raises(workflow.Refused, match=refused):
        correct(letter, staff, numbers, **said)
    assert not Correction.objects.exists()
    letter.refresh_from_db()
    assert letter.revision == revision
    assert letter.statistics.get().percent == 100


def test_what_waits_of_a_letter_is_dropped_with_it(letter, staff, second, settings):
    settings.TWO_PEOPLE = True
    proposed = correct(letter, staff)
    letter.refresh_from_db()
    workflow.withdraw(letter, second, "It was sent to the wrong council.")
    assert not workflow.waiting_corrections()
    proposed.refresh_from_db()
    assert (proposed.dropped_by, proposed.dropped_at) == (second, letter.withdrawn_at)


def test_a_contradiction_is_corrected_to_once_it_was_seen(letter, staff):
    odd = Numbers(Decimal(50), None, 2, 2, Decimal(45))
    correct(letter, staff, odd, seen=workflow.new_contradictions(letter, "upheld", odd))
    assert letter.statistics.get().percent == 50


def test_a_figure_is_taken_away_or_added_by_a_correction_too(client, letter, staff):
    correct(letter, staff, Numbers())
    assert not letter.statistics.exists()
    assert "was 100% (2 of 2), average 45%; it is not stated." in read(client, f"{AT}/statistics")
    letter.refresh_from_db()
    correct(letter, staff, Numbers(none_due=True), "compliance")
    assert "was not stated; it is no recommendations were due." in read(client, f"{AT}/statistics")


@pytest.mark.parametrize("state", [State.READ, State.APPROVED, State.WITHDRAWN, "replaced"])
def test_only_what_everyone_sees_is_corrected(staff, state):
    if state == "replaced":
        row = published_letter(staff)
        newer = factories.approved_letter(row.review, staff, row.council, "The first was wrong.")
        workflow.publish_now(newer, staff)
    elif state == State.READ:
        row = factories.letter(factories.edition(2020), staff)
    else:
        row = factories.approved_letter(factories.edition(2020), staff)
    if state == State.WITHDRAWN:
        workflow.withdraw(row, staff, "Wrong.")
    with pytest.raises(workflow.Refused, match="not public, or was replaced"):
        correct(row, staff)
    assert row.statistics.get().percent == 100


def test_a_stale_page_corrects_nothing(letter, staff):
    stale = Letter.objects.get(pk=letter.pk)
    correct(letter, staff)
    with pytest.raises(workflow.Refused, match="changed since you opened it"):
        correct(stale, staff, Numbers(Decimal(0), None, 0, 2, Decimal(45)))
    assert letter.statistics.get().numerator == 1
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": ""},
        {"confirmed_at": HOUR},
        {"dropped_at": HOUR},
    ],
    ids=["no note", "confirmed by nobody", "dropped by nobody"],
)
def test_the_database_refuses_half_a_correction(letter, staff, wrong):
    row = correct(letter, staff)
    Correction.objects.filter(pk=row.pk).update(confirmed_at=None, confirmed_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=row.pk).update(**wrong)


def test_t72_the_database_refuses_a_correction_confirmed_by_whoever_proposed_it(
    letter, staff, second, settings
):
    """Whoever has a shell has to say that one person did it, which stays on record."""
    assert correct(letter, staff).alone
    settings.TWO_PEOPLE = True
    row = correct(letter, staff, Numbers(Decimal(0), None, 0, 2, Decimal(45)))
    rows = Correction.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(confirmed_at=HOUR, confirmed_by=staff)
    workflow.confirm_correction(rows.get(), second)
    assert not rows.get().alone
