"""T70: every address of the site, asked by every role with every method, against the table that is kept here."""

import os
from itertools import chain
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from letters import clock, published
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


@pytest.fixture(scope="module")
def kept_world(kept_rows):
    return made() | {"browsers": asking.members()}


@pytest.fixture
def world(kept_world, db):
    return kept_world


def posts(name: str, **data: str):
    """A deed of the letter's own address, on the revision that was shown."""

    def deed(letter):
        name_of_address, *more = name.split()
        where = reverse(f"admin:letters_letter_{name_of_address}", args=[letter.pk, *more])
        return where, {"revision": str(letter.revision), **data}

    return deed


def approve(letter):
    return reverse("admin:letters_letter_together"), {"seen": f"{letter.pk}:{letter.revision}"}


def withdraw(letter):
    where, sent = posts("withdraw", note="It was sent by mistake.")(letter)
    return where, sent | {"public": "yes" if published.is_public(letter, clock.now()) else "no"}


DEEDS = {
    "take to review": posts("take"),
    "approve": approve,
    "take the approval back": posts("reviewing take-back"),
    "read again": posts("reviewing read-again"),
    "hold back": posts("publishing hold-back"),
    "no longer hold back": posts("publishing release"),
    "propose to publish": posts("publishing propose"),
    "withdraw": withdraw,
}


# The addresses in so many parts, each a test of its own, so that they can be asked at the same time; then the deeds.
PARTS = 4


def patterns_of(part: int) -> list[str]:
    every = asking.patterns()
    size = -(-len(every) // PARTS)
    return every[part * size : (part + 1) * size]


def found_in(part: int, world) -> list[str]:
    if part == PARTS:
        return asking.lines_of_deeds(world["browsers"], world["letters"], DEEDS)
    return asking.lines_of_addresses(
        world["browsers"], {pattern: path_of(pattern, world) for pattern in patterns_of(part)}
    )


def kept_of(part: int) -> list[str]:
    lines = [each for each in TABLE.read_text().splitlines() if each.startswith(("/", *DEEDS))]
    if part == PARTS:
        return [each for each in lines if not each.startswith("/")]
    here = {f"/{pattern}" for pattern in patterns_of(part)}
    return [each for each in lines if each.split(" ")[0] in here]


@pytest.mark.parametrize("part", range(PARTS + 1))
def test_everybody_is_answered_as_the_table_says(world, settings, part):
    settings.TWO_PEOPLE = True
    found = found_in(part, world)
    if os.environ.get("WRITE_TABLE"):
        parts = [found if each == part else kept_of(each) for each in range(PARTS + 1)]
        TABLE.write_text("\n".join([HEAD, asking.line("", asking.ROLES), *chain(*parts), ""]))
    if part == PARTS:
        assert found == kept_of(part)
    else:
        kept = asking.by_method(kept_of(part))
        assert asking.by_method(found) == {key: kept[key] for key in kept if key[1] in asking.methods()}


def test_the_table_has_nothing_else():
    told = {each.split(" ")[0] for each in TABLE.read_text().splitlines() if each.startswith("/")}
    assert told == {f"/{pattern}" for pattern in asking.patterns()}


def test_the_auditor_changes_nothing():
    deeds = [each.split() for each in TABLE.read_text().splitlines() if each.startswith(tuple(DEEDS))]
    assert len(deeds) >= len(DEEDS)
    assert {cells[-2] for cells in deeds} == {"403"}
    auditor = Group.objects.get(name="auditor").permissions
    assert {codename.split("_")[0] for codename in auditor.values_list("codename", flat=True)} == {"view"}
