"""A council's figures to take along: to copy, to cite, to embed, and as a pack for a committee."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from councils.models import Council
from letters import clock, published
from public import citing, embedding, panels, taking
from public.pages.answering import public_page
from public.pages.letters_of import asked_year, letters_of, of_year
from public.pages.missing import withdrawn_or_not_found
from public.pages.statistics import about


@public_page
def take_along(request, slug):
    """The texts of a year, or of the newest letter where the address names none."""
    now = clock.now()
    council = get_object_or_404(Council.objects.with_lineage(), slug=slug)
    letters, year = letters_of(council, now), asked_year(request.GET)
    letter = of_year(letters, year)
    if letter is None and year is not None:
        return withdrawn_or_not_found(request, now, slug, year)
    page = about(council, now, "take-along") | {"letter": letter, "letters": letters}
    if letter is not None:
        page |= _texts(council, letter, now)
        page["address"] += f"?year={letter.review.year_ending}"
    return render(request, "public/take_along.html", page)


def _texts(council, letter, now) -> dict:
    year, today = letter.review.year_ending, timezone.localdate(now)
    stated = {each.measure: each for each in published.statistics(now).filter(letter=letter)}
    headline = panels.headline(council, year, stated)
    table = taking.table(council, letter, headline, panels.others(stated))
    card = embedding.card_address(council, year)
    words = embedding.title(council, letter.review.years)
    return {
        "sentences": taking.sentences(council, letter, headline),
        "table": table,
        "with_tabs": taking.with_tabs(table),
        "citation": citing.citation(council, letter, today),
        "bibtex": citing.bibtex(council, letter, today),
        "card": card,
        "frame": embedding.frame(card, words, *embedding.size(None, None)),
        "oembed": embedding.oembed_address(citing.address(council, year)),
    }
