"""A form that is sent when its owner is signed out, or has signed in anew: nothing is done, and nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from letters.models import Letter
from staff.sent_in_vain import refuse_token
from tests import factories
from tests.staff_pages import page_of, text

pytestmark = pytest.mark.django_db

FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LOGIN = "/admin/login/"


@pytest.fixture
def rita():
    return factories.member("reviewer", "rita")


def signs_in(client) -> None:
    client.post(LOGIN, {"username": "rita", "password": factories.PASSWORD} | token_of(client.get(LOGIN)))


def token_of(response) -> dict[str, str]:
    return {"csrfmiddlewaretoken": str(response.context["csrf_token"])}


def kept(response) -> dict[str, str]:
    """What the page would send again, its token among it."""
    return dict(response.context["kept"]) | token_of(response)


def test_what_was_typed_while_the_session_ended_is_sent_after_signing_in_again(rita):
    letter = factories.letter()
    client = Client(enforce_csrf_checks=True, **FROM_HERE)
    signs_in(client)
    page = client.get(page_of(letter))
    client.post(reverse("admin:letters_letter_take", args=[letter.pk]), token_of(page))
    page = client.get(page_of(letter))
    form = page.context["form"].letter
    typed = {field.html_name: field.value() or "" for field in form} | {
        "recipient_name": '  Ms "Typed" <for> an hour',
        "save": "Save",
    }
    client.session.flush()

    answer = client.post(page_of(letter), typed | token_of(page))
    assert answer.status_code == 403
    assert "You have been signed out, and nothing was saved" in text(answer)
    assert "&lt;for&gt; an hour" in answer.content.decode()
    again = client.post(page_of(letter), kept(answer))
    assert "You have been signed out" in text(again), "as often as one likes"
    signs_in(client)
    answer = client.post(page_of(letter), kept(again))
    assert "You have signed in anew" in text(answer)
    assert Letter.objects.get().recipient_name == letter.recipient_name
    assert client.post(page_of(letter), kept(answer)).status_code == 302
    assert Letter.objects.get().recipient_name == 'Ms "Typed" <for> an hour'


def test_who_has_shown_no_second_factor_yet_loses_nothing_either(rita, settings):
    settings.SECOND_FACTOR = True
    client = Client(**FROM_HERE)
    client.get(LOGIN)
    client.force_login(rita)
    answer = client.post("/admin/letters/letter/upload/", {"review": "7"})
    assert dict(answer.context["kept"]) == {"review": "7"}


def test_files_and_passwords_are_not_kept(rita):
    client = Client(**FROM_HERE)
    client.get(LOGIN)
    sent = {
        "review": "7",
        "files": SimpleUploadedFile("a.pdf", b"%PDF-"),
        "password1": "a secret",
        "usable_password": "x",
    }
    answer = client.post("/admin/letters/letter/upload/", sent)
    assert dict(answer.context["kept"]) == {"review": "7"}
    assert "Files cannot be kept" in text(answer)
    assert "a secret" not in text(answer)
    # What is typed to get in is not looked at.
    assert client.post(LOGIN, {"username": "rita", "password": "a secret"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_no_other_site_has_words_of_its_own_shown_here(rita, site):
    client = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE=site)
    client.get(LOGIN)
    where, sent = "/admin/letters/letter/upload/", {"review": "Call this number at once"}
    for _ in ("signed out", "signed in"):
        answer = client.post(where, sent)
        assert answer.status_code == 403
        assert "Call this number" not in answer.content.decode()
        assert "Begin again from the start page" in text(answer)
        client.force_login(rita)


def test_an_upload_larger_than_strangers_may_send_is_asked_for_again(rita, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client(**FROM_HERE)
    client.get(LOGIN)
    sent = {"files": SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(200))}
    answer = client.post("/admin/letters/letter/upload/", sent)
    assert answer.status_code == 403
    assert "Files cannot be kept" in text(answer)


def test_a_form_of_the_public_pages_is_answered_in_their_frame(rf):
    answer = text(refuse_token(rf.post("/before-publication/x/sometown/ask", {"text": "Is it two?"})))
    assert "from a page that is too old" in answer
    assert "Search the letters" in answer
