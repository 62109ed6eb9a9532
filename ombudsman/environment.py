"""Reads the environment: each variable is what it should be, or the message says what to set."""

import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

_ON, _OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def switch(name: str, default: bool = False) -> bool:
    """A variable that is "1"/"true"/"yes"/"on" or "0"/"false"/"no"/"off"."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", *_ON, *_OFF}:
        return default if value == "" else value in _ON
    raise ImproperlyConfigured(f"{name} is {value!r}: say 1 or 0.")


def words(name: str, default: str) -> list[str]:
    """A variable of words with commas between them."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def site_address(name: str, default: str) -> str:
    """A variable that is the site's own address, without a slash at its end."""
    value = os.environ.get(name, default).rstrip("/")
    parts = _parsed(value)
    if parts is None or parts.username is not None:
        raise ImproperlyConfigured(f"{name} is no address: give one such as https://performance.example.")
    return value


def _parsed(address: str) -> SplitResult | None:
    """The parts of an address; None for what is none."""
    try:
        parts = urlsplit(address)
        # Looked at only when it is asked for.
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_plain_http(address: str) -> bool:
    parts = _parsed(address)
    return parts is not None and parts.scheme == "http" and bool(parts.hostname)


def addresses(name: str) -> list[str]:
    """A variable of http:// addresses with commas between them."""
    found = words(name, "")
    if odd := [each for each in found if not _is_plain_http(each)]:
        raise ImproperlyConfigured(
            f"{name} has {odd[0]!r}: give addresses such as http://127.0.0.1:8081/purge."
        )
    return found


def number(name: str, default: int, least: int = 0) -> int:
    """A variable that is a whole number, 0 or more unless told otherwise."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    # No more figures than any of them needs: what has thousands is not even a number to Python.
    if not re.fullmatch("[0-9]{1,12}", value) or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}: say a whole number, {least} or more.")
    return int(value)


def choice(name: str, default: str, *choices: str) -> str:
    """A variable that is one of a few words."""
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}: say {' or '.join(choices)}.")
    return value


def networks(name: str, default: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """A variable of networks or single addresses with commas between them, as in "10.1.0.0/16,::1"."""
    try:
        return [ipaddress.ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}. Give networks such as 10.1.0.0/16.") from error


def folder(name: str, default: Path) -> Path:
    """A variable that names a folder, which is made where there is none."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {path}, and no such folder can be made ({error.strerror}). Name another one."
        ) from error
    return path


def secret(name: str) -> str:
    """A variable that may stand in a file of its own instead, named by NAME_FILE; empty if neither is given."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE is {path}, which cannot be read: {error}.") from error
    return os.environ.get(name, "")
