"""What codes are made of: those of an app (RFC 6238), and those written down."""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime
from urllib.parse import urlsplit

import pyotp
from django.conf import settings
from django.utils.crypto import salted_hmac

STEP = 30  # seconds for which an app shows a code
RECOVERY_CODES = 10
# Twenty-four of these are 118 bits: nobody guesses them, so a plain hash keeps them (ASVS 6.5.2).
_LETTERS, _LENGTH, _GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 24, 4


def new_seed() -> str:
    """What an app's secret is made of, together with the site's key; of no use to anybody alone."""
    return secrets.token_hex(32)


def secret_of(seed: str) -> str:
    """The secret that the app holds: 160 bits, in letters and figures as apps take them."""
    digest = salted_hmac("staff.second_factor", seed, algorithm="sha256").digest()
    return base64.b32encode(digest[:20]).decode()


def address_for_apps(seed: str, name: str) -> str:
    """The secret as an address that apps understand, with the site's host and the person's name to know it by."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or ""
    return pyotp.TOTP(secret_of(seed)).provisioning_uri(name=name, issuer_name=host)


def step_of(seed: str, typed: str, now: datetime) -> int | None:
    """In which half minute the app shows this code: the present one or one beside it; None if in none of them."""
    app, present = pyotp.TOTP(secret_of(seed)), int(now.timestamp()) // STEP
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(app.generate_otp(step), plain(typed)):
            return step
    return None


def is_of_an_app(typed: str) -> bool:
    """Whether this looks like a code of an app, and not like one that was written down."""
    return re.fullmatch(r"[0-9]{6}", plain(typed)) is not None


def new_recovery_code() -> str:
    """A code to write down, as it is shown."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def digest_of(code: str) -> str:
    """What is kept of a code that was written down."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


def plain(typed: str) -> str:
    """A code without the gaps between its groups; as ASCII, since the figures of other scripts are none."""
    return re.sub(r"[\s-]", "", typed).casefold().encode("ascii", "replace").decode()
