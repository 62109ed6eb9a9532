"""What comes before everything else at each request."""

from operating import pages
from operating.asking import may_see_measurements

_PROBES = {"/healthz": pages.healthz, "/readyz": pages.readyz}


def answer_probes(get_response):
    """Answer the machines that watch the site before it asks for a host name, HTTPS or a session.

    They call each process by its own address. To everyone else /metrics is an address that does not exist.
    """

    def answer(request):
        if probe := _PROBES.get(request.path_info):
            return probe(request)
        if request.path_info == "/metrics" and may_see_measurements(request):
            return pages.measurements(request)
        return get_response(request)

    return answer
