"""A page of a letter as a picture, to everyone from the letter's hour on."""

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response

from letters import clock, published
from public.pages.answering import FRESHNESS, public_page
from public.pages.files import POLICY, not_now
from public.pages.missing import withdrawn_or_not_found

_NOT_NOW = (
    "This page of the letter cannot be shown as a picture right now. Try again in a little while, or open the "
    "letter's PDF."
)


@public_page
def letter_picture(request, slug, year, number):
    """The picture of one page of a letter; browsers keep it for as long as the file is the same."""
    now = clock.now()
    letter = published.letters(now).filter(council__slug=slug, review__year_ending=year).first()
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    copy = published.clean_copy(letter)
    if copy is None or number > (letter.page_count or 0):
        raise Http404
    etag = f'"{copy.sha256}-{number}-{published.PICTURE_WIDTH}"'
    headers = {"ETag": etag, "Cache-Control": FRESHNESS, "Content-Security-Policy": POLICY}
    unchanged = get_conditional_response(request, etag=etag, response=HttpResponse(headers=headers))
    return unchanged if unchanged.status_code != 200 else _picture(letter, number, headers)


def _picture(letter, number, headers) -> HttpResponse:
    try:
        return HttpResponse(published.picture(letter, number), content_type="image/webp", headers=headers)
    except published.NoPicture as reason:
        return not_now(_NOT_NOW, reason.retry_after)
