"""Who asks: the address a request comes from, as far as it can be believed."""

import ipaddress

from django.conf import settings

_SAID_BY_PROXIES = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via")


def address_of(request) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address of whoever asks; None where it cannot be known.

    Behind our proxy that is the last one in X-Forwarded-For, which the proxy itself has put there; what stands before
    it is anybody's word. A request that shows traces of another proxy comes from nobody knows where.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.BEHIND_PROXY and forwarded:
        return _parsed(forwarded.rsplit(",", 1)[-1])
    if any(name in request.headers for name in _SAID_BY_PROXIES):
        return None
    return _parsed(request.META.get("REMOTE_ADDR", ""))


def network_of(request) -> str:
    """The address; of IPv6 the network that one customer has, whose addresses are without number."""
    address = address_of(request)
    if address is None or address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def may_see_measurements(request) -> bool:
    """Whether the request comes from a network of those who run the site."""
    address = address_of(request)
    return address is not None and any(address in network for network in settings.METRICS_NETWORKS)
