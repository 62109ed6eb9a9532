"""T62, T63: markup in any words that are kept stays words wherever they are shown, and no page asks another machine."""

import re
from itertools import count

import pytest
from django.apps import apps
from django.db import models

from tests.outgoing import outgoing  # noqa: F401
from tests.permissions import asking
from tests.permissions.world import made, path_of

pytestmark = pytest.mark.django_db

ROOMS = ("councils", "letters", "cases", "guidance", "auth")
# Names of rows, files and states by which the site finds its way; no person writes them.
OF_OURS = {
    "slug",
    "file",
    "sha256",
    "password",
    "codename",
    "code",
    "gss",
    "token_hash",
    "digest",
    "measure",
    "path",
    "reference",
    "category_slug",
    "outcome",
}
MARKUP = "\"'><i id=zyx onload=alert(1)>&zyx;"
RUNS = re.compile(r"<i id=zyx|<script>|javascript:alert|&zyx;")


def spoil():
    """Put markup into every text that a row has."""
    numbers = count()
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if is_words(field)]
        if model._meta.app_label not in ROOMS or not model._meta.managed or not fields:
            continue
        for row in model._default_manager.all():
            words = {field.name: f"{MARKUP}{next(numbers)}"[: field.max_length] for field in fields}
            filled = {name: value for name, value in words.items() if getattr(row, name)}
            model._default_manager.filter(pk=row.pk).update(**filled)


def is_words(field):
    kind = isinstance(field, models.CharField | models.TextField)
    return kind and not field.choices and not field.primary_key and field.name not in OF_OURS


# What a page might follow, asked of all by one of the two who look at them.
ELSEWHERE = {"url": "http://zyx.example/x", "next": "//zyx.example/"}


def test_markup_in_any_words_stays_words_on_every_page_and_none_asks_another_machine(settings, outgoing):  # noqa: F811
    world = made()
    settings.TWO_PEOPLE = True
    browsers = asking.members()
    addresses = {path_of(pattern, world) for pattern in asking.patterns()}
    spoil()
    shown = set()
    for path in sorted(addresses):
        for role, query in (("anonymous", ELSEWHERE), ("superuser", {})):
            response = browsers[role].get(path, query)
            if response.status_code != 200 or not response["Content-Type"].startswith(
                ("text/html", "image/svg")
            ):
                continue
            page = response.content.decode()
            assert not RUNS.search(page), (role, path, RUNS.search(page))
            if "&lt;i id=zyx" in page:
                shown.add(path)
    assert len(shown) > 20, shown
    assert outgoing == []
