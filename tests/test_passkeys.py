"""Passkeys of staff: shown instead of a code, and refused where a part of the answer is not as it was asked for."""

import logging

import pytest
import time_machine
from django.utils import timezone

from history.models import Line
from staff.second_factor import codes, factors
from tests import factories
from tests.devices import HERE, Device
from tests.second_factor.world import is_in, signed_in
from tests.staff_pages import text

pytestmark = pytest.mark.django_db

VERIFY, YOURS, ADD = (f"/admin/second-factor/{part}" for part in ("verify/", "", "passkeys/add/"))
NOT_TAKEN, NOT_ADDED = "The passkey was not taken.", "Nothing was added: try again."
WRONG = {
    "another site's page": {"origin": "https://evil.example"},
    "a neighbour's page": {"origin": "http://localhost:9000"},
    "another site": {"host": "evil.example"},
    "another question": {"challenge": "YW5vdGhlciBxdWVzdGlvbg"},
    "an answer of another kind": {"type_": "payment.get"},
    "nobody there": {"present": False},
}
NONSENSE = [
    *("", "{}", "[]", "1", "null", "x", '{"id": 1}', "[" * 9000, "\x00", "9" * 21_000),
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA"}}',
]


@pytest.fixture(autouse=True)
def site(settings):
    settings.SECOND_FACTOR, settings.SITE_ADDRESS = True, HERE
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def person(name: str):
    """Somebody with an app set up, in a browser in which a recovery code was shown."""
    user = factories.staff(name)
    _, recovery = factors.set_up(user, codes.new_seed(), 0, instead_of=None)
    client = signed_in(user)
    client.post(VERIFY, {"code": recovery[0]})
    return user, client


def asked(client, where: str) -> dict:
    return client.get(where).context["options"]["publicKey"]


def add(client, device, name="Laptop", **wrong):
    return client.post(ADD, {"name": name, "passkey": device.made(asked(client, ADD), **wrong)})


def show(client, device, **wrong):
    return client.post(VERIFY, {"passkey": device.shown(asked(client, VERIFY), **wrong)})


@pytest.fixture
def ada():
    user, client = person("ada")
    user.device = Device()
    assert add(client, user.device).url == YOURS
    user.client = client
    return user


def test_t68_a_passkey_shows_the_second_factor(ada, caplog):
    caplog.set_level(logging.DEBUG)
    client = signed_in(ada)
    before = client.cookies["sessionid"].value
    assert show(client, ada.device).url == "/admin/"
    assert client.cookies["sessionid"].value != before
    assert is_in(client)
    deeds = Line.objects.filter(subject_id=str(ada.pk)).values_list("deed", flat=True)
    assert "Added the passkey “Laptop”." in deeds
    assert f"Second factor shown, a passkey: user {ada.pk}, from 127.0.0.1" in caplog.messages
    assert not [each for each in caplog.records if each.name.startswith("fido2")], "it would name the device"


@pytest.mark.parametrize("wrong", WRONG)
def test_t68_an_answer_that_is_wrong_in_one_part_lets_nobody_in_and_adds_nothing(ada, wrong):
    client = signed_in(ada)
    assert NOT_TAKEN in text(show(client, ada.device, **WRONG[wrong]))
    assert not is_in(client)
    assert NOT_ADDED in text(add(ada.client, Device(b"another"), **WRONG[wrong]))
    assert ada.passkeys.count() == 1


@pytest.mark.parametrize("answer", NONSENSE, ids=range(len(NONSENSE)))
def test_what_is_no_answer_is_refused_in_words(ada, answer):
    client = signed_in(ada)
    client.get(VERIFY)
    assert 'class="errorlist' in text(client.post(VERIFY, {"passkey": answer}))
    ada.client.get(ADD)
    assert 'class="errorlist' in text(ada.client.post(ADD, {"name": "x", "passkey": answer}))
    assert ada.passkeys.count() == 1


def test_t68_an_answer_counts_once_and_in_its_own_session(ada):
    client, other = signed_in(ada), signed_in(ada)
    options = asked(client, VERIFY)
    answer = {"passkey": ada.device.shown(options)}
    asked(other, VERIFY)
    assert NOT_TAKEN in text(other.post(VERIFY, answer))
    assert client.post(VERIFY, answer).url == "/admin/"
    assert NOT_TAKEN in text(client.post(VERIFY, answer))
    fresh = signed_in(ada)
    assert NOT_TAKEN in text(fresh.post(VERIFY, answer)), "nothing was asked there"


def test_t68_no_other_key_and_nobody_elses(ada):
    client = signed_in(ada)
    assert NOT_TAKEN in text(show(client, Device(ada.device.credential_id)))
    assert NOT_TAKEN in text(show(client, Device(b"unknown", ada.device.key)))
    ben, bens = person("ben")
    add(bens, Device(b"ben's"))
    assert NOT_TAKEN in text(show(signed_in(ben), ada.device))


def test_t68_none_is_added_by_password_alone_or_before_an_app(ada, site):
    assert signed_in(ada).get(ADD).url == f"{VERIFY}?next={ADD}"
    assert signed_in(ada).post(ADD, {"name": "x", "passkey": "{}"}).url.startswith(VERIFY)
    assert signed_in(factories.staff("cleo")).get(ADD).url == f"{VERIFY}?next={ADD}"
    site.shift(11 * 60)
    assert ada.client.get(ADD).url == f"{VERIFY}?next={ADD}", "nor at a screen left open"


def test_t68_a_passkey_removed_or_reset_shows_nothing(ada, site):
    ben, bens = person("ben")
    remove = f"{YOURS}passkeys/{ada.passkeys.get().pk}/remove/"
    assert bens.post(remove).status_code == 404, "nobody else's"
    assert add(ada.client, Device(b"phone"), name="<b>Phone</b>").url == YOURS
    assert "&lt;b&gt;Phone" in ada.client.get(YOURS).content.decode()
    client = signed_in(ada)
    options = asked(client, VERIFY)
    assert ada.client.post(remove).url == YOURS
    assert NOT_TAKEN in text(client.post(VERIFY, {"passkey": ada.device.shown(options)}))
    factors.reset(ada, by=ben)
    assert not ada.passkeys.exists()
