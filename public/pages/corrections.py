"""What was put right since it was published, for everyone to see."""

from django.shortcuts import render

from letters import clock
from public.addresses import full
from public.pages.answering import public_page
from public.put_right import log


@public_page
def corrections(request):
    """All that was put right, replaced or withdrawn, newest first."""
    page = {"entries": log(clock.now()), "address": full("corrections")}
    return render(request, "public/corrections.html", page)
