"""Nothing early: an anonymous visitor, whatever is asked for, cannot tell a letter under embargo from none at all."""

import re
from datetime import UTC, timedelta
from datetime import datetime as DateTime
from time import tzset
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from letters import pictures, workflow
from letters.models import Letter
from ombudsman.urls import urlpatterns
from tests import factories
from tests.canaries import BEFORE, HOUR, SLUG, TRACES, addresses, answer

pytestmark = pytest.mark.django_db

HEADERS = [
    {},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_RANGE": "bytes=0-99", "HTTP_IF_MODIFIED_SINCE": "Sat, 29 Jul 2000 00:00:00 GMT"},
]


def ways(letter):
    """By what methods and headers each address is asked. Only GET makes pages of rows: of every database, that is."""
    true = [letter.sha256, letter.clean_copy.sha256, f"{letter.clean_copy.sha256}-1-{pictures.WIDTH}"]
    validators = {"HTTP_IF_NONE_MATCH": ", ".join(f'"{each}"' for each in true)}
    if connection.vendor != "sqlite":
        return [("GET", {}), ("GET", validators)]
    headers = [*HEADERS, validators]
    return [*(("GET", each) for each in headers), ("HEAD", {}), ("OPTIONS", {}), ("POST", {})]


def answers(letter):
    return {
        (method, address, str(headers)): answer(method, address, headers)
        for address in addresses(letter)
        for method, headers in ways(letter)
    }


def test_before_the_hour_everything_answers_as_if_there_were_no_letter(canary):
    """T45: the same to the byte, body and headers, as when the letter was never received."""
    with time_machine.travel(BEFORE, tick=False):
        with_it = answers(canary)
        for (_, address, _), (_, headers, body) in with_it.items():
            # The search page repeats what was searched for, and a page may happen to be as long as a trace says: that
            # it is as long without the letter is looked at below.
            said = str(headers | {"Content-Length": ""})
            for trace in [trace for trace in TRACES if trace not in address]:
                assert trace.encode() not in body
                assert trace not in said
        factories.forget(Letter.objects.all())
        assert answers(canary) == with_it


def test_before_the_hour_its_address_is_the_404_of_what_never_was(canary):
    """T45: an address that exists and waits, one of another year, and one of no council are not told apart."""
    with time_machine.travel(BEFORE, tick=False):
        for part in (".pdf", "", "/pages/1", "/pages/1.webp"):
            hidden = answer("GET", f"/your-councils-performance/{SLUG}/annualletters/2020{part}", {})
            for never in (
                f"/your-councils-performance/{SLUG}/annualletters/2019{part}",
                f"/your-councils-performance/no-such-council/annualletters/2020{part}",
            ):
                assert answer("GET", never, {}) == hidden
            assert hidden[0] == 404


def test_at_the_hour_all_of_it_is_there(canary):
    at = f"/your-councils-performance/{SLUG}"
    with time_machine.travel(HOUR, tick=False):
        status, _, body = answer("GET", f"{at}/statistics?year=2020", {})
        assert status == 200
        assert b"87.31" in body
        assert b"4,711" in body
        status, headers, body = answer("GET", f"{at}/annualletters/2020.pdf", {})
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        with canary.clean_copy.file.open("rb") as file:
            assert body == file.read()
        assert b"2020.pdf" in answer("GET", f"{at}/annualletters", {})[2]
        for page in ("take-along", "committee-pack", "card"):
            assert b"4,711 of 8,642" in answer("GET", f"{at}/{page}?year=2020", {})[2]
        status, _, body = answer("GET", f"{at}/committee-pack/2020.pdf", {})
        assert (status, body[:5]) == (200, b"%PDF-")
        assert (
            b"card?year=2020"
            in answer("GET", f"/oembed?url=http://localhost:8000{at}/card%3Fyear=2020", {})[2]
        )
        assert b"87.31% of 8642" in answer("GET", f"{at}/annualletters/2020", {})[2]
        assert b"Zyxwold" in answer("GET", f"{at}/annualletters/2020/pages/1", {})[2]
        assert f"{at}/annualletters/2020/pages/1".encode() in answer("GET", "/letters?q=Zyxwold", {})[2]
        status, headers, _ = answer("GET", f"{at}/annualletters/2020/pages/1.webp", {})
        assert (status, headers["Content-Type"]) == (200, "image/webp")


def test_no_address_serves_stored_files(canary, private_files):
    """T45: letters lie under random names of 128 bits, outside any served folder, for their owner's eyes only."""
    [path] = private_files.glob("letters/*")
    assert len(path.stem) == 32
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="no address"):
        _ = canary.file.url


def every_address(patterns, before=""):
    """Every address below these patterns, with the pattern's own words for its parts."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from every_address(pattern.url_patterns, here)
        else:
            yield here


def filled(pattern, letter):
    """The address with what would lead to the canary, if anything did."""
    parts = {
        "uuid": letter.pk,
        "int": letter.review_id,
        "slug": "withdraw",
        "path": letter.pk,
        "str": letter.pk,
    }
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda part: str(parts.get(part[1] or "str", letter.pk)), pattern)
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]|\\Z", "", address)


def test_every_address_of_staff_is_the_same_to_outsiders_with_the_letter_and_without(canary):
    """The whole of the URL configuration, taken from it: a new address is tried without a line here."""
    root = [pattern for pattern in urlpatterns if str(pattern.pattern)]
    assert {str(pattern.pattern) for pattern in root} == {
        *("admin", "admin/", "admin/second-factor/", "admin/password_change/"),
        *("admin/auth/user/<id>/password/", "admin/auth/user/add/", "signed-in"),
    }
    # The page to sign in by has a token of its own each time.
    tried = [filled(pattern, canary) for pattern in every_address(root) if pattern != "admin/login/"]
    assert f"/admin/letters/letter/{canary.pk}/letter.pdf" in tried
    with time_machine.travel(BEFORE, tick=False):
        with_it = {address: answer("GET", address, {}) for address in tried}
        for address, (status, headers, body) in with_it.items():
            told_to_all = {"/admin/jsi18n/": 200, "/signed-in": 401}
            assert status in {301, 302, 404, 405, told_to_all.get(address)}, address
            assert not [trace for trace in TRACES if trace.encode() in body or trace in str(headers)]
            assert headers["Cache-Control"] == "private, no-store" or status == 404
        factories.forget(Letter.objects.all())
        assert {address: answer("GET", address, {}) for address in tried} == with_it


LONDON = ZoneInfo("Europe/London")
HOURS = {
    "in summer": DateTime(2020, 7, 29, 9, 30, tzinfo=LONDON),
    "in winter": DateTime(2021, 1, 13, 9, 30, tzinfo=LONDON),
    "before the clocks go forward": DateTime(2021, 3, 28, 0, 59, tzinfo=LONDON),
    "after they went forward": DateTime(2021, 3, 28, 2, 0, tzinfo=LONDON),
    "before the clocks go back": DateTime(2020, 10, 25, 0, 59, tzinfo=LONDON),
    "after they went back": DateTime(2020, 10, 25, 2, 0, tzinfo=LONDON),
}


@pytest.mark.parametrize("hour", HOURS.values(), ids=HOURS)
def test_t40_t41_the_hour_is_londons_wherever_the_server_stands(canary, hour, monkeypatch):
    """A millisecond before it nothing, at it everything, where the server's own clock shows another time."""
    monkeypatch.setenv("TZ", "America/New_York")
    tzset()
    try:
        at = f"/your-councils-performance/{SLUG}"
        asked = [f"{at}/statistics?year=2020", f"{at}/annualletters/2020.pdf", f"{at}/annualletters/2020"]
        everywhere = [*asked, f"{at}/annualletters", "/national-picture", "/", "/map", f"{at}/card?year=2020"]
        everywhere.append("/letters?q=of")
        with time_machine.travel(BEFORE, tick=False):
            workflow.schedule(canary.review, hour, canary.approved_by, acknowledged=True)
        with time_machine.travel(hour.astimezone(UTC) - timedelta(milliseconds=1), tick=False):
            hidden = [answer("GET", address, {}) for address in everywhere]
            assert [status for status, _, _ in hidden[:3]] == [404, 404, 404]
            assert not [
                trace for trace in TRACES if trace.encode() in b"".join(body for _, _, body in hidden)
            ]
        with time_machine.travel(hour, tick=False):
            shown = [answer("GET", address, {}) for address in everywhere]
            assert [status for status, _, _ in shown] == [200] * 6 + [302, 200, 200]
            assert b"2020.pdf" in shown[3][2]
    finally:
        monkeypatch.undo()
        tzset()


def test_withdrawn_before_its_hour_it_is_after_it_what_never_was(canary):
    with time_machine.travel(BEFORE, tick=False):
        workflow.withdraw(canary, canary.approved_by, "Zyxwold")
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        asked = addresses(canary)
        with_it = [answer("GET", address, {}) for address in asked]
        factories.forget(Letter.objects.all())
        assert [answer("GET", address, {}) for address in asked] == with_it
