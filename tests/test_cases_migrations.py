"""What migrations make of decisions that are there."""

import pytest
from django.core.management import call_command
from django.db import connection

from cases import published, words
from cases.published import Chosen
from tests import cases, factories
from tests.cases import imported, london, table


@pytest.mark.django_db(transaction=True)
def test_words_that_an_earlier_version_indexed_are_found_the_newest_first():
    factories.council("Sometown Borough Council")
    imported(table(*cases.decisions({}, {}, {})))
    found = words_found()
    assert len(found) == 3
    assert found == sorted(found, reverse=True)
    for version in ("0008", "0009"):
        call_command("migrate", "cases", version, verbosity=0)
        if connection.vendor == "sqlite":
            keys = found if version == "0008" else [-place for place in found]
            assert set(keys) <= keys_in_the_index()
    assert words_found() == found
    words.take_out(found)  # of a table that is no model's, and is not emptied with theirs


def words_found():
    now = london(2026, 11, 1)
    at = published.at(published.found("example", Chosen(), now), now)
    return [each.place for each in at]


def keys_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM cases_words")
        return {key for (key,) in cursor.fetchall()}
