"""What was put right since it was published, for everyone to see."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from letters import clock
from public.pages.answering import public_page
from public.put_right import log


@public_page
def corrections(request):
    page = {"entries": log(clock.now()), "address": f"{settings.SITE_ADDRESS}{reverse('corrections')}"}
    return render(request, "public/corrections.html", page)
