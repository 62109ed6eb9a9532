"""The history: every deed a line, in the deed's own transaction, chained, and altered by nobody."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils.timezone import localtime

from councils.loading import load_register
from councils.models import Council
from history.models import Line
from history.noting import note_changes
from history.recording import add, recorded, writing
from history.verifying import faults
from letters import workflow
from letters.models import Letter
from tests import factories
from tests.staff_pages import filled, hidden, page_of, take, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(staff):
    """Everything that a test stands on is in the history; what comes after must be, too."""
    factories.council("Zyxwold Borough Council", kind="district")
    note_changes("Made for a test.")
    return staff


def found() -> list[str]:
    return [fault.code for fault in faults()]


def last() -> Line:
    return Line.objects.order_by("number").last()


def told_of(line: Line) -> dict:
    return json.loads(line.changes)


def test_a_line_says_who_did_what_and_from_what_to_what(told):
    letter = factories.letter(by=told)
    factories.reviewed(letter, told)
    line = last()
    assert (line.by, line.subject, line.subject_id) == (told, "letters.letter", str(letter.pk))
    assert line.deed.startswith("Reviewed. addressee: Ms Example → Mr Zyx")
    changes = told_of(line)
    assert changes[f"letters.letter|{letter.pk}"]["recipient_name"] == ["Ms Example", "Mr Zyx"]
    assert changes[f"letters.statistic|{letter.pk}|upheld"]["percent"] == ["100.00", "50.00"]


def test_a_figure_that_is_read_again_is_the_same_figure(told):
    """Its row is written anew, and the history tells what changed of it alone."""
    letter = factories.letter(by=told)
    workflow.read_again(letter, told)
    assert told_of(last())[f"letters.statistic|{letter.pk}|upheld"]["percent"] == ["100.00", None]


def test_a_deed_that_fails_leaves_no_line(told):
    letter, before = factories.letter(by=told), Line.objects.count()
    letter.revision = 0
    with pytest.raises(workflow.Refused):
        workflow.withdraw(letter, told, "Sent in error.")
    with pytest.raises(DatabaseError), recorded(told, letter, "Never."):
        Letter.objects.filter(pk=letter.pk).update(recipient_name="Nobody", number=2)
    assert Line.objects.count() == before
    assert not Letter.objects.filter(recipient_name="Nobody").exists()


def test_no_line_is_written_outside_of_a_transaction_of_its_own():
    with pytest.raises(RuntimeError, match="within"):
        add([Line(subject="x", subject_id="1", deed="x", changes="{}")])


@pytest.mark.django_db(transaction=True)
def test_it_is_not_begun_with_rows_locked_already():
    with pytest.raises(RuntimeError), transaction.atomic(), writing():
        pass


# What is done in the admin and at the command line


def test_the_register_and_its_updates_are_told(client, told):
    load_register()
    assert Line.objects.filter(subject="councils.council").count() > 400
    lines = Line.objects.count()
    load_register()
    assert Line.objects.count() == lines

    client.force_login(told)
    council = Council.objects.exclude(aliases=None).filter(origin="register").first()
    alias = council.aliases.first()
    where = reverse("admin:councils_council_change", args=[council.pk])
    form = client.get(where).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    formsets = client.get(where).context["inline_admin_formsets"]
    for formset in (each.formset for each in formsets):
        sent |= {
            f"{formset.prefix}-{name}": formset.management_form[name].value()
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        for row in formset.forms:
            sent |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
    sent |= {"short_name": "Another", "aliases-0-text": "Another name"}
    assert client.post(where, sent).status_code == 302, client.post(where, sent).context["errors"]
    assert last().by == told
    assert told_of(last())[f"councils.council|{council.pk}"]["short_name"][1] == "Another"
    assert told_of(last())[f"councils.alias|{council.pk}|{alias.text}"]["text"] == [alias.text, None]
    assert found() == []

    mine = Council.objects.create(name="Mine", short_name="Mine", slug="mine", kind="district")
    note_changes("Made for a test.")
    client.post(reverse("admin:councils_council_delete", args=[mine.pk]), {"post": "yes"})
    assert last().deed == "Deleted “Mine”."
    assert found() == []


def test_users_and_groups_are_told_and_never_deleted(client, told):
    """T76: who acted stays; a user is switched off."""
    client.force_login(told)
    group = {"name": "Readers", "permissions": []}
    client.post(reverse("admin:auth_group_add"), group)
    new = {"username": "zyx", "password1": "a long pass phrase", "password2": "a long pass phrase"}
    client.post(reverse("admin:auth_user_add"), new | {"usable_password": "true"})
    zyx = User.objects.get(username="zyx")
    where = reverse("admin:auth_user_change", args=[zyx.pk])
    sent = {"username": "zyx", "date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    sent |= hidden(client.get(where))
    client.post(where, sent | {"groups": [Group.objects.get(name="Readers").pk]})
    changes = told_of(last())[f"auth.user|{zyx.pk}"]
    assert changes["groups"] == [[], ["Readers"]]
    assert changes["is_active"] == [True, False]
    client.post(reverse("admin:auth_user_password_change", args=[zyx.pk]), new | {"usable_password": "true"})
    assert "password" in last().deed.lower()
    assert zyx.password not in str(Line.objects.values_list("changes", "deed"))
    assert found() == []

    assert client.post(reverse("admin:auth_user_delete", args=[told.pk]), {"post": "yes"}).status_code == 403
    with pytest.raises(models.ProtectedError):
        told.delete()


def test_who_is_in_a_group_is_told_of_its_new_name_and_its_end(client, told):
    client.force_login(told)
    dee = factories.member("auditor", "dee")
    note_changes("Made for a test.")
    group = Group.objects.get(name="auditor")
    lines = Line.objects.count()
    where = reverse("admin:auth_group_change", args=[group.pk])
    permissions = list(group.permissions.values_list("pk", flat=True))
    client.post(where, {"name": "auditor", "permissions": permissions[1:]} | hidden(client.get(where)))
    assert Line.objects.count() == lines + 1, "what a group may do is told of the group alone"
    client.post(where, {"name": "Auditors", "permissions": permissions} | hidden(client.get(where)))
    assert told_of(last()) == {f"auth.user|{dee.pk}": {"groups": [["auditor"], ["Auditors"]]}}
    assert (last().by, found()) == (told, [])
    ticked = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    client.post(reverse("admin:auth_group_changelist"), ticked)
    assert told_of(last()) == {f"auth.user|{dee.pk}": {"groups": [["Auditors"], []]}}
    assert (Group.objects.filter(pk=group.pk).exists(), found()) == (False, [])


def test_a_user_made_at_the_command_line_is_told(told):
    call_command(
        "createsuperuser", interactive=False, username="root", email="root@example.org", stdout=StringIO()
    )
    assert last().deed == "Made at the command line."
    assert found() == []


# Where it is read


def test_staff_read_the_history_of_a_letter(client, told, django_assert_max_num_queries):
    client.force_login(told)
    letter = factories.letter(by=told, pages=factories.SOME_PAGES)
    take(client, letter)
    client.post(
        page_of(letter), filled(client, letter, save="", recipient_name="Mr Zyx", **{"upheld-average": "46"})
    )
    with django_assert_max_num_queries(25):
        page = text(client.get(reverse("admin:letters_letter_history", args=[letter.pk])))
    assert "Received as “letter.pdf”." in page
    assert "The site" in page
    assert "Read: 1 figure found." in page
    assert "addressee: Ms Example → Mr Zyx" in page
    assert "statistic upheld, average of similar authorities: 45.00 → 46.00" in page


def test_an_auditor_reads_the_whole_history_and_changes_nothing(client, told):
    client.force_login(told)
    line = last()
    listed = client.get(reverse("admin:history_line_changelist"))
    assert "Made for a test." in text(listed)
    numbers = [each.number for each in listed.context["cl"].result_list]
    assert numbers == sorted(numbers, reverse=True), "the newest first"
    assert f"{localtime(last().at):%H:%M:%S}</td>" in text(listed), (
        "as clocks in England show it, to the second"
    )
    where = reverse("admin:history_line_change", args=[line.pk])
    assert line.digest in text(client.get(where))
    assert client.post(where, {"deed": "x"}).status_code == 403
    assert client.get(reverse("admin:history_line_delete", args=[line.pk])).status_code == 403
    assert client.get(reverse("admin:history_line_add")).status_code == 403


def test_others_do_not_read_it(client, told):
    other = User.objects.create_user("other", is_staff=True)
    client.force_login(other)
    letter = factories.letter(by=told)
    for where in (
        reverse("admin:history_line_changelist"),
        reverse("admin:letters_letter_history", args=[letter.pk]),
        reverse("admin:auth_user_history", args=[told.pk]),
    ):
        assert client.get(where).status_code == 403


def test_t71_an_older_page_of_the_admin_undoes_nothing_that_was_done_since(client, told):
    """A user who was switched off meanwhile stays so; what was typed is still there, and no second try counts."""
    fay = factories.member("auditor", "fay")
    client.force_login(told)
    where = reverse("admin:auth_user_change", args=[fay.pk])
    first = hidden(client.get(where))
    joined = {f"date_joined_{part}": first[f"initial-date_joined_{part}"] for part in (0, 1)}
    sent = {"username": "fay", "is_active": "on", "is_staff": "on", "last_name": "Ash"} | joined
    older = sent | first
    User.objects.filter(pk=fay.pk).update(last_login="2026-01-02T10:00Z")
    with recorded(told, fay, "Switched off."):
        User.objects.filter(pk=fay.pk).update(is_active=False)
    for again in (older, older, sent):
        page = text(client.post(where, again))
        assert "This was changed since you opened the page, so nothing of yours was saved." in page
        assert 'name="last_name" value="Ash"' in page
        fay.refresh_from_db()
        assert (fay.is_active, fay.last_name) == (False, "")
    newer = sent | hidden(client.get(where))
    assert [client.post(where, newer).status_code for _ in range(2)] == [302, 302]
    fay.refresh_from_db()
    assert (fay.is_active, fay.last_name) == (True, "Ash")


def test_t71_nor_does_one_with_parts_of_the_row(client, told):
    """A name that somebody added to a council, or took from it, is looked at first."""
    council = factories.council("Example Council")
    client.force_login(told)
    where = reverse("admin:councils_council_change", args=[council.pk])
    older = {"name": "Example Council", "short_name": "Other", "kind": council.kind, "origin": council.origin}
    older |= hidden(client.get(where))
    with recorded(told, council, "Another name."):
        council.aliases.create(text="Exampleshire")
    assert "This was changed since you opened the page" in text(client.post(where, older))
    council.refresh_from_db()
    assert council.short_name != "Other"
