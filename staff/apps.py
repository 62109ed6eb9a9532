from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who works here, how they sign in, and what each role may do."""

    name = "staff"
    verbose_name = "people"

    def ready(self) -> None:
        from django.contrib import admin

        from staff.signing_in import SignInForm

        admin.site.login_form = SignInForm
