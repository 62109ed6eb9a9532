"""Postcodes as they were last loaded."""

from django.db import models


class PostcodeListQuerySet(models.QuerySet):
    def in_use(self) -> "PostcodeList | None":
        """The latest that was loaded whole."""
        return self.filter(loaded_at__isnull=False).order_by("loaded_at", "pk").last()


class PostcodeList(models.Model):
    """One loading of a file. Until it is loaded whole, the one before it stays in use."""

    file_name = models.CharField(max_length=200)
    loaded_at = models.DateTimeField(null=True)

    objects = PostcodeListQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name


class Postcode(models.Model):
    """A postcode in a council's area: in two rows where it is split between two.

    The council is the one of the file, which may have been abolished since. There are some two million rows: the one
    index beside the key serves the search, and nothing else is asked of them.
    """

    list = models.ForeignKey(PostcodeList, models.CASCADE, db_index=False, related_name="postcodes")
    code = models.CharField(max_length=7, help_text="Without its space, such as NN81BP.")
    council = models.ForeignKey("councils.Council", models.PROTECT, db_index=False, related_name="+")
    ended = models.DateField(null=True, help_text="The first day of the month in which it was last used.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "council"], name="postcode_once_per_council"),
        ]

    def __str__(self) -> str:
        return self.code
