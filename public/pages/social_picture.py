"""The picture that other sites show beside a link to a letter's figures, to everyone from the letter's hour on."""

from letters import clock, published
from public import panels
from public.pack import printing
from public.pages.answering import public_page
from public.pages.missing import withdrawn_or_not_found
from public.pages.printed import answer_with_printed
from public.social import picture as social


@public_page
def social_picture(request, slug, year):
    """The picture as PNG, made anew only when the figures on it are others."""
    now = clock.now()
    letter = published.letters(now).filter(council__slug=slug, review__year_ending=year).first()
    if letter is None:
        return withdrawn_or_not_found(request, now, slug, year)
    stated = {each.measure: each for each in published.statistics(now).filter(letter=letter)}
    drawn = social.picture(letter, panels.headline(letter.council, year, stated))
    data = social.as_data(drawn)
    version = printing.version_of(data, social.LAYOUT)
    key = f"social-picture-{version}"
    return answer_with_printed(
        request,
        version,
        lambda: printing.kept(key, lambda: printing.as_png(social.LAYOUT, data)),
        "image/png",
    )
