"""Who saw letters before they were published, once staff have published that list."""

from django.shortcuts import render

from letters import clock, published
from public.pages.answering import public_page


@public_page
def access_lists(request):
    """Who saw letters before publication, of the editions whose list is published."""
    return render(request, "public/access_lists.html", {"people": published.access_lists(clock.now())})
