"""Headers that concern the whole site."""


def keep_search_engines_away(get_response):
    """Ask search engines to index nothing, PDFs and error pages included: for a site of made-up letters."""

    def answer(request):
        response = get_response(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
