"""What stands in the place of a letter that is not public."""

from django.http import Http404
from django.shortcuts import render

from letters import published


def withdrawn_or_not_found(request, now, slug, year, template="public/withdrawn.html"):
    """A page that says the letter was withdrawn, if the public ever had it; else what never was."""
    letter = (
        published.withdrawn(now)
        .filter(council__slug=slug, review__year_ending=year)
        .order_by("number", "withdrawn_at")
        .last()
    )
    if letter is None:
        raise Http404
    return render(request, template, {"letter": letter}, status=410)
