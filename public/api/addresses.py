"""The addresses of the API. They are permanent: in version 1 columns and tables may be added, nothing else changes."""

from django.urls import path
from django.views.generic import RedirectView

# It registers the parts of the addresses below.
import public.converters  # noqa: F401
from public.api.councils import OneCouncil
from public.api.decisions import OneDecision
from public.api.letters import OneLetter
from public.api.measures import OneMeasure
from public.api.page import about, nowhere
from public.api.schema import Description
from public.api.tables import TABLES

urlpatterns = [
    path("api/v1", RedirectView.as_view(pattern_name="api", permanent=True)),
    path("api/v1/", about, name="api"),
    path("api/v1/schema", Description.as_view(), name="api-schema"),
    *(
        path(
            f"api/v1/schema.{suffix}", Description.as_view(), {"format": suffix}, name=f"api-schema-{suffix}"
        )
        for suffix in ("json", "yaml")
    ),
    *(path(f"api/v1/{each.table}", each.as_view(), name=f"api-{each.table}") for each in TABLES),
    *(
        path(
            f"api/v1/{each.table}.{suffix}",
            each.as_view(),
            {"format": suffix},
            name=f"api-{each.table}-{suffix}",
        )
        for each in TABLES
        for suffix in ("json", "csv")
    ),
    path("api/v1/councils/<council:council>", OneCouncil.as_view(), name="api-council"),
    path("api/v1/councils/<council:council>.json", OneCouncil.as_view(), {"format": "json"}),
    path("api/v1/letters/<council:council>/<year:year_ending>", OneLetter.as_view(), name="api-letter"),
    path("api/v1/letters/<council:council>/<year:year_ending>.json", OneLetter.as_view(), {"format": "json"}),
    path("api/v1/measures/<measure:measure>", OneMeasure.as_view(), name="api-measure"),
    path("api/v1/measures/<measure:measure>.json", OneMeasure.as_view(), {"format": "json"}),
    path("api/v1/decisions/<reference:reference>", OneDecision.as_view(), name="api-decision"),
    path("api/v1/decisions/<reference:reference>.json", OneDecision.as_view(), {"format": "json"}),
    # What is asked for must be what is answered: nothing here leads from one writing of an address to another.
    path("api/v1/<path:path>", nowhere),
]
