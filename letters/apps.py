from django.apps import AppConfig
from django.core.checks import register


class LettersConfig(AppConfig):
    """What the councils were told: the annual letters, their figures, and the life of both."""

    name = "letters"
    verbose_name = "annual letters"

    def ready(self) -> None:
        from letters import system_checks

        register(system_checks.ocr_is_installed, deploy=True)
        register(system_checks.children_can_be_confined, deploy=True)
