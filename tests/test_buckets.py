"""Private files in S3-compatible storage: the same promises as on a disk, held against moto's server."""

from datetime import timedelta

import boto3
import pytest
import time_machine
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer

from letters import clock, leftovers, reading, storage, uploads, workflow
from letters.models import Letter, ReleaseFile, State
from operating.backup import restoring
from operating.integrity import files
from tests import factories
from tests.operators import parts_of
from tests.releases import make_release

pytestmark = pytest.mark.django_db

NAME = "private-letters"


@pytest.fixture(scope="module")
def server():
    """An S3 that lives as long as these tests."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    started.start()
    yield "http://{}:{}".format(*started.get_host_and_port())
    started.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """A site whose private files lie in an empty bucket."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-2",
        "AWS_ENDPOINT_URL_S3": server,
    }.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "letters.buckets.Bucket", "OPTIONS": {"bucket_name": NAME}}
    }
    settings.S3_BUCKET = NAME
    kept = boto3.resource("s3").Bucket(NAME)
    kept.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield kept
    kept.objects.all().delete()
    kept.delete()


def published(staff, content):
    """A letter with this content that anybody may read."""
    review = factories.edition(2020)
    letter = factories.letter(review, staff, council=factories.council("Sometown Council"), pdf=content)
    workflow.approve(letter, staff, reason="Looked at.")
    workflow.schedule(review, clock.now() - timedelta(seconds=1), staff, acknowledged=True)
    letter.refresh_from_db()
    return letter


def test_an_upload_lies_in_the_bucket_under_a_name_nobody_guesses_and_nowhere_else(
    bucket, staff, private_files
):
    content = factories.pdf_bytes()
    letter = workflow.receive(content, "Zyxwold.pdf", staff)
    (kept,) = bucket.objects.all()
    assert kept.key == letter.file.name
    assert "Zyxwold" not in kept.key
    assert kept.get()["Body"].read() == content
    assert not private_files.exists()
    with letter.file.open("rb") as file:
        assert file.read() == content
    assert letter.file.storage.listdir("letters") == ([], [letter.file.name.removeprefix("letters/")])


def test_a_private_file_has_no_address_and_is_given_to_nobody_else(bucket, staff):
    letter = workflow.receive(factories.pdf_bytes(), "a.pdf", staff)
    with pytest.raises(ValueError, match="no address"):
        letter.file.url  # noqa: B018
    grants = bucket.Object(letter.file.name).Acl().grants
    assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}


def test_a_letter_whose_file_is_gone_from_the_bucket_says_so(bucket, staff):
    letter = workflow.receive(factories.pdf_bytes(), "a.pdf", staff)
    bucket.objects.all().delete()
    reading.read(str(letter.pk))
    letter.refresh_from_db()
    assert letter.state == State.UNREADABLE
    assert "no longer in the storage" in letter.unreadable_reason


def test_what_keeps_an_edition_from_its_hour_is_found_in_the_bucket(bucket, staff):
    letters = [factories.approved_letter(factories.edition(2020), staff) for _ in range(3)]
    assert workflow.obstacles(letters[0].review) == []
    bucket.Object(letters[1].file.name).delete()
    [found] = workflow.obstacles(letters[0].review)
    assert (found.letter, "Its PDF is missing." in found.message) == (letters[1], True)


def test_the_public_gets_a_letter_whole_and_in_parts(client, bucket, staff):
    published(staff, factories.pdf_bytes())
    address = "/your-councils-performance/sometown-council/annualletters/2020.pdf"
    whole = client.get(address)
    content = b"".join(whole.streaming_content)
    assert whole.status_code == 200
    assert content.startswith(b"%PDF-")
    part = client.get(address, headers={"Range": "bytes=5-14"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == content[5:15]


def test_an_upload_that_the_bucket_does_not_take_is_refused_and_nothing_is_kept(bucket, staff):
    bucket.objects.all().delete()
    bucket.delete()
    file = SimpleUploadedFile("a.pdf", factories.pdf_bytes())
    upload = uploads.take_in([file], staff)
    assert upload.rows[0]["outcome"] == "refused"
    assert "could not be stored" in upload.rows[0]["message"]
    assert not Letter.objects.exists()
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})


def test_a_bucket_that_is_gone_is_not_ready(client, bucket):
    assert client.get("/readyz").status_code == 200
    bucket.delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert parts_of(response)["storage"] == "does not answer"
    assert NAME.encode() not in response.content
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})


def test_what_goes_wrong_in_a_bucket_is_an_oserror_without_the_buckets_name(bucket):
    bucket.delete()
    with pytest.raises(OSError, match="does not answer as it should") as failed:
        storage.PrivateStorage().save("letters/x", ContentFile(b"x"))
    assert isinstance(failed.value.__cause__, ClientError)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})


def test_leftovers_in_a_bucket_are_found_and_swept_away(bucket, staff):
    """What another file holds for a letter is removed after an hour; what nobody else has is told of, and kept."""
    letter = workflow.receive(factories.pdf_bytes(), "a.pdf", staff)
    with letter.file.open("rb") as file:
        content = file.read()
    bucket.put_object(Key="letters/repeated.pdf", Body=content)
    bucket.put_object(Key="letters/lost.pdf", Body=b"%PDF-lost")
    assert leftovers.remove_leftovers() == 0
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert leftovers.remove_leftovers() == 1
        told = [fault for fault in files.faults() if fault.code == "file-orphan"]
    assert [fault.message.split()[0] for fault in told] == ["letters/lost.pdf"]
    assert {kept.key for kept in bucket.objects.all()} == {letter.file.name, "letters/lost.pdf"}
    assert not [fault for fault in files.faults() if fault.code == "file-missing"]


def test_a_letter_missing_from_the_bucket_is_a_fault(bucket, staff):
    workflow.receive(factories.pdf_bytes(), "a.pdf", staff)
    bucket.objects.all().delete()
    assert [fault.code for fault in files.faults()] == ["file-missing"]


@pytest.mark.parametrize("there", [b"", b"%PDF-1.7 the same", b"%PDF-1.7 another"])
def test_a_backup_is_put_back_over_what_lies_in_the_bucket(bucket, tmp_path, there):
    source = tmp_path / "letter.pdf"
    source.write_bytes(b"%PDF-1.7 the same")
    if there:
        bucket.put_object(Key="letters/letter.pdf", Body=there)
    restoring.put_back(source, "letters/letter.pdf")
    (kept,) = bucket.objects.all()
    assert (kept.key, kept.get()["Body"].read()) == ("letters/letter.pdf", source.read_bytes())


def test_a_data_release_lies_in_the_bucket_and_the_next_is_held_against_it(client, bucket, staff):
    published(staff, factories.pdf_bytes())
    make_release(clock.now())
    kept = {each.key for each in bucket.objects.filter(Prefix="releases/")}
    assert kept == set(ReleaseFile.objects.values_list("file", flat=True))
    assert b"sometown-council" in b"".join(client.get("/data/1/figures.csv").streaming_content)
    assert "Nothing has changed since release 1" in make_release(clock.now())
