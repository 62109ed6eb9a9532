"""The short way to a published letter writes what the workflow writes."""

from datetime import UTC, datetime

import pytest
import time_machine

from letters.models import CleanCopy, Letter, LetterPage, LetterWords, Part, Statistic
from tests import factories

pytestmark = pytest.mark.django_db
OWN = {"id", "letter", "council", "file", "sha256", "size"}


def rows_of(letter):
    """All rows of a letter, but for what is each letter's own."""
    return [
        {field.name: getattr(row, field.attname) for field in model._meta.fields if field.name not in OWN}
        for model in (Letter, Statistic, LetterPage, LetterWords, CleanCopy, Part)
        for row in model.objects.filter(**{"pk" if model is Letter else "letter": letter.pk}).order_by("pk")
    ]


def test_the_short_way_leads_to_the_same_rows():
    staff, review = factories.staff(), factories.edition(2020)
    read = {
        "figures": [factories.figure(), factories.figure("compliance", value=None)],
        "pages": factories.SOME_PAGES,
    }
    with time_machine.travel(datetime(2020, 7, 1, 12, tzinfo=UTC), tick=False):
        long = factories.approved_letter(review, staff, factories.council("Longway Council"), **read)
        short = factories.public_letter(review, staff, factories.council("Short Council"), **read)
    assert len(rows_of(long)) == 9
    assert rows_of(short) == rows_of(long)
