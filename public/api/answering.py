"""What all answers of the API have in common."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from rest_framework.views import APIView

from letters import clock
from letters.published import shown_as_of
from public.api import problems
from public.api.formats import Csv, Json, Negotiation
from public.pages.answering import finished

# For how long a browser need not ask again whether another site's script may read from here, in seconds.
_ASKED_FOR = 86_400


class ReadOnly(APIView):
    """An address for reading only, open to scripts of every site, the same for everyone; errors are problems."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (Json, Csv)
    content_negotiation_class = Negotiation

    def dispatch(self, request, *args: Any, **parts: Any) -> HttpResponse:
        self.now = clock.now()
        response = super().dispatch(request, *args, **parts)
        if hasattr(response, "render"):
            response.render()
        return problems.opened(finished(request, response, self.now))

    @cached_property
    def shown(self) -> datetime:
        """The instant at which what becomes public by the clock alone is shown: now, but in a restored copy."""
        return shown_as_of(self.now)

    @property
    def default_response_headers(self) -> dict[str, str]:
        """Only an address without a suffix answers otherwise to another Accept header."""
        negotiated = len(self.renderer_classes) > 1 and not self.kwargs.get("format")
        return {"Vary": "Accept"} if negotiated else {}

    def options(self, request, *args: Any, **parts: Any) -> HttpResponse:
        """What a browser asks before it lets a script of another site read."""
        methods = "GET, HEAD, OPTIONS"
        return HttpResponse(
            status=204,
            headers={
                "Allow": methods,
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": "Accept, If-None-Match",
                "Access-Control-Max-Age": str(_ASKED_FOR),
            },
        )
