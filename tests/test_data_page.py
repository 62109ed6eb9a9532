"""The page of the data, and the files of its releases as anyone gets them."""

import hashlib
import json
import re
from datetime import datetime as DateTime
from datetime import timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from letters import clock, published, workflow
from letters.models import ReleaseFile
from public.releases.tables import BY_NAME, TABLES
from tests import factories
from tests.releases import kept, make_release

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 0, 30, tzinfo=ZoneInfo("Europe/London"))
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def letter(kept_rows):
    """A public letter, and a release of it."""
    with time_machine.travel(HOUR - DAY, tick=False):
        letter = factories.public_letter(council=factories.council("Adur"))
        workflow.schedule(letter.review, HOUR, factories.staff("publisher"), acknowledged=True)
    make_release(HOUR)
    return letter


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_without_a_release_the_page_says_so_and_no_file_is_there(client):
    assert "There is no release yet." in client.get("/data").content.decode()
    assert "dataset" not in linked(client, "/data")
    for address in ("/data/latest", "/data/latest/figures.csv", "/data/1", "/data/1/figures.csv"):
        assert client.get(address).status_code == 404


def test_the_page_leads_to_every_file_and_tells_every_column(letter, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = client.get("/data").content.decode()
    for file in ReleaseFile.objects.all():
        assert f'href="/data/1/{file.name}"' in page
    for name in {name for table in TABLES for name in table.names}:
        assert f"<code>{name}</code>" in page
    assert "1 figure, and all decisions, public reports and service improvements" in page
    assert "This is the first release: it holds 1 figure." in page
    assert client.get("/data/").headers["Location"] == "/data"


def test_the_newest_release_and_each_by_itself_are_told_to_programs(letter, client):
    catalogue, release = linked(client, "/data"), linked(client, "/data/1")
    [latest] = catalogue["dataset"]
    assert catalogue["@type"] == "DataCatalog"
    assert release == {"@context": "https://schema.org", **latest}
    assert (release["@type"], release["version"]) == ("Dataset", "1")
    assert release["datePublished"] == "2020-07-28T23:30:00+00:00"
    files = {each["name"]: each for each in release["distribution"]}
    assert set(files) == set(TYPES)
    for name, file in files.items():
        content = read(client.get(file["contentUrl"].removeprefix("http://localhost:8000")))
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert (file["contentSize"], file["encodingFormat"]) == (
            f"{len(content)} B",
            TYPES[name].partition(";")[0],
        )


def linked(client, address):
    """The JSON-LD of a page."""
    page = client.get(address).content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(told)


ENDINGS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
}
TYPES = {f"{table}.{ending}": ENDINGS[ending] for table in BY_NAME for ending in ENDINGS} | {
    "changes.csv": "text/csv; charset=utf-8",
    "changes-of-cases.csv": "text/csv; charset=utf-8",
    "README.txt": "text/plain; charset=utf-8",
    "datapackage.json": "application/json",
    "SHA256SUMS": "text/plain; charset=utf-8",
}


def test_each_file_comes_with_its_type_length_and_tag(letter, client):
    assert {file.name for file in ReleaseFile.objects.all()} == set(TYPES)
    for name, content_type in TYPES.items():
        answer = client.get(f"/data/1/{name}")
        content = read(answer)
        assert answer.headers["Content-Type"] == content_type
        # For a notebook in a browser to fetch, as it may an answer of the API.
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Length"] == str(len(content))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        digest = hashlib.sha256(content).hexdigest()
        assert answer.headers["ETag"] == f'"{digest}"'
        assert client.get(f"/data/1/{name}", headers={"If-None-Match": f'"{digest}"'}).status_code == 304
        part = client.get(f"/data/1/{name}", headers={"Range": "bytes=0-3"})
        assert (part.status_code, read(part)) == (206, content[:4])
        assert client.head(f"/data/1/{name}").headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "address", ["/data/2", "/data/2/figures.csv", "/data/1/nothing.csv", "/data/0", "/data/01"]
)
def test_what_is_no_release_is_not_found(letter, client, address):
    assert client.get(address).status_code == 404


def test_latest_leads_to_the_newest_and_the_older_ones_stay(letter, client, tmp_path):
    latest = client.get("/data/latest/figures.csv")
    assert latest.headers["Location"] == "/data/1/figures.csv"
    assert latest.headers["Access-Control-Allow-Origin"] == "*"
    first = read(client.get("/data/1/figures.csv"))
    kept(tmp_path, 2)
    for address, leads_to in (
        ("/data/latest", "/data/2"),
        ("/data/latest/figures.csv", "/data/2/figures.csv"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)
    assert client.get("/data/latest/nothing.csv").status_code == 404
    assert read(client.get("/data/1/figures.csv")) == first
    # One made before releases had decisions says nothing of them.
    assert "and all decisions" not in client.get("/data/2").content.decode()
    assert "Release 1, 29 July 2020" in client.get("/data").content.decode()
    assert "There is a newer one" in client.get("/data/1").content.decode()


def test_a_release_stays_when_its_letter_is_withdrawn_and_says_what_was_put_right(letter, client, tmp_path):
    before = read(client.get("/data/1/figures.csv"))
    assert "Since then" not in client.get("/data/1").content.decode()
    workflow.withdraw(published.letters(HOUR).get(), factories.staff("editor"), "Sent in error.")
    for page in ("/data", "/data/1"):
        assert "Since then 1 letter was withdrawn" in client.get(page).content.decode()
    assert read(client.get("/data/1/figures.csv")) == before
    kept(tmp_path, 2)
    assert "Since then" not in client.get("/data/2").content.decode()
    assert "Since then 1 letter was withdrawn" in client.get("/data/1").content.decode()


def test_a_release_is_not_known_before_it_was_made(letter):
    assert not published.releases(HOUR - timedelta(milliseconds=1)).exists()
    assert published.releases(HOUR).exists()


def test_a_withdrawn_release_is_given_to_nobody_and_says_why(letter, client, tmp_path):
    kept(tmp_path, 2)
    call_command("withdraw_release", 2, "It held an edition that came out too early.", stdout=StringIO())
    for address in ("/data/2", "/data/2/figures.csv", "/data/2/nothing.csv"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "It held an edition that came out too early." in answer.content.decode()
    assert client.get("/data/latest").headers["Location"] == "/data/1"
    page = client.get("/data").content.decode()
    assert "Latest: release 1" in page
    assert "withdrawn on" in page
    assert "/data/2/figures.csv" not in page
    for number, note in ((2, "Again."), (3, "Nothing there."), (1, " ")):
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("withdraw_release", number, note)
    said = make_release(clock.now())
    assert "release 1 of 29 July 2020" in said
    make_release(clock.now(), even_if_unchanged=True)
    assert client.get("/data/latest").headers["Location"] == "/data/3"
