"""The description of the API holds: what it says may be asked is answered as it says, and nothing else is."""

import json
import os
from datetime import datetime as DateTime
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings

from councils.models import Council
from letters import workflow
from public.api.cursors import cursor
from public.api.schema import openapi
from public.api.tables import TABLES
from tests import cases, factories

pytestmark = pytest.mark.django_db

api = schemathesis.openapi.from_wsgi("/api/v1/schema.json", get_wsgi_application())
HOUR = DateTime(2020, 7, 29, 9, 30, tzinfo=ZoneInfo("Europe/London"))
NAMES = {table.table for table in TABLES}
OPERATIONS = {path: methods["get"] for path, methods in openapi()["paths"].items()}


@pytest.fixture(scope="module", autouse=True)
def letters(register):
    """A letter to the council that the examples name, and a decision on it."""
    staff, review = factories.staff(), factories.edition(2020)
    council = Council.objects.get(slug="wellingborough-borough-council")
    with time_machine.travel(HOUR, tick=False):
        factories.public_letter(
            review, staff, council, pages=factories.SOME_PAGES, figures=factories.two_figures(2020)
        )
        workflow.schedule(review, HOUR, staff, acknowledged=True)
        cases.one_of_each(council.name, "2020-01-14", HOUR, "19 012 345")


@pytest.fixture(autouse=True)
def one_connection():
    """As Django's own test client, so that all is asked within the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@api.parametrize()
@settings(max_examples=int(os.environ.get("API_EXAMPLES", "6")), suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_as_described(case):
    """By schemathesis: statuses, types, schemas and headers as described; what does not fit is refused.

    API_EXAMPLES=1000 asks for so many of each address.
    """
    case.call_and_validate()


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_example_works(path):
    """Each parameter by itself, and the path with its own, answers with something; answers are as the example is."""
    operation = OPERATIONS[path]
    parts = {each["name"]: each["example"] for each in operation["parameters"] if each["in"] == "path"}
    address = path.format(**parts)
    asked = [each for each in operation["parameters"] if each["in"] == "query"]
    queries = [{each["name"]: each["example"]} for each in asked if each["name"] != "cursor"]
    example = operation["responses"]["200"]["content"]["application/json"]["example"]
    for query in [{}, *queries]:
        response = Client().get(address, query)
        assert response.status_code == 200
        if "to_year" not in query and "successor" not in query:
            told = response.json()
            assert told.get("results", [told]), query
            assert told.keys() == example.keys()


def test_the_page_shows_as_code_what_the_description_marks():
    page = Client().get("/api/v1/").content.decode()
    assert "<code>next</code>, which is followed" in page
    assert "`" not in page


def test_a_cursor_is_described_where_there_are_pages():
    for path, operation in OPERATIONS.items():
        named = [each["name"] for each in operation["parameters"]]
        assert ("cursor" in named) == ("limit" in named) == (path.removeprefix("/api/v1/") in NAMES)
        assert ("The cursor is not" in operation["responses"]["404"]["description"]) == ("cursor" in named)


@pytest.mark.parametrize("key", [("a",), (2020, "a" * 200, "m" * 100), (19975976730119610011,)])
def test_a_cursor_is_as_described(key):
    """With an address and a measure of the longest that there may be, too."""
    described = OPERATIONS["/api/v1/statistics"]["parameters"][-1]["schema"]
    jsonschema_rs.Draft202012Validator(described).validate(cursor("statistics", {}, key))


def test_examples_lead_to_the_site_itself(settings):
    settings.SITE_ADDRESS = "https://performance.example.org"
    openapi.cache_clear()
    try:
        told = json.dumps(openapi())
    finally:
        openapi.cache_clear()
    assert "localhost" not in told
    assert "https://performance.example.org/decisions/housing/allocations/19-012-345" in told


def test_every_refusal_has_an_example_that_is_as_described():
    problem = {"components": openapi()["components"], "$ref": "#/components/schemas/Problem"}
    validator = jsonschema_rs.Draft202012Validator(problem)
    for operation in OPERATIONS.values():
        refused = {status: each for status, each in operation["responses"].items() if status != "200"}
        for status, each in refused.items():
            for example in each["content"]["application/problem+json"]["examples"].values():
                validator.validate(example["value"])
                assert str(example["value"]["status"]) == status


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.table)
def test_examples_are_as_described(table):
    component = {"components": openapi()["components"], "$ref": f"#/components/schemas/{table.one}"}
    validator = jsonschema_rs.Draft202012Validator(component)
    validator.validate(table.example)
    page = {"components": openapi()["components"], "$ref": f"#/components/schemas/PageOf{table.one}"}
    jsonschema_rs.Draft202012Validator(page).validate({"next": None, "results": [table.example]})
    assert list(table.example) == table.names()


def test_the_examples_of_councils_are_of_the_register():
    [council] = Client().get("/api/v1/councils?gss_code=E07000156").json()["results"]
    assert council == TABLES[2].example
    [succession] = (
        Client().get("/api/v1/successions?predecessor=wellingborough-borough-council").json()["results"]
    )
    assert succession == TABLES[3].example


def test_every_column_is_described():
    for table in TABLES:
        told = openapi()["components"]["schemas"][table.one]["properties"]
        assert not [
            name
            for name, column in told.items()
            if not (column["title"] and column["description"][-1] in ".…")
        ]
