from django.apps import AppConfig


class CasesConfig(AppConfig):
    """What was decided: decisions, public reports, and what councils agreed to make better."""

    name = "cases"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from cases.models import CaseImport, Category
        from history.watched import watch

        # Decisions themselves are not told value by value: what is taken down must not live on in a line that cannot
        # be altered. An import's line has the digest of its file.
        watch(CaseImport)
        watch(Category, of=("came_with",))
