"""The admin's pages as tests read them and fill them in."""

import re
from html import unescape

from django.urls import reverse


def page_of(row) -> str:
    """The address of a letter's or an edition's page."""
    return reverse(f"admin:letters_{row._meta.model_name}_change", args=[row.pk])


def text(response) -> str:
    """The page's source with its characters plain and its white space single."""
    return " ".join(unescape(response.content.decode()).split())


def hidden(response, to: str = "") -> dict[str, str]:
    """The hidden fields of the page's form that is sent to the address `to`, or to the page's own."""
    for attributes, form in re.findall(r"<form([^>]*)>(.*?)</form>", response.content.decode(), re.DOTALL):
        if 'method="post"' in attributes and (
            f'action="{to}"' in attributes if to else "action=" not in attributes
        ):
            fields = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
            return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}
    raise AssertionError(f"The page has no form that is sent to {to or 'its own address'}.")


def take(client, letter) -> None:
    """Take a letter to review it."""
    client.post(reverse("admin:letters_letter_take", args=[letter.pk]))


def filled(client, letter, **changes) -> dict[str, str]:
    """The form as the page shows it to whoever has the letter, with changes: what a browser would send."""
    form = client.get(page_of(letter)).context["form"]
    sent = {}
    for part in (form.letter, *form.figures):
        for field in part:
            value = field.value()
            sent[field.html_name] = "" if value in {None, False} else str(value)
    sent = {name: value for name, value in sent.items() if value or not name.endswith("none_due")}
    return sent | changes


def schedule(client, review, day: str, time: str, **more):
    """Send the form for the edition's hour; the answer, with the edition as it is then."""
    where = reverse("admin:letters_annualreview_schedule", args=[review.pk])
    response = client.post(where, {"day": day, "time": time} | more, follow=True)
    review.refresh_from_db()
    return response
