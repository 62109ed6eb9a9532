"""The one place that tells the time, so that tests can stand at the hour of publication."""

import logging
from datetime import UTC, datetime, timedelta

from django.utils import timezone

_log = logging.getLogger(__name__)
# A clock that is kept right goes back by less.
_NOTABLE = timedelta(seconds=2)
_latest = datetime.fromtimestamp(0, UTC)


def now() -> datetime:
    """The present instant, aware and in UTC. A clock that went back is believed, and noted in the log."""
    global _latest  # noqa: PLW0603
    moment = timezone.now()
    if moment < _latest - _NOTABLE:
        _log.warning("The clock went back by %d seconds.", (_latest - moment).total_seconds())
    _latest = moment
    return moment
