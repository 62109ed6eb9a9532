"""The roles, and giving them to people from a shell."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from history import verifying
from history.models import Line
from staff.granting import grant

pytestmark = pytest.mark.django_db

ROLES = {"uploader", "reviewer", "publisher", "auditor"}


def add(capsys, *arguments) -> str:
    call_command("add_staff", *arguments)
    return capsys.readouterr().out


def test_the_migrations_make_the_roles_and_staff_read_of_each():
    assert set(Group.objects.values_list("name", flat=True)) == ROLES
    told = (Path(__file__).parent.parent / "docs" / "staff.md").read_text()
    assert all(f"| {role} | " in told for role in ROLES)


def test_somebody_is_added_from_a_shell(capsys, client):
    told = add(capsys, "ada", "--role", "reviewer", "--role", "uploader")
    password = re.search(r"First password: (\S+)", told)[1]
    assert "ada: reviewer, uploader" in told
    user = User.objects.get(username="ada")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.check_password(password)


def test_another_role_leaves_the_password(capsys):
    add(capsys, "ada", "--role", "uploader")
    before = User.objects.get(username="ada").password
    assert add(capsys, "ada", "--role", "auditor") == "ada: auditor, uploader\n"
    assert User.objects.get(username="ada").password == before


def test_what_is_done_from_a_shell_is_told_in_the_history(capsys):
    for role in ("uploader", "auditor"):
        add(capsys, "ada", "--role", role)
    lines = Line.objects.filter(subject="auth.user").order_by("number")
    assert [(line.by, line.deed) for line in lines] == [
        (None, "Added, or given a role, at the command line.")
    ] * 2
    assert '"groups":[["uploader"],["auditor","uploader"]]' in lines[1].changes
    assert not [each for each in verifying.untold() if "auth.user" in each.message]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ada", "--role", "editor"], "Roles: auditor, publisher, reviewer, uploader."),
        (["a da", "--role", "auditor"], "Enter a valid username."),
    ],
)
def test_what_is_refused_adds_nobody(arguments, said):
    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("add_staff", *arguments)
    assert not User.objects.exists()


def test_who_was_sent_away_gets_no_role():
    User.objects.create_user("ada", is_staff=True, is_active=False)
    with pytest.raises(CommandError, match="may not sign in"):
        call_command("add_staff", "ada", "--role", "auditor")
    assert not User.objects.get(username="ada").groups.exists()


def test_a_permission_that_does_not_exist_is_not_granted():
    with pytest.raises(LookupError, match=r"letters\.approve_everything"):
        grant(apps, {"auditor": ["letters.approve_everything"]})
