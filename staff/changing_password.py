"""Changing passwords: one's own with the old one, which nobody guesses at a screen that was left open.

Administrators set those of others, with a code of the last ten minutes.
"""

from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse_lazy

from history.recording import recorded
from staff import limits
from staff.passwords import note_given
from staff.second_factor.demanding import freshly


class ChangePasswordForm(AdminPasswordChangeForm):
    """Django's form; a wrong old password counts as one at signing in, and the change is told in the history."""

    def __init__(self, request, *args, **options):
        super().__init__(*args, **options)
        self.request = request

    def clean_old_password(self):
        counted = limits.of_password(self.request, self.user.get_username())
        if wait := limits.begin(counted):
            raise ValidationError(
                f"Too many attempts. Nothing was changed: try again in {limits.in_words(wait)}.",
                code="too_many",
            )
        old = super().clean_old_password()
        limits.succeeded(counted)
        return old

    def save(self, commit=True):
        whose = User.objects.get(pk=self.user.pk)
        with recorded(whose, whose, "Changed their password."):
            return super().save(commit)


class _ChangePassword(PasswordChangeView):
    form_class = ChangePasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **context):
        self.request.current_app = admin.site.name
        return admin.site.each_context(self.request) | super().get_context_data(**context)


change_password = admin.site.admin_view(freshly(_ChangePassword.as_view()))


def _set_password(request, id):
    """Django's page for the password of somebody else, which does not ask for the old one."""
    if id == str(request.user.pk):
        return redirect("admin:password_change")
    answer = admin.site.get_model_admin(User).user_change_password(request, id)
    if _was_done(request, answer):
        note_given(User.objects.get(pk=id))
    return answer


set_password = admin.site.admin_view(freshly(_set_password))


def _add_user(request):
    """Django's page for a new user, whose first password whoever adds them has chosen."""
    answer = admin.site.get_model_admin(User).add_view(request)
    if _was_done(request, answer):
        note_given(User.objects.get_by_natural_key(User.normalize_username(request.POST["username"].strip())))
    return answer


add_user = admin.site.admin_view(_add_user)


def _was_done(request, answer) -> bool:
    """A form that is refused is shown again."""
    return request.method == "POST" and answer.status_code == 302
