"""Installed parts that staff see, under names that say what is in them."""

from django.contrib.auth.apps import AuthConfig
from django_tasks_db.apps import TasksAppConfig


class People(AuthConfig):
    verbose_name = "People and roles"


class BackgroundTasks(TasksAppConfig):
    verbose_name = "Background tasks"
