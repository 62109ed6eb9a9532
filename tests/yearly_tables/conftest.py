"""A council that no table names by chance, and a table about it."""

import pytest

from tests import factories


@pytest.fixture
def zyx():
    return factories.council("Zyxwold Borough Council")
