from django.apps import AppConfig


class CachesConfig(AppConfig):
    name = "caches"
