"""What was public is put right with a trace: figures corrected, letters replaced and withdrawn, in a log."""

import re
from datetime import datetime as DateTime
from datetime import timedelta
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from letters import published, workflow
from letters.models import Correction, Letter, State
from letters.workflow.reviewing import Numbers
from tests import factories
from tests.staff_pages import page_of
from tests.staff_pages import text as staff_text

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
AT = "/your-councils-performance/sometown-council"
RIGHT = Numbers(percent=Decimal(50), numerator=1, denominator=2, average=Decimal(45))
WHY = {"reason": "Misread, Ms Example found it.", "note": "We had copied the rate wrongly."}


@pytest.fixture(autouse=True)
def today():
    """Five days after the publication of 2020."""
    with time_machine.travel(HOUR + timedelta(days=5), tick=False) as now:
        yield now


@pytest.fixture
def second(staff):
    return factories.staff("second")


@pytest.fixture
def letter(staff):
    """A public letter: 2 of 2 upheld."""
    return published_letter(staff)


def published_letter(staff, name="Sometown Council"):
    review = factories.edition(2020)
    with time_machine.travel(HOUR - timedelta(days=2), tick=False):
        row = factories.approved_letter(review, staff, factories.council(name), pages=factories.SOME_PAGES)
        if review.publish_at is None:
            workflow.schedule(review, HOUR, staff, acknowledged=True)
    return row


def correct(letter, by, numbers=RIGHT, measure="upheld", **said):
    return workflow.correct(letter, by, measure, numbers, **(WHY | said))


def read(client, address):
    """What a visitor reads in the page's main part."""
    response = client.get(address)
    main = response.content.decode().split("<main")[1].split("</main>")[0].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


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


def correct_another(letter, staff):
    """Either figure by itself agrees with all others; the two do not agree with one another."""
    remedies = Numbers(percent=Decimal(100), numerator=2, denominator=2)
    letter.refresh_from_db()
    other = correct(letter, staff, remedies, "satisfactory-remedies")
    workflow.confirm_correction(other, factories.staff("third"))


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


class TestStaffPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client, staff):
        client.force_login(staff)

    def form(self, client, letter, **changes):
        return {
            "revision": letter.revision,
            "upheld-percent": "50",
            "upheld-numerator": "1",
            "upheld-denominator": "2",
            "upheld-average": "45",
        } | (WHY | changes)

    def test_a_figure_is_chosen_and_corrected(self, client, letter):
        assert "Correct a figure …" in staff_text(client.get(page_of(letter)))
        where = reverse("admin:letters_letter_correct", args=[letter.pk])
        page = staff_text(client.get(where))
        assert '<a href="?figure=upheld">Complaints upheld</a>: 100% (2 of 2), average 45%' in page
        assert '<a href="?figure=compliance">' in page
        assert "Everyone sees now: <strong>100% (2 of 2), average 45%</strong>" in staff_text(
            client.get(f"{where}?figure=upheld")
        )
        response = client.post(f"{where}?figure=upheld", self.form(client, letter), follow=True)
        assert "Corrected: Complaints upheld is now 50% (1 of 2), average 45%." in staff_text(response)
        assert "Corrected. Complaints upheld: 100% (2 of 2)" in staff_text(response)

    def test_a_contradiction_is_shown_and_ticked(self, client, letter):
        where = reverse("admin:letters_letter_correct", args=[letter.pk]) + "?figure=upheld"
        sent = self.form(client, letter) | {"upheld-numerator": "2"}
        page = client.post(where, sent)
        assert not Correction.objects.exists()
        [said] = page.context["contradictions"]
        client.post(where, sent | {"seen": said})
        assert letter.statistics.get().percent == 50

    @pytest.mark.parametrize(
        "changes",
        [
            {"note": ""},
            {"reason": ""},
            {"upheld-percent": "1OO"},
            {"upheld-percent": "101"},
            {"revision": "99"},
        ],
    )
    def test_what_is_incomplete_comes_back_and_changes_nothing(self, client, letter, changes):
        where = reverse("admin:letters_letter_correct", args=[letter.pk]) + "?figure=upheld"
        page = client.post(where, self.form(client, letter, **changes))
        assert page.status_code == 200
        assert "errornote" in staff_text(page) or "errorlist" in staff_text(page)
        assert not Correction.objects.exists()

    def test_what_a_correction_contradicts_by_now_is_ticked_by_whoever_confirms_it(
        self, client, letter, staff, second, settings
    ):
        settings.TWO_PEOPLE = True
        row = correct(letter, second)
        correct_another(letter, second)
        confirm = reverse("admin:letters_correction_decide", args=[row.pk, "confirm"])
        [said] = workflow.contradictions_of(row)
        assert f"{said} The letter prints it so." in staff_text(client.get(page_of(letter)))
        assert f"Look at this first: {said}" in staff_text(client.post(confirm, follow=True))
        client.post(confirm, {"seen": said})
        row.refresh_from_db()
        assert row.confirmed_by == staff

    def test_the_second_person_confirms_on_the_letters_page(self, client, letter, staff, second, settings):
        settings.TWO_PEOPLE = True
        where = reverse("admin:letters_letter_correct", args=[letter.pk]) + "?figure=upheld"
        client.post(where, self.form(client, letter))
        row = Correction.objects.get()
        confirm = reverse("admin:letters_correction_decide", args=[row.pk, "confirm"])
        assert confirm not in staff_text(client.get(page_of(letter)))
        assert "another person confirms it" in staff_text(client.post(confirm, follow=True))
        client.force_login(second)
        assert confirm in staff_text(client.get(page_of(letter)))
        assert "Corrected: Complaints upheld" in staff_text(client.post(confirm, follow=True))
        assert client.get(confirm).status_code == 405
        assert client.post(confirm.replace("confirm", "burn")).status_code == 404

    @pytest.mark.parametrize("figure", ["nothing", "", "upheld%00"])
    def test_there_is_no_page_for_a_figure_that_is_none(self, client, letter, figure):
        where = reverse("admin:letters_letter_correct", args=[letter.pk])
        assert client.get(f"{where}?figure={figure}").status_code == 404

    def test_it_takes_a_reviewer(self, client, letter, django_user_model):
        client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
        where = reverse("admin:letters_letter_correct", args=[letter.pk])
        assert client.get(where).status_code == client.post(where).status_code == 403
        decide = reverse("admin:letters_correction_decide", args=[1, "confirm"])
        assert client.post(decide).status_code == 403
