"""A field whose value follows from others of its row."""

from collections.abc import Callable

from django.db import models


class DerivedField(models.CharField):
    """Text that is worked out of another field of the row whenever the row is saved.

    `QuerySet.update` and `bulk_update` do not work it out anew: change the source by `save` or `bulk_create`.
    """

    def __init__(self, source: str = "", derive: Callable[[str], str] = str, **options):
        self.source, self.derive = source, derive
        super().__init__(
            **{"max_length": 250, "editable": False, "db_index": True, "blank": True, "default": ""} | options
        )

    def deconstruct(self):
        # To migrations it is a column like any other: old ones must not depend on today's rules.
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options

    def derived(self, row: models.Model) -> str:
        return self.derive(getattr(row, self.source))[: self.max_length]

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, value := self.derived(model_instance))
        return value


def restate(model: type[models.Model]) -> None:
    """Save every row whose derived fields are not what today's rules make of it."""
    fields = [field for field in model._meta.fields if isinstance(field, DerivedField)]
    for row in model._default_manager.all():
        if any(field.derived(row) != getattr(row, field.attname) for field in fields):
            row.save()
