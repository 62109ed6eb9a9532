"""What every page's template knows of the rules for staff that are off."""

from django.conf import settings


def rules(request):
    return {"two_people": settings.TWO_PEOPLE, "second_factor": settings.SECOND_FACTOR}
