"""One line in the log for each request, and an identifier that ties its other lines to it."""

import logging
import secrets
import time

from operating.logs import request_id

_log = logging.getLogger("operating.requests")


def note_requests(get_response):
    """Note how each request was answered: never its query, which may hold what somebody searched for, nor who asked.

    Staff are noted by their number. The identifier is ours alone, so that nobody can write into the log by it.
    """

    def answer(request):
        request.reference = secrets.token_hex(8)
        token = request_id.set(request.reference)
        began = time.perf_counter()
        try:
            response = get_response(request)
            _note(request, response, time.perf_counter() - began)
        finally:
            request_id.reset(token)
        return response

    return answer


def _note(request, response, seconds: float) -> None:
    facts = {"method": request.method, "path": request.path, "status": response.status_code}
    facts["ms"] = round(1000 * seconds, 1)
    # Only if the session was looked at anyway.
    if number := getattr(getattr(request, "_cached_user", None), "pk", None):
        facts["user"] = number
    _log.info("%s answered with %s", request.method, response.status_code, extra={"facts": facts})
