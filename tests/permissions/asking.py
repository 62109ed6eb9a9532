"""Asks the whole site as each role, and writes the answers as lines of a table."""

from collections.abc import Callable
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from django.utils.http import urlencode

from letters.models import Letter
from tests import factories

# What is sent for a deed: the address and the form's fields.
Deed = Callable[[Letter], tuple[str, dict[str, str]]]

ROLES = ("anonymous", "uploader", "reviewer", "publisher", "auditor", "superuser")
# Who asks for the public pages: whoever has least, and whoever has most.
PUBLIC = ("anonymous", "superuser")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Whoever sends what no address takes is sent away before anything is read: by one database as by another.
TAKEN = ("GET", "POST")
FORM = "application/x-www-form-urlencoded"


def patterns(found=None, before: str = "") -> list[str]:
    """Every pattern of the URL configuration, as Django would match it."""
    routes: list[str] = []
    for each in get_resolver().url_patterns if found is None else found:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            routes.append(route)
        else:
            routes += patterns(each.url_patterns, route)
    return list(dict.fromkeys(routes))


def members() -> dict[str, Client]:
    """A browser for each role, signed in as a member of it."""
    browsers = {"anonymous": Client()}
    for role in ROLES[1:]:
        user = factories.staff(role) if role == "superuser" else factories.member(role)
        browsers[role] = Client()
        browsers[role].force_login(user)
    return browsers


@contextmanager
def undone():
    """What is done within is undone; a transaction of its own would not be let into one that writes history."""
    savepoint = transaction.savepoint()
    yield
    transaction.savepoint_rollback(savepoint)


def answer(browser: Client, method: str, path: str) -> HttpResponseBase:
    """What this browser is told; whatever the request changed is undone, and no cookie of it is kept."""
    with undone():
        return answer_once(browser, method, path, {})


def answer_once(browser: Client, method: str, path: str, data: dict[str, str]) -> HttpResponseBase:
    """What this browser is told, which keeps no cookie of it but its session."""
    session = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    kept = {session.key: session.value} if session else {}
    response = browser.generic(method, path, urlencode(data), content_type=FORM)
    browser.cookies = SimpleCookie(kept)
    return response


def in_short(response: HttpResponseBase) -> str:
    """The answer in one word of the table."""
    where = response.headers.get("Location", "")
    if where.startswith("/admin/login/"):
        return "sign-in"
    return "leads-on" if where else str(response.status_code)


def line(what: str, told: tuple[str, ...]) -> str:
    return f"{what:100} {' '.join(f'{cell:9}' for cell in told)}".rstrip()


def methods() -> tuple[str, ...]:
    return METHODS if connection.vendor == "sqlite" else TAKEN


def lines_of_addresses(browsers: dict[str, Client], addresses: dict[str, str]) -> list[str]:
    """A line for each address and each of its methods; methods that are answered alike share one."""
    lines = []
    for pattern, path in addresses.items():
        alike: dict[tuple[str, ...], list[str]] = {}
        asking = ROLES if path.startswith("/admin") else PUBLIC
        for method in methods():
            told = tuple(in_short(answer(browsers[role], method, path)) for role in asking)
            alike.setdefault(told, []).append(method)
        lines += [line(f"/{pattern} {'+'.join(shared)}", told) for told, shared in alike.items()]
    return lines


def by_method(lines: list[str]) -> dict[tuple[str, str], list[str]]:
    """What is told to each role, of lines of addresses, by pattern and method."""
    cells = [each.split() for each in lines]
    return {(pattern, each): told for pattern, shared, *told in cells for each in shared.split("+")}


def lines_of_deeds(
    browsers: dict[str, Client], letters: dict[str, Letter], deeds: dict[str, Deed]
) -> list[str]:
    """A line for each deed and each state of a letter; states in which the same comes of it share one."""
    lines = []
    for name, deed in deeds.items():
        alike: dict[tuple[str, ...], list[str]] = {}
        for state, letter in letters.items():
            told = tuple(_came_of_it(browsers[role], letter, deed) for role in ROLES)
            alike.setdefault(told, []).append(state)
        lines += [line(f"{name}: {', '.join(states)}", told) for told, states in alike.items()]
    return lines


def _came_of_it(browser: Client, letter: Letter, deed: Deed) -> str:
    """Whether the deed was done, judged by the database and not by what the page says."""
    path, data = deed(letter)
    before = _row(letter)
    with undone():
        response = answer_once(browser, "POST", path, data)
        done = _row(letter) != before
    told = in_short(response)
    if told in {"sign-in", "403", "404"}:
        assert not done, path
        return told
    return "done" if done else "refused"


def _row(letter: Letter) -> dict:
    return Letter.objects.filter(pk=letter.pk).values().get()
