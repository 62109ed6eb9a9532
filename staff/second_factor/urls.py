"""Addresses of the second factor, under /admin/second-factor/."""

from django.contrib import admin
from django.urls import path

from staff.second_factor import pages

app_name = "second-factor"


def _staff(view):
    return admin.site.admin_view(view)


urlpatterns = [
    path("", _staff(pages.yours), name="yours"),
    path("verify/", _staff(pages.verify), name="verify"),
    path("set-up/", _staff(pages.set_up), name="set-up"),
    path("recovery-codes/", _staff(pages.recovery_codes), name="recovery-codes"),
    path("passkeys/add/", _staff(pages.add_passkey), name="add-passkey"),
    path("passkeys/<int:passkey>/remove/", _staff(pages.remove_passkey), name="remove-passkey"),
    path("of/<int:user>/", _staff(pages.reset), name="reset"),
]
