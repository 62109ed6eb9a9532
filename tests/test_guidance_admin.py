"""Writing guidance in the admin: who may, what the pages say, and that nothing of a draft gets out."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from guidance import editing, published, standing
from guidance.models import Version
from guidance.shipped import SHIPPED
from tests import factories
from tests.staff_pages import text

pytestmark = pytest.mark.django_db

SLUG = "how-to-complain"
SEE, ADD, CHANGE, PUBLISH = "view_page", "add_page", "change_page", "publish_page"
ALL = {SEE, ADD, CHANGE, PUBLISH}
PAGES = [
    ("changelist", [], ["GET"], {SEE}),
    ("add", [], ["GET", "POST"], {SEE, ADD}),
    ("change", [SLUG], ["GET"], {SEE}),
    ("change", [SLUG], ["POST"], {SEE, CHANGE}),
    ("history", [SLUG], ["GET"], {SEE}),
    ("preview", [SLUG, 1], ["GET"], {SEE}),
    ("compare", [SLUG], ["GET"], {SEE}),
    ("put_back", [SLUG, 1], ["POST"], {SEE, CHANGE}),
    ("do", [SLUG, "publish"], ["POST"], {SEE, PUBLISH}),
    ("do", [SLUG, "take-off"], ["POST"], {SEE, PUBLISH}),
    ("do", [SLUG, "keep-ours"], ["POST"], {SEE, CHANGE}),
]
CASES = [(name, of, method, needs) for name, of, methods, needs in PAGES for method in methods]


@pytest.fixture
def staff(client):
    user = factories.staff()
    client.force_login(user)
    return user


@pytest.fixture
def draft(staff):
    return editing.save_draft(
        SLUG, 0, staff, title="Draft-canary", text="Zyxwold-canary\n", summary="Why-canary"
    )


def address(name, of=(SLUG,)):
    query = "?from=1&to=2" if name == "compare" else ""
    return reverse(f"admin:guidance_page_{name}", args=of) + query


def filled(client, where, **changes):
    form = client.get(where).context["form"]
    return (
        {field.html_name: "" if field.value() is None else field.value() for field in form}
        | {"summary": "A change"}
        | changes
    )


def with_permissions(*codenames) -> User:
    User.objects.filter(username="limited").delete()
    user = User.objects.create_user("limited", password="x", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=codenames, content_type__app_label="guidance")
    )
    return user


def test_every_staff_address_of_guidance_is_in_the_table():
    [registered] = [each for each in admin.site._registry.values() if each.opts.app_label == "guidance"]
    named = {pattern.name for pattern in registered.get_urls() if pattern.name}
    assert named - {"guidance_page_delete"} == {f"guidance_page_{name}" for name, *_ in PAGES}


@pytest.mark.parametrize(("name", "of", "method", "needs"), CASES)
def test_only_who_has_what_it_takes_gets_an_answer(draft, name, of, method, needs):
    where, before = address(name, of), list(Version.objects.values())
    anonymous = Client().generic(method, where)
    assert anonymous.status_code == 302
    assert anonymous.url.startswith("/admin/login/")
    for missing in sorted(needs):
        limited = Client()
        limited.force_login(with_permissions(*(ALL - {missing})))
        response = limited.generic(method, where, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 403, missing
        assert response.headers["Cache-Control"] == "private, no-store"
    assert list(Version.objects.values()) == before
    allowed = Client()
    allowed.force_login(with_permissions(*needs))
    response = allowed.generic(method, where, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 302}
    assert response.headers["Cache-Control"] == "private, no-store"


def test_nobody_deletes_a_page(client, draft):
    assert client.get(address("delete")).status_code == 403
    assert client.post(address("delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "of", "query", "status"),
    [
        ("change", ["nothing"], "", 404),
        ("preview", [SLUG, 99], "", 404),
        ("preview", ["nothing", 1], "", 404),
        ("compare", [SLUG], "", 404),
        ("compare", [SLUG], "from=1&to=99", 404),
        ("compare", [SLUG], "from=1&to=٢", 404),
        ("compare", [SLUG], f"from=1&to={'9' * 5000}", 404),
        ("compare", [SLUG], "from=1&to=shipped", 200),
        ("compare", [SLUG], "from=shipped&to=2", 200),
    ],
)
def test_odd_addresses_get_a_page(client, draft, name, of, query, status):
    where = reverse(f"admin:guidance_page_{name}", args=of)
    assert client.get(f"{where}?{query}").status_code == status


def test_from_a_draft_by_its_preview_to_the_public_page(client, staff, settings):
    settings.CONTACT_EMAIL = "figures@example.org"
    where = address("change")
    sent = filled(client, where, title="Complaining", text="Short.\r\n\r\n{{ contact }}.\r\n", preview="x")
    preview = client.post(where, sent, follow=True)
    assert preview.redirect_chain == [(address("preview", [SLUG, 2]), 302)]
    assert preview.headers["Cache-Control"] == "private, no-store"
    assert "which has not been published" in text(preview)
    shown = public_part(preview)
    assert '<a href="mailto:figures@example.org">' in shown
    assert published.page(SLUG) == SHIPPED[SLUG]
    answer = client.post(address("do", [SLUG, "publish"]), {"seen": 2}, follow=True)
    assert "Published: everyone sees it now." in text(answer)
    assert public_part(Client().get(f"/{SLUG}")) == shown
    assert client.get(where).context["form"]["text"].value() == "Short.\n\n{{ contact }}.\n"
    assert "Version 2 published." in text(client.get(address("history")))


def public_part(response) -> str:
    """What stands between the header and the footer."""
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_nothing_of_a_draft_gets_out(client, draft):
    editing.save_draft(
        "canary-page", 0, draft.author, title="Draft-canary", text="Zyxwold-canary\n", summary="x"
    )
    anonymous = Client()
    for where in (
        "/",
        "/guidance",
        *(f"/{slug}" for slug in SHIPPED),
        f"/{SLUG}?version=2",
        f"/{SLUG}?preview=1",
        f"/{SLUG}/versions/2",
        "/guidance/canary-page",
        "/guidance/canary-page?version=1",
        f"/guidance/{SLUG}",
        address("preview", [SLUG, 2]),
        "/robots.txt",
    ):
        response = anonymous.get(where)
        assert b"-canary" not in response.content, where
        assert not response.cookies
    never = anonymous.get("/guidance/never-was")
    hidden = anonymous.get("/guidance/canary-page")
    assert (hidden.status_code, hidden.content, hidden.headers) == (404, never.content, never.headers)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Give the page a title."),
        ({"text": " "}, "Write the text."),
        ({"summary": ""}, "Say in a few words what you changed."),
        ({"title": "x" * 101}, "at most 100 characters"),
        ({"title": "x\u202ey"}, "The title has a character that nobody can see"),
        ({"text": "x\x00y"}, "Null characters are not allowed."),
        ({"text": "[x](javascript:alert(1))"}, "cannot be linked to"),
        ({"text": "{{ nothing }}"}, "There is no placeholder {{ nothing }}"),
        ({"text": "x" * 1_000_000}, "This text has 1,000,000 characters"),
        ({"seen": ""}, "This page was incomplete"),
        ({"seen": "-1"}, "This page was incomplete"),
        ({"seen": "9" * 30}, "This page was incomplete"),
    ],
)
def test_what_cannot_be_kept_is_refused_on_the_form_with_nothing_lost(client, staff, changes, said):
    where = address("change")
    response = client.post(where, filled(client, where) | changes)
    assert response.status_code == 200
    assert said in text(response)
    assert response.context["form"]["text"].value() == (filled(client, where) | changes)["text"]
    assert not Version.objects.exists()


def test_who_was_slower_keeps_the_text_and_saves_it_the_second_time(client, draft):
    where = address("change")
    sent = filled(client, where, text="Mine.")
    editing.save_draft(SLUG, 2, factories.staff("other"), title="Theirs", text="Theirs.\n", summary="x")
    response = client.post(where, sent)
    assert "other saved version 3 while you were writing. Nothing of yours is lost" in text(response)
    assert 'href="/admin/guidance/page/how-to-complain/compare/?from=2&to=3"' in text(response)
    assert response.context["form"]["text"].value() == "Mine."
    assert standing.of(SLUG).newest == 3
    again = {field.html_name: field.value() for field in response.context["form"]}
    client.post(where, again)
    assert standing.of(SLUG).draft.text == "Mine.\n"
    for deed in ("publish", "take-off", "keep-ours"):
        answer = client.post(address("do", [SLUG, deed]), {"seen": 3}, follow=True)
        assert "This page was changed since you opened it" in text(answer)
    assert published.page(SLUG) == SHIPPED[SLUG]


def test_a_page_is_added_at_an_address_of_its_own(client, staff):
    where = reverse("admin:guidance_page_add")
    sent = filled(client, where, slug="signs", title="Signs", text="Look here.\n\n## More\n")
    for wrong, said in (
        ("", "This field is required"),
        ("Signs", "Use small letters"),
        ("a--b", "Use small letters"),
        ("a/b", "Use small letters"),
        ("x" * 61, "at most 60 characters"),
        ("privacy", "There is a page at this address already"),
    ):
        assert said in text(client.post(where, sent | {"slug": wrong})), wrong
    client.post(where, sent)
    assert "There is a page at this address already" in text(client.post(where, sent))
    assert Client().get("/guidance/signs").status_code == 404
    client.post(address("do", ["signs", "publish"]), {"seen": 1})
    assert "Look here." in text(Client().get("/guidance/signs"))
    assert '<a href="/guidance/signs">Signs</a>' in text(Client().get("/guidance"))
    assert "/guidance/signs" in text(client.get(reverse("admin:guidance_page_changelist")))


def test_an_earlier_version_is_compared_and_put_back(client, draft):
    editing.save_draft(
        SLUG, 2, draft.author, title="Draft-canary", text="Zyxwold-canary again\n", summary="x"
    )
    seen = text(client.get(address("compare", [SLUG]).replace("from=1&to=2", "from=2&to=3")))
    assert "<del>" in seen
    assert "<b>again</b>" in seen
    client.post(address("put_back", [SLUG, 2]), {"seen": 3})
    assert standing.of(SLUG).draft.text == "Zyxwold-canary\n"
    assert "The two are the same." in text(
        client.get(address("compare").replace("from=1&to=2", "from=2&to=4"))
    )


def test_what_a_deed_needs_is_asked_for(client, draft):
    assert "This page was incomplete" in text(client.post(address("do", [SLUG, "publish"]), follow=True))
    assert client.post(address("do", [SLUG, "explode"]), {"seen": 2}).status_code == 404
    assert published.page(SLUG) == SHIPPED[SLUG]


def test_what_staff_write_is_text_on_every_staff_page(client, staff):
    harm = "<script>alert(1)</script>"
    editing.save_draft(SLUG, 0, staff, title=harm, text=f"{harm}\n", summary=harm)
    for name, of in (("changelist", []), ("change", [SLUG]), ("preview", [SLUG, 2]), ("compare", [SLUG])):
        assert harm not in client.get(address(name, of)).content.decode()
