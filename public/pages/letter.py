"""A letter as a page to read, and its pages as pictures with the lines marked that figures were read from."""

from typing import Any

from django.http import Http404
from django.shortcuts import render

from letters import clock, published
from public import linked_data, panels
from public.addresses import full
from public.marks import marked_on
from public.pages.answering import public_page
from public.pages.missing import withdrawn_or_not_found
from public.put_right import of_letter
from public.social.picture import picture
from public.told import summary, told

_A4 = (595.0, 842.0)


@public_page
def letter(request, slug, year):
    """The letter's words, its figures, and what was put right in it."""
    now = clock.now()
    letter = _letter(now, slug, year)
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    statistics = list(published.statistics(now).filter(letter=letter))
    stated = {each.measure: each for each in statistics}
    headline = panels.headline(letter.council, year, stated)
    page = _about(letter, "letter", slug, year) | {
        "linked_data": linked_data.element(linked_data.of_letter(letter)),
        "told": told(published.pages(now).filter(letter=letter), statistics),
        "panels": [panel for panel in headline if panel.stated],
        "picture": picture(letter, headline),
        "others": panels.others(stated),
        "put_right": of_letter(letter, now),
        "replaced": published.replaced(now).filter(council=letter.council, review=letter.review).last(),
    }
    return render(request, "public/letter.html", page)


@public_page
def letter_page(request, slug, year, number):
    """One page of the letter as a picture with its marks, and the ways to the pages beside it."""
    now = clock.now()
    letter = _letter(now, slug, year)
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    if number > (letter.page_count or 0):
        raise Http404
    known = published.pages(now).filter(letter=letter, number=number).first()
    page = _about(letter, "letter-page", slug, year, number) | {
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < letter.page_count else 0,
        "summary": summary(known.blocks) if known else "",
        "marked": marked_on(number, published.statistics(now).filter(letter=letter)),
        **_picture(known),
    }
    return render(request, "public/letter_page.html", page)


def _letter(now, slug: str, year: int) -> Any:
    return published.letters(now).filter(council__slug=slug, review__year_ending=year).first()


def _about(letter, page: str, *parts) -> dict[str, Any]:
    return {
        "letter": letter,
        "council": letter.council,
        "year": letter.review.year_ending,
        "address": full(page, *parts),
    }


def _picture(known: Any) -> dict[str, int]:
    """The picture's size in pixels, so that nothing moves when it arrives."""
    width, height = (known.width, known.height) if known else _A4
    return {"width": published.PICTURE_WIDTH, "height": round(published.PICTURE_WIDTH * height / width)}
