from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What the councils were told: the annual letters, their figures, and the life of both."""

    name = "letters"
    verbose_name = "annual letters"
