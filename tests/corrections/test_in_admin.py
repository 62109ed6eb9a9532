"""Correcting a figure in the admin."""

import pytest
from django.urls import reverse

from letters import workflow
from letters.models import Correction
from tests.corrections.world import WHY, correct, correct_another
from tests.staff_pages import page_of
from tests.staff_pages import text as staff_text

pytestmark = pytest.mark.django_db


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
        assert f"proposes to correct {letter}: Complaints upheld" in staff_text(client.get("/admin/"))
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

    @pytest.mark.parametrize(("figure", "status"), [("nothing", 404), ("", 404), ("upheld%00", 400)])
    def test_there_is_no_page_for_a_figure_that_is_none(self, client, letter, figure, status):
        where = reverse("admin:letters_letter_correct", args=[letter.pk])
        assert client.get(f"{where}?figure={figure}").status_code == status

    def test_it_takes_a_reviewer(self, client, letter, django_user_model):
        client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
        where = reverse("admin:letters_letter_correct", args=[letter.pk])
        assert client.get(where).status_code == client.post(where).status_code == 403
        decide = reverse("admin:letters_correction_decide", args=[1, "confirm"])
        assert client.post(decide).status_code == 403
