"""What machines ask of the site: does it live, is it ready, how is it."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from operating import metrics, readiness

_NEVER_KEPT = {"Cache-Control": "no-store"}


@require_safe
def healthz(request) -> HttpResponse:
    """Alive: the process answers. It asks nothing of the database, since a restart would not bring that back."""
    return HttpResponse("ok\n", content_type="text/plain", headers=_NEVER_KEPT)


@require_safe
def readyz(request) -> HttpResponse:
    """Ready: whether requests may be sent here, and what is missing if not."""
    parts = readiness.look()
    ready = readiness.is_ready(parts)
    answer = JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503, headers=_NEVER_KEPT)
    if not ready:
        answer.headers["Retry-After"] = "10"
    return answer


@require_safe
def measurements(request) -> HttpResponse:
    """Measurements for Prometheus."""
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE, headers=_NEVER_KEPT)
