"""oEmbed: how other sites' programs ask for the frame of a council's card."""

import json
import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from councils.models import Council
from letters import clock
from public import embedding
from public.pages.answering import public_page
from public.pages.letters_of import asked_year, letters_of, of_year


@public_page
def oembed(request):
    """What to embed for an address of this site, as oEmbed has it."""
    response = _answer(request.GET)
    # For everyone: it says nothing that the pages do not say.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(parameters) -> HttpResponse:
    written = parameters.get("format", "json")
    if written not in ("json", "xml"):
        return _refusal("Ask for the format json or xml.", 501)
    sides = [parameters.get(name, "") for name in ("maxwidth", "maxheight")]
    if not parameters.get("url") or not all(re.fullmatch("(?:[1-9][0-9]{0,8})?", side) for side in sides):
        return _refusal("Give a url, and maxwidth and maxheight, if any, as whole numbers of pixels.", 400)
    said = _said(parameters["url"], *(int(side) if side else None for side in sides))
    if written == "xml":
        return HttpResponse(embedding.as_xml(said), content_type="text/xml; charset=utf-8")
    return HttpResponse(json.dumps(said), content_type="application/json")


def _said(url: str, most_wide: int | None, most_high: int | None) -> dict:
    asked = embedding.asked(url)
    if asked is None:
        raise Http404
    council = get_object_or_404(Council, slug=asked.slug)
    year = asked_year({} if asked.year is None else {"year": asked.year})
    letter = of_year(letters_of(council, clock.now()), year)
    if letter is None:
        raise Http404
    words = embedding.title(council, "" if year is None else letter.review.years)
    return embedding.answer(
        embedding.card_address(council, year), words, *embedding.size(most_wide, most_high)
    )


def _refusal(message: str, status: int) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
