"""Who may open which staff page: a table of permissions, addresses and methods."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from letters import uploads, workflow
from letters.models import Letter, State
from tests import factories

pytestmark = pytest.mark.django_db

READ, UPLOAD, APPROVE = "view_letter", "add_letter", "approve_letter"
PUBLISH, SCHEDULE, EDITION = "publish_letter", "schedule_annualreview", "view_annualreview"
ALL = {READ, UPLOAD, APPROVE, PUBLISH, SCHEDULE, EDITION}

# Each page with the methods it answers, and what it takes; whoever has less is refused before anything is looked at.
PAGES = [
    ("letters_letter_changelist", "list", ["GET"], {READ}),
    ("letters_letter_change", "letter", ["GET"], {READ}),
    ("letters_letter_change", "letter", ["POST"], {READ, APPROVE}),
    ("letters_letter_history", "letter", ["GET"], {READ}),
    ("letters_letter_upload", "list", ["GET", "POST"], {READ, UPLOAD}),
    ("letters_upload", "upload", ["GET"], {READ}),
    ("letters_letter_queue", "list", ["GET"], {READ, APPROVE}),
    ("letters_letter_start", "list", ["POST"], {READ, APPROVE}),
    ("letters_letter_together", "list", ["POST"], {READ, APPROVE}),
    ("letters_letter_read_again", "list", ["POST"], {READ, APPROVE}),
    ("letters_letter_take", "letter", ["POST"], {READ, APPROVE}),
    ("letters_letter_pass_over", "letter", ["POST"], {READ, APPROVE}),
    ("letters_letter_withdraw", "letter", ["GET", "POST"], {READ, PUBLISH}),
    ("letters_letter_publish_later", "letter", ["GET", "POST"], {READ, PUBLISH}),
    ("letters_letter_publishing", "hold-back", ["POST"], {READ, PUBLISH}),
    ("letters_letter_publishing", "release", ["POST"], {READ, PUBLISH}),
    ("letters_letter_publishing", "publish-now", ["POST"], {READ, PUBLISH}),
    ("letters_letter_reviewing", "take-back", ["POST"], {READ, APPROVE}),
    ("letters_letter_reviewing", "read-again", ["POST"], {READ, APPROVE}),
    ("letters_annualreview_changelist", "list", ["GET"], {EDITION}),
    ("letters_annualreview_change", "edition", ["GET"], {EDITION}),
    ("letters_annualreview_schedule", "edition", ["GET", "POST"], {EDITION, SCHEDULE}),
    ("letters_annualreview_unschedule", "edition", ["POST"], {EDITION, SCHEDULE}),
    ("letters_annualreview_withdraw", "edition", ["GET", "POST"], {EDITION, PUBLISH}),
    ("letters_annualreview_no_letter", "edition", ["GET", "POST"], {EDITION, PUBLISH}),
    ("letters_annualreview_contradicting", "edition", ["GET"], {EDITION, READ}),
    ("letters_annualreview_tables", "edition", ["GET"], {EDITION, READ}),
    ("letters_annualreview_tables", "edition", ["POST"], {EDITION, READ, UPLOAD}),
    ("letters_annualreview_table", "table", ["GET"], {EDITION, READ}),
    ("letters_annualreview_table", "table", ["POST"], {EDITION, READ, UPLOAD}),
    ("letters_annualreview_unsay", "reason", ["POST"], {EDITION, PUBLISH}),
]
# These do not exist for anybody else, signed in or not.
FILES = [
    ("letters_letter_picture", "page"),
    ("letters_letter_pdf", "letter"),
    ("letters_letter_clean_copy", "letter"),
    ("letters_annualreview_report", "edition"),
]
CASES = [(name, of, method, needs) for name, of, methods, needs in PAGES for method in methods]


@pytest.fixture(scope="module")
def kept_letter(kept_rows):
    return factories.letter(by=factories.staff("root"))


@pytest.fixture
def letter(kept_letter, db):
    return Letter.objects.get(pk=kept_letter.pk)


def with_permissions(*codenames) -> User:
    user = User.objects.create_user("limited", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def reason(letter):
    return workflow.say_no_letter(letter.review, factories.council(), "It is small.", letter.received_by)


def table(letter):
    content = b"Authority,Upheld\nSomewhere,1\n"
    return workflow.receive_table(letter.review, content, "table.csv", letter.received_by)


def address(name, of, letter) -> str:
    arguments = {
        "list": list,
        "letter": lambda: [letter.pk],
        "page": lambda: [letter.pk, 1],
        "edition": lambda: [letter.review.pk],
        "reason": lambda: [letter.review.pk, reason(letter).pk],
        "table": lambda: [letter.review.pk, table(letter).pk],
        "upload": lambda: [uploads.take_in([], letter.received_by).pk],
    }
    return reverse(f"admin:{name}", args=arguments.get(of, lambda: [letter.pk, of])())


@pytest.mark.parametrize(("name", "of", "method", "needs"), CASES)
def test_nobody_gets_in_without_signing_in(client, letter, name, of, method, needs):
    where = address(name, of, letter)
    response = client.generic(method, where)
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize(("name", "of", "method", "needs"), CASES)
def test_every_missing_permission_refuses(client, letter, name, of, method, needs):
    """T71: a direct POST that skips the page is refused like the page."""
    before = letter_row(letter)
    where = address(name, of, letter)
    client.force_login(with_permissions())
    for missing in sorted(needs):
        client.logout()
        User.objects.filter(username="limited").delete()
        client.force_login(with_permissions(*(ALL - {missing})))
        response = client.generic(method, where, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 403, missing
        assert response.headers["Cache-Control"] == "private, no-store"
    assert letter_row(letter) == before


def letter_row(letter):
    letter.refresh_from_db()
    return letter.state, letter.revision, letter.claimed_by, letter.held_back


@pytest.mark.parametrize(("name", "of", "method", "needs"), CASES)
def test_who_has_what_it_takes_gets_an_answer(client, letter, name, of, method, needs):
    where = address(name, of, letter)
    client.force_login(with_permissions(*needs))
    response = client.generic(method, where, content_type="application/x-www-form-urlencoded")
    assert response.status_code in {200, 302}
    assert not response.headers.get("Location", "").startswith("/admin/login/")
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("name", "of"), FILES)
@pytest.mark.parametrize("who", ["anonymous", "staff without the permission", "a user who is not staff"])
def test_letters_do_not_exist_for_others(client, letter, name, of, who):
    """T45: the same answer as for an address that never was."""
    where = address(name, of, letter)
    if who == "staff without the permission":
        client.force_login(with_permissions(*(ALL - {READ})))
    elif who == "a user who is not staff":
        user = with_permissions(*ALL)
        User.objects.filter(pk=user.pk).update(is_staff=False)
        client.force_login(user)
    never = where.replace(str(letter.pk), "00000000-0000-4000-8000-000000000000").replace(
        f"annualreview/{letter.review.pk}/", "annualreview/999999/"
    )
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        answers = [client.generic(method, there) for there in (where, never)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert answers[0].headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["letters/letter/{}/delete/", "letters/annualreview/{}/delete/"])
def test_nothing_can_be_deleted(client, letter, path):
    client.force_login(letter.received_by)
    pk = letter.pk if "letter/{}" in path else letter.review.pk
    assert client.post(f"/admin/{path.format(pk)}", {"post": "yes"}).status_code == 403


def test_raw_fields_of_a_letter_cannot_be_posted(client, letter):
    """T73: what is not on the form is ignored, whoever sends it."""
    client.force_login(letter.received_by)
    client.post(reverse("admin:letters_letter_take", args=[letter.pk]))
    client.post(
        reverse("admin:letters_letter_change", args=[letter.pk]),
        {"revision": letter.revision, "state": "approved", "publish_at_0": "01/01/2020", "sha256": "0" * 64},
    )
    letter.refresh_from_db()
    assert letter.state == State.READ
    assert letter.publish_at is None
    assert letter.sha256 != "0" * 64


def test_adding_leads_to_the_upload(client, letter):
    client.force_login(letter.received_by)
    response = client.get(reverse("admin:letters_letter_add"))
    assert response.url == reverse("admin:letters_letter_upload")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_deeds_are_done_by_post_alone(client, letter, method):
    client.force_login(letter.received_by)
    where = reverse("admin:letters_letter_publishing", args=[letter.pk, "hold-back"])
    assert client.generic(method, where).status_code == 405


def test_posts_without_a_token_are_refused(letter):
    """T74"""
    client = Client(enforce_csrf_checks=True)
    client.force_login(letter.received_by)
    for name, of, method, _ in CASES:
        if method == "POST":
            assert client.post(address(name, of, letter)).status_code == 403, name


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/nothing", "/admin/jsi18n/", "/admin/x.css"]
)
def test_no_answer_of_the_admin_is_kept_anywhere(client, letter, path):
    """T46, T48"""
    assert client.get(path).headers["Cache-Control"] == "private, no-store"
    client.force_login(letter.received_by)
    assert client.get(path).headers["Cache-Control"] == "private, no-store"
