"""The day after publication, with six districts."""

import pytest
import time_machine

from tests import factories
from tests.comparing.world import NOW, publish


@pytest.fixture(autouse=True)
def today(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def districts(staff):
    """Six districts, each a little further from Alpha, and bodies of other kinds and regions nearby."""
    made = {}
    for step, (name, count, base) in enumerate(
        [
            ("Alpha", 6, 8),
            ("Beta", 1, 3),
            ("Gamma", 4, 10),
            ("Delta", 9, 9),
            ("Epsilon", 0, 5),
            ("Zeta", 2, 6),
        ]
    ):
        region = "South West" if step % 2 else "South East"
        made[name] = factories.council(
            f"{name} District Council", region=region, latitude=50 + step / 10, longitude=-1.0
        )
        publish(staff, made[name], count, base)
    made["Eta"] = factories.council("Eta District Council", latitude=54.0, longitude=-1.0)
    unitary = factories.council(
        "Theta Council", kind="unitary", region="South East", latitude=50.01, longitude=-1.0
    )
    publish(staff, unitary, 8, 10, average=80)
    made["Theta"] = unitary
    return made
