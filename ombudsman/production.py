"""What an installation that the public sees must be told, and what it is refused for.

It is one where SITE_ADDRESS names another host than this machine, and which is no demonstration. Nothing that matters
there is guessed: a wrong guess is an empty database in the wrong folder, a key that differs from host to host, or a
password that travels in the clear.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_MAKE_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
_KEY_LENGTH, _KEY_VARIETY = 50, 5


def is_for(site_address: str, demonstration: bool) -> bool:
    """Whether a site at this address is one that the public sees as the real one."""
    return not demonstration and not _is_this_machine(urlsplit(site_address).hostname or "")


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refusals(given: Mapping[str, str], debug: bool) -> list[str]:
    """Why a public installation must not start with these variables; each reason says what to set. None is good."""
    address = urlsplit(given.get("SITE_ADDRESS", ""))
    return [
        *_of_the_address(address),
        *_of_the_hosts(given.get("ALLOWED_HOSTS", ""), address),
        *_of_the_proxy(given.get("BEHIND_PROXY", "")),
        *_of_the_key(given.get("SECRET_KEY", "")),
        *_of_the_database(given.get("DATABASE_URL", "")),
        *_of_the_folder(given.get("DATA_DIR", "")),
        *(["DEBUG is on, which shows settings to visitors. Set DEBUG=0, or leave it out."] if debug else []),
    ]


def _of_the_address(address: SplitResult) -> Iterator[str]:
    if address.scheme != "https":
        yield (
            "SITE_ADDRESS does not begin with https://, so passwords would travel in the clear. Give the public "
            "address, as in SITE_ADDRESS=https://performance.example. (A site for this machine alone is at http://localhost.)"
        )
    if address.path.rstrip("/") or address.query or address.fragment:
        yield "SITE_ADDRESS has more than a host in it. Give it without a path, as in https://performance.example."


def _of_the_hosts(hosts: str, address: SplitResult) -> Iterator[str]:
    named = {word.strip().lower() for word in hosts.split(",") if word.strip()}
    if "*" in named:
        yield "ALLOWED_HOSTS lets every name in. Name the hosts that the site answers to, with commas between them."
    elif address.hostname not in named:
        yield f"ALLOWED_HOSTS does not name the site's own host. Set ALLOWED_HOSTS={address.hostname or '…'}."


def _of_the_proxy(said: str) -> Iterator[str]:
    if not said.strip():
        yield (
            "BEHIND_PROXY is not set. Set it to 1 if a proxy takes the requests and sets X-Forwarded-Proto and "
            "X-Forwarded-For itself, to 0 if the web server of this site does TLS by itself."
        )


def _of_the_key(key: str) -> Iterator[str]:
    if not key:
        yield f"SECRET_KEY is not set. Make one ({_MAKE_A_KEY}) and give it by SECRET_KEY or SECRET_KEY_FILE."
    elif len(key) < _KEY_LENGTH or len(set(key)) < _KEY_VARIETY or key.startswith("django-insecure-"):
        yield f"SECRET_KEY is one that could be guessed. Make one of {_KEY_LENGTH} characters or more: {_MAKE_A_KEY}."


def _of_the_database(address: str) -> Iterator[str]:
    if not address:
        yield (
            "DATABASE_URL is not set. Set it to postgresql://user:password@host/name; or, to stay with SQLite on one "
            "machine, to sqlite:////path/of/db.sqlite3."
        )
    elif address.startswith("sqlite:") and not address.startswith("sqlite:////"):
        yield (
            "DATABASE_URL is a SQLite database whose place depends on where the site is started, or one that is gone "
            "when it stops. Give the whole path, with four slashes: sqlite:////path/of/db.sqlite3."
        )


def _of_the_folder(folder: str) -> Iterator[str]:
    if not folder:
        yield "DATA_DIR is not set. Set it to the folder for letters and other files, outside the site's code."
    elif not Path(folder).is_absolute():
        yield f"DATA_DIR is {folder}, which depends on where the site is started. Give the whole path."
    elif not Path(folder).is_dir():
        yield (
            f"DATA_DIR is {folder}, and there is no such folder. Make it, or mount the disk it is on; it is not "
            "made by itself, since an empty folder would look like a site that lost its letters."
        )
