"""T70: every address of the site, asked by every role with every method, against the table that is kept here."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.permissions import asking
from tests.permissions.world import made, path_of

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "permissions" / "table.txt"
HEAD = """\
# Who is answered what, at each address of the site and for each deed on a letter. tests/test_permissions.py asks.
# A number is HTTP's; sign-in leads to the sign-in page, leads-on anywhere else. The requests carry no form, so what
# is allowed answers 200 with the form again, or leads on with a refusal in words. Public pages are asked as anonymous
# and as superuser.
"""


@pytest.fixture
def world():
    return made()


def posts(name: str, **data: str):
    """A deed of the letter's own address, on the revision that was shown."""

    def deed(letter):
        name_of_address, *more = name.split()
        where = reverse(f"admin:letters_letter_{name_of_address}", args=[letter.pk, *more])
        return where, {"revision": str(letter.revision), **data}

    return deed


def approve(letter):
    return reverse("admin:letters_letter_together"), {"seen": f"{letter.pk}:{letter.revision}"}


DEEDS = {
    "take to review": posts("take"),
    "approve": approve,
    "take the approval back": posts("reviewing take-back"),
    "read again": posts("reviewing read-again"),
    "hold back": posts("publishing hold-back"),
    "no longer hold back": posts("publishing release"),
    "propose to publish": posts("publishing propose"),
    "withdraw": posts("withdraw", note="It was sent by mistake."),
}


def test_everybody_is_answered_as_the_table_says(world, settings):
    settings.TWO_PEOPLE = True
    browsers = asking.members()
    asked = {pattern: path_of(pattern, world) for pattern in asking.patterns()}
    found = [
        *asking.lines_of_addresses(browsers, asked),
        *asking.lines_of_deeds(browsers, world["letters"], DEEDS),
    ]
    if os.environ.get("WRITE_TABLE"):
        TABLE.write_text("\n".join([HEAD, asking.line("", asking.ROLES), *found, ""]))
    kept = [each for each in TABLE.read_text().splitlines() if each.startswith(("/", *DEEDS))]
    assert found == kept


def test_the_auditor_changes_nothing():
    deeds = [each.split() for each in TABLE.read_text().splitlines() if each.startswith(tuple(DEEDS))]
    assert len(deeds) >= len(DEEDS)
    assert {cells[-2] for cells in deeds} == {"403"}
    auditor = Group.objects.get(name="auditor").permissions
    assert {codename.split("_")[0] for codename in auditor.values_list("codename", flat=True)} == {"view"}
