from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "The register of councils"

    def ready(self) -> None:
        from councils.models import Alias, Council, Succession
        from history.watched import watch

        derived = {"plain", "distinctive"}
        watch(Council, without=derived)
        watch(Alias, of=("council",), key=("council_id", "text"), without=derived)
        watch(Succession, of=("predecessor", "successor"))
