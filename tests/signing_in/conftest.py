"""Ada, who signs in."""

import pytest

from tests import factories
from tests.signing_in.world import attempt


@pytest.fixture
def ada():
    return factories.member("auditor", "ada")


@pytest.fixture
def signed_in(client, ada):
    assert attempt(client, password=factories.PASSWORD).status_code == 302
    return client
