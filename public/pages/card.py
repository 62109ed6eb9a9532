"""A council's figures as a small page for other sites' frames."""

from csp.decorators import csp_replace
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_exempt

from councils.models import Council
from letters import clock, published
from public import citing, panels
from public.pages.answering import public_page
from public.pages.letters_of import asked_year, letters_of, of_year
from public.pages.missing import withdrawn_or_not_found


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_page
def card(request, slug):
    """The card of a year, or of the newest letter where the address names none."""
    now = clock.now()
    council = get_object_or_404(Council, slug=slug)
    year = asked_year(request.GET)
    letter = of_year(letters_of(council, now), year)
    if letter is None and year is not None:
        return withdrawn_or_not_found(request, now, slug, year, "public/card_withdrawn.html")
    page = {"council": council, "letter": letter, "notice": citing.notice()}
    if letter is not None:
        stated = {each.measure: each for each in published.statistics(now).filter(letter=letter)}
        page["panels"] = panels.headline(council, letter.review.year_ending, stated)
        page["author"] = citing.author(letter.review.year_ending)
        page["address"] = citing.address(council, letter.review.year_ending)
    return render(request, "public/card.html", page)
