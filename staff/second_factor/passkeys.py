"""Passkeys (WebAuthn): a device shows the second factor by signing what it is asked; beside an app, never instead."""

import json
import struct
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
)

from staff.models import Passkey
from staff.second_factor.factors import told

# In the session: what the device was asked, which is asked once.
_ASKED = "staff-passkey-asked"
# What the library says of an answer that is none.
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RuntimeError, struct.error)


class NotTaken(Exception):
    """The device's answer is none to what it was asked here."""


def _server() -> Fido2Server:
    host = urlsplit(settings.SITE_ADDRESS).hostname or ""
    site = PublicKeyCredentialRpEntity(id=host, name=host)
    return Fido2Server(site, verify_origin=lambda origin: origin == settings.SITE_ADDRESS)


def _of(user: Any) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(each.credential)) for each in user.passkeys.all()]


def ask_to_add(request) -> dict[str, Any]:
    """What the browser is to ask the device for, so that it makes a passkey for this person."""
    name = request.user.get_username()
    whose = PublicKeyCredentialUserEntity(id=str(request.user.pk).encode(), name=name, display_name=name)
    options, request.session[_ASKED] = _server().register_begin(whose, _of(request.user))
    return dict(options)


def add(request, name: str, answer: str) -> None:
    """Take the passkey that the device has made. Raises NotTaken."""
    asked = request.session.pop(_ASKED, None)
    try:
        made = _server().register_complete(asked, _parsed(answer)).credential_data
    except _FAULTS as fault:
        raise NotTaken from fault
    with told(request.user, request.user, f"Added the passkey “{name}”."):
        request.user.passkeys.create(name=name, credential=bytes(made), added_at=timezone.now())


def ask_to_show(request) -> dict[str, Any] | None:
    """What the browser is to ask the device for, so that it shows a passkey; None for who has none."""
    credentials = _of(request.user)
    if not credentials:
        return None
    options, request.session[_ASKED] = _server().authenticate_begin(credentials)
    return dict(options)


def check(request, answer: str) -> None:
    """See that a passkey of this person has signed what was asked in this session. Raises NotTaken."""
    asked = request.session.pop(_ASKED, None)
    try:
        _server().authenticate_complete(asked, _of(request.user), _parsed(answer))
    except _FAULTS as fault:
        raise NotTaken from fault


def _parsed(answer: str) -> dict[str, Any]:
    parsed = json.loads(answer)
    if not isinstance(parsed, dict):
        raise TypeError("The answer is no object.")
    return parsed


def remove(request, passkey: Passkey) -> None:
    """Take a passkey away: the device shows nothing by it any more."""
    with told(request.user, request.user, f"Removed the passkey “{passkey.name}”."):
        passkey.delete()
