from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Every change of what matters, by whom and when, in lines that only ever are added."""

    name = "history"
    verbose_name = "history"

    def ready(self) -> None:
        from django.contrib.auth.models import Group, User

        from history.watched import watch

        # Signing in writes the time, and may store the same password anew by a newer rule: neither is a deed.
        watch(User, without={"password", "last_login"})
        watch(Group)
