"""Pages of plain words, and what browsers and search engines ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from public.pages.answering import public_page


@public_page
def guidance(request, page):
    return render(request, f"public/guidance/{page}.html")


@public_page
def robots(request):
    rule = "Disallow: /" if settings.DEMONSTRATION else "Allow: /"
    return HttpResponse(f"User-agent: *\n{rule}\n", content_type="text/plain; charset=utf-8")


@public_page
def icon(request):
    return redirect(static("icon.svg"))
