"""The addresses of these pages, and what stands on one."""

import re

from tests.cases import london
from tests.visitors import main_part

NOW = london(2026, 6, 1, 12)
AT = "/your-councils-performance/sometown-borough-council"
OTHER = "/your-councils-performance/othertown-district-council"
ONE = "/decisions/housing/allocations/25-000-001"


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return main_part(response)


def references(client, address):
    return re.findall(r"\((\d\d \d{3} \d{3})\)", text(client, address))
