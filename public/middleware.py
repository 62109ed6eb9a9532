"""Headers that concern the whole site."""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


def keep_search_engines_away(get_response):
    """Ask search engines to index nothing, PDFs and error pages included, of a site of made-up letters."""
    if not settings.DEMONSTRATION:
        raise MiddlewareNotUsed

    def answer(request):
        response = get_response(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
