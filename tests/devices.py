"""A device that makes passkeys and answers by them, as WebAuthn says; each of its parts can be told to be wrong."""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG
HERE = "http://localhost:8000"


@dataclass
class Device:
    """One key pair, and what it says of where and how it was asked."""

    credential_id: bytes = b"a device of the tests"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: dict, **wrong) -> str:
        """The answer to the question for a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        data = _data(options["rp"]["id"], FLAGS.AT, credential, **wrong)
        attested = AttestationObject.create("none", data, {})
        told = _told("webauthn.create", options, **wrong)
        return self._answer(clientDataJSON=told, attestationObject=bytes(attested))

    def shown(self, options: dict, **wrong) -> str:
        """The answer to the question for the passkey it has made."""
        data, told = _data(options["rpId"], FLAGS(0), b"", **wrong), _told("webauthn.get", options, **wrong)
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=told, authenticatorData=bytes(data), signature=signed)

    def _answer(self, **response: bytes) -> str:
        known = websafe_encode(self.credential_id)
        answer = {"id": known, "rawId": known, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(
            answer | {"response": {key: websafe_encode(value) for key, value in response.items()}}
        )


def _data(
    site: str, flags, credential: bytes, *, host: str = "", present: bool = True, **_
) -> AuthenticatorData:
    seen = FLAGS.UP if present else FLAGS(0)
    return AuthenticatorData.create(
        hashlib.sha256((host or site).encode()).digest(), flags | seen, 0, credential
    )


def _told(
    kind: str, options: dict, *, origin: str = HERE, challenge: str = "", type_: str = "", **_
) -> bytes:
    asked = challenge or options["challenge"]
    return json.dumps({"type": type_ or kind, "challenge": asked, "origin": origin}).encode()
