"""What the letters to the councils of these letters repeat of earlier years."""

from decimal import Decimal

from django.db.models import QuerySet

from letters.across.restated import Restatement
from letters.across.stated import STANDING
from letters.models import Letter


def by(letters: QuerySet[Letter]) -> list[Restatement]:
    """All that any letter to these councils repeats. One query."""
    councils = letters.order_by().values("council")
    repeating = Letter.objects.filter(council__in=councils, review__isnull=False, state__in=STANDING)
    rows = repeating.exclude(restated=[]).order_by("review__year_ending", "received_at")
    return [
        Restatement(pk, council, year, each["year_ending"], each["measure"], Decimal(each["value"]))
        for pk, council, year, checks in rows.values_list(
            "pk", "council_id", "review__year_ending", "restated"
        )
        for each in checks
    ]
