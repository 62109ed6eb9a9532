"""What every page's template knows of the site."""

from django.conf import settings


def site(request):
    return {
        "demonstration": settings.DEMONSTRATION,
        "contact_email": settings.CONTACT_EMAIL,
        "site_address": settings.SITE_ADDRESS,
    }
