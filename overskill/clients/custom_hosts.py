"""Hosts of creators' own in front of the edge: who accepts them, and whether they have a certificate."""

import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import httpx

from overskill.clients.public_address import resolve_public
from overskill.errors import Unavailable

HANDSHAKE_SECONDS = 5.0
HTTPS_PORT = 443


class CertificateState(StrEnum):
    MISSING = "missing"  # nothing answers there with https
    ISSUING = "issuing"
    ACTIVE = "active"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Certificate:
    """`detail` is a sentence for the creator, or ""."""

    state: CertificateState
    detail: str = ""


class CustomHosts(Protocol):
    """All calls are blocking. Raise Unavailable."""

    def add(self, host: str) -> str:
        """Have it served, and a certificate issued for it. Its id there, or ""; the same for a host that is known."""
        ...

    def certificate(self, host: str, external_id: str) -> Certificate: ...

    def remove(self, host: str, external_id: str) -> None:
        """Removing what is not there is no error."""
        ...


class ProxiedHosts:
    """On one machine, a proxy before the edge brings certificates; it asks /api/edge/hosts which hosts are ours."""

    def add(self, host: str) -> str:  # noqa: ARG002 - the edge serves every host that has a route
        return ""

    def certificate(self, host: str, external_id: str) -> Certificate:  # noqa: ARG002
        """By what a visitor's browser would do: connect, and check the certificate."""
        try:
            address = resolve_public(host, HTTPS_PORT)
            with (
                socket.create_connection((address, HTTPS_PORT), timeout=HANDSHAKE_SECONDS) as connection,
                ssl.create_default_context().wrap_socket(connection, server_hostname=host),
            ):
                return Certificate(CertificateState.ACTIVE)
        except ssl.SSLCertVerificationError as error:
            return Certificate(CertificateState.ISSUING, f"Its certificate is not valid yet ({error.verify_message}).")
        except (OSError, httpx.ConnectError):
            return Certificate(CertificateState.MISSING, "Nothing answers with https at this domain yet.")

    def remove(self, host: str, external_id: str) -> None:
        """The proxy asks again when a certificate runs out, and is told no."""


@dataclass
class FakeCustomHosts:
    """Hosts in memory. `is_down` makes every call fail; `state` is what certificates are in."""

    is_down: bool = False
    state: CertificateState = CertificateState.ACTIVE
    hosts: dict[str, str] = field(default_factory=dict)

    def add(self, host: str) -> str:
        self._require_up()
        return self.hosts.setdefault(host, f"id-{host}")

    def certificate(self, host: str, external_id: str) -> Certificate:
        self._require_up()
        if self.hosts.get(host) != external_id:
            return Certificate(CertificateState.MISSING, "This domain is not known here.")
        return Certificate(self.state)

    def remove(self, host: str, external_id: str) -> None:  # noqa: ARG002
        self._require_up()
        self.hosts.pop(host, None)

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("The edge does not answer. Try again in a moment.")
