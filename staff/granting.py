"""Giving the roles their permissions, by migrations: a new permission reaches a role by a migration of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.management import create_permissions


def grant(apps: Any, granted: Mapping[str, Iterable[str]]) -> None:
    """Give each role (a group, made if need be) these permissions, written "app.codename".

    `apps` are those of the migration. Raises LookupError for a permission that does not exist there.
    """
    _make_permissions(apps)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for role, names in granted.items():
        if unknown := set(names) - known.keys():
            raise LookupError(f"There is no permission {', '.join(sorted(unknown))}.")
        group.objects.get_or_create(name=role)[0].permissions.add(*(known[name] for name in names))


def _make_permissions(apps: Any) -> None:
    """Django makes the permissions of new models after the last migration, which is too late for us."""
    for config in apps.get_app_configs():
        # What stands for an app in a migration does not say that it has models, without which nothing is made.
        config.models_module = getattr(config, "models_module", True)
        create_permissions(config, verbosity=0, apps=apps)
