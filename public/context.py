"""What every page's template knows of the site."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from councils.models import PostcodeList


def site(request):
    return {
        "demonstration": settings.DEMONSTRATION,
        "contact_email": settings.CONTACT_EMAIL,
        "site_address": settings.SITE_ADDRESS,
        # Asked of the database only by the pages that speak of postcodes.
        "postcodes": SimpleLazyObject(PostcodeList.objects.in_use),
    }
