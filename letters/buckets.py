"""Private files in S3-compatible storage, for sites of several hosts (requirements-s3.txt, S3_BUCKET)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage

# A letter is small: whoever waits longer than this is told, and keeps the file.
_PATIENCE = Config(
    connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 3}, signature_version="s3v4"
)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """What goes wrong with the bucket looks like what goes wrong with a disk, for those who catch that."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(None, "The bucket of private files does not answer as it should.") from error


@deconstructible
class Bucket(S3Storage):
    """Keys and regions are the SDK's own variables (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL_S3, …).

    A file is kept when the bucket has said so, and can be read by nobody without the site's own key.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **({"default_acl": None, "file_overwrite": False, "client_config": _PATIENCE} | settings)
        )

    def url(self, name: str, *_: Any, **__: Any) -> str:
        raise ValueError(
            "Private files have no address: they are streamed by views that decide who may see them."
        )

    def require_usable(self) -> None:
        """Raises OSError where the bucket is not there or not ours."""
        with _as_os_errors():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    def _open(self, name: str, mode: str = "rb") -> IO[bytes]:
        with _as_os_errors():
            file = super()._open(name, mode)
            # Fetched whole now, so that an answer that has begun does not break off.
            file.seek(0)
            return file

    def _save(self, name: str, content: Any) -> str:
        with _as_os_errors():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_os_errors():
            return super().exists(name)

    def get_modified_time(self, name: str) -> datetime:
        with _as_os_errors():
            return super().get_modified_time(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            return super().listdir(path)

    def size(self, name: str) -> int:
        with _as_os_errors():
            return super().size(name)
