"""What councils agreed to make better: of one council, and of all."""

from public.decisions.tracker import tracked
from public.pages.answering import public_page
from public.pages.lists_of_cases import Lists, of_all, of_council

_IMPROVEMENTS = Lists(
    tracked,
    "tracked",
    ("service-improvements", "public/decisions/tracker.html"),
    ("council-improvements", "public/decisions/improvements_of_council.html"),
)


@public_page
def service_improvements(request):
    """What all councils agreed to make better, and how it stands."""
    return of_all(request, _IMPROVEMENTS)


@public_page
def council_improvements(request, slug):
    """What one council agreed to make better, and how it stands."""
    return of_council(request, _IMPROVEMENTS, slug)
