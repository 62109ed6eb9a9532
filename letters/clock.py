"""The one place that tells the time, so that tests can stand at the hour of publication."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return timezone.now()
