"""The page to sign in, and what somebody types there."""

from django.utils import timezone

from tests import factories

LOGIN = "/admin/login/"

# Whoever waits longest has all of this day to.
MORNING = timezone.now().replace(hour=6)
WRONG = "Please enter the correct username and password for a staff account."


def attempt(client, name="ada", password="wrong", **headers):
    return client.post(LOGIN, {"username": name, "password": password}, **headers)


def is_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def change_password(client, old=factories.PASSWORD, new="another horse altogether"):
    sent = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", sent)
