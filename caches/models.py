"""What our proxies may not have heard of yet."""

from django.db import models


class Change(models.Model):
    """A change that the public can see, noted until our proxies are sure to have forgotten what was before it."""

    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"Change of {self.at.isoformat()}"
