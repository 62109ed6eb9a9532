"""What neither a form nor the database takes into the register."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from councils.models import Alias, Council, Succession
from tests.factories import council

pytestmark = pytest.mark.django_db


def _refusal(row) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        (
            {"first_day": date(2021, 4, 1), "last_day": date(2021, 3, 31)},
            "last_day",
            "The last day lies before the first day.",
        ),
        ({"kind": "parish"}, "kind", "Value 'parish' is not a valid choice."),
        ({"slug": "Wellingborough"}, "slug", "Use small letters, digits and hyphens only."),
        ({"slug": "taken"}, "slug", "Another body has this address already."),
        ({"gss": "E07000001"}, "__all__", "Another body has this GSS code already."),
        ({"newer_gss": "E07000002"}, "__all__", "Another body has this newer GSS code already."),
        ({"gss": "W06000001"}, "gss", "A GSS code of England is E and eight digits, such as E07000156."),
        ({"latitude": 5.1}, "latitude", "Ensure this value is greater than or equal to 49."),
    ],
)
def test_refusal_of_a_council(fields, where, message):
    council(slug="taken", gss="E07000001", newer_gss="E07000002")
    row = Council(**{"name": "A", "short_name": "A", "slug": "a", "kind": "district"} | fields)
    assert message in _refusal(row)[where]


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"day": date(2021, 3, 31)}, "day", "Old existed until 31 March 2021: give a later day."),
        ({"successor": "itself"}, "__all__", "A body cannot succeed itself."),
        (
            {"successor": None},
            "__all__",
            "Choose the successor, or give its GSS code if it is not listed.",
        ),
        ({"successor": "recorded"}, "__all__", "This succession is recorded already."),
        (
            {"successor": None, "successor_gss": "E06000099"},
            "__all__",
            "This succession is recorded already.",
        ),
        ({"how": "eaten"}, "how", "Value 'eaten' is not a valid choice."),
    ],
)
def test_refusal_of_a_succession(fields, where, message):
    old, new, recorded = council("Old", last_day=date(2021, 3, 31)), council("New"), council("Recorded")
    old.successions.create(successor=recorded, day=date(2021, 4, 1), how="merged")
    old.successions.create(successor_gss="E06000099", day=date(2021, 4, 1), how="merged")
    named = {"itself": old, "recorded": recorded, None: None}
    if "successor" in fields:
        fields = fields | {"successor": named[fields["successor"]]}
    row = Succession(
        **{"predecessor": old, "successor": new, "day": date(2021, 4, 1), "how": "merged"} | fields
    )
    assert message in _refusal(row)[where]


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": date(2021, 4, 1), "last_day": date(2021, 3, 31)},
        {"kind": "parish"},
        {"slug": "Wellingborough"},
        {"slug": "taken"},
        {"gss": "E07000001"},
    ],
)
def test_refusal_by_the_database_itself(fields):
    council(slug="taken", gss="E07000001")
    with pytest.raises(IntegrityError), transaction.atomic():
        council(**fields)


def test_refusal_of_the_same_other_name_twice():
    corby = council("Corby Borough Council", aliases=["Corby"])
    assert _refusal(Alias(council=corby, text="Corby")) == {"__all__": ["The council has this name already."]}
