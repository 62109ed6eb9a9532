from django.apps import AppConfig


class OperatingConfig(AppConfig):
    """What those who run the site see of it: health, measurements and logs. It decides nothing about letters."""

    name = "operating"
    verbose_name = "operation of the site"
