"""Which version of the site a backup is of, as the migrations of its database tell."""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def applied() -> list[str]:
    """The migrations of our own apps that the database has, each as "app.name"."""
    own = _own_apps()
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in own
    )


def not_known_here(migrations: Iterable[str]) -> list[str]:
    """Those of them that this version of the site does not have: they are of a newer one."""
    on_disk = MigrationLoader(None).disk_migrations
    known = {*on_disk, *(replaced for each in on_disk.values() for replaced in each.replaces)}
    return [each for each in migrations if tuple(each.split(".", 1)) not in known]


def _own_apps() -> set[str]:
    """Libraries may rename their migrations; ours stay."""
    return {each.label for each in apps.get_app_configs() if Path(each.path).parent == settings.BASE_DIR}
