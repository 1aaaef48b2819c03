"""Requests to addresses that users typed: only to public ones, however the name resolves.

The name is resolved once, each of its addresses is checked, and the connection goes to the address that was
checked: a name that resolves to something else a moment later gains nothing.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

import httpx

# Public by the book, or by some version of the library: but a private IPv4 address can be hidden in the first four, and
# the others are for inside.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "192.0.0.0/24")
)

_OWN_NETWORKS = tuple(
    ipaddress.ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


class PrivateAddress(httpx.ConnectError):
    """The name is of something inside: this machine, its network, a cloud's own services."""


def is_public(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return is_public(str(found.ipv4_mapped))
    return found.is_global and not found.is_multicast and not any(found in block for block in _NOT_PUBLIC)


def is_private_by_name(url: str) -> bool:
    """Whether the address itself says that it is private: a private number, or localhost."""
    host = _host_of(url)
    return _is_localhost(host) or (_number(host) is not None and not is_public(host))


def is_ones_own_network(url: str) -> bool:
    """Whether the address itself says that it is this machine or a network of one's own. A cloud's metadata
    service is neither."""
    host = _host_of(url)
    number = _number(host)
    return _is_localhost(host) or (
        number is not None and (number.is_loopback or any(number in block for block in _OWN_NETWORKS))
    )


def _host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _is_localhost(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def resolve_public(host: str, port: int) -> str:
    """One address of the host to connect to. Raises PrivateAddress if any of them is private, ConnectError if it
    has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} can't be found.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise PrivateAddress(f"{host} is not on the public internet.")
    return addresses[0]


class PublicOnly(httpx.HTTPTransport):
    """Connects to nothing private. Give it to a client that follows no redirects, or each hop is checked anyway."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        # The Host header is set already; the certificate is checked against the name, not the number.
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=resolve_public(host, port))
        return super().handle_request(request)


def http_client(*, public_only: bool, timeout: httpx.Timeout | float) -> httpx.Client:
    """A client that follows no redirects, and reaches only public addresses where the address is a user's."""
    if public_only:
        return httpx.Client(transport=PublicOnly(), timeout=timeout, trust_env=False)
    return httpx.Client(timeout=timeout)
