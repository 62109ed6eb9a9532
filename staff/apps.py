from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who works here, how they sign in, and what each role may do."""

    name = "staff"
    verbose_name = "people"
