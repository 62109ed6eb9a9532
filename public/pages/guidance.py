"""Pages of plain words, and what browsers and search engines ask for."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from guidance import published
from guidance.models import address
from guidance.shipped import SHIPPED
from public.addresses import full
from public.pages.answering import public_page


@public_page
def guidance(request, slug):
    text = published.page(slug)
    if text is None:
        raise Http404
    return render(request, "public/guidance/page.html", {"text": text})


@public_page
def staff_guidance(request, slug):
    """A page that staff have added; those that the site came with have addresses of their own."""
    if slug in SHIPPED:
        return redirect(address(slug), permanent=True)
    return guidance(request, slug=slug)


@public_page
def all_guidance(request):
    pages = [(address(slug), title) for slug, title in published.titles().items()]
    return render(request, "public/guidance/all.html", {"pages": pages})


@public_page
def robots(request):
    address = full("sitemap")
    rules = "Disallow: /\n" if settings.DEMONSTRATION else f"Allow: /\n\nSitemap: {address}\n"
    return HttpResponse(f"User-agent: *\n{rules}", content_type="text/plain; charset=utf-8")


@public_page
def icon(request):
    return redirect(static("icon.svg"))
