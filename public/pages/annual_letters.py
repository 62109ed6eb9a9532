"""The letters to one council, year by year."""

from django.shortcuts import get_object_or_404, render

from councils.models import Council
from letters import clock, published
from public.by_year import by_year
from public.pages.answering import public_page
from public.pages.statistics import about
from public.put_right import of_figures


@public_page
def annual_letters(request, slug):
    """A council's letters, year by year, with those that were replaced or withdrawn."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    letters = published.letters(now).filter(council=council)
    replaced = published.replaced(now).filter(council=council).order_by("-number")
    put_right = of_figures(published.corrections(now).filter(letter__in=letters.values("pk")))
    years = by_year(council, now, letters, replaced, put_right)
    page = about(council, now, "annual-letters") | {"years": years}
    return render(request, "public/annual_letters.html", page)
