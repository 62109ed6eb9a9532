"""Which GSS code a body bore in which year. The register has its codes; since when, the boundaries know."""

from functools import cache

from councils import boundaries
from councils.boundaries import Layer


def code_now(gss: str, newer: str) -> str | None:
    """The code that a body bears now, or bore last; None where none is known."""
    return newer or gss or None


def code_in(year_ending: int, gss: str, newer: str, former: str) -> str | None:
    """The code that a body bore at the end of a reporting year; None where that is not known.

    Boundaries are known since 2014: of a year before it, only if the body has had one code all along.
    """
    if not (newer or former):
        return gss or None
    if year_ending <= boundaries.FIRST:
        return None
    known, year = _years(), boundaries.in_force(year_ending)
    borne = (code for code in (gss, newer, former) if code in known)
    return next((code for code in borne if known[code][0] <= year <= known[code][1]), None)


@cache
def _years() -> dict[str, tuple[int, int]]:
    """The first and the last calendar year of each code of a council that has an area."""
    return {
        code: span for layer in (Layer.DISTRICTS, Layer.COUNTIES) for code, span in boundaries.codes(layer)
    }
