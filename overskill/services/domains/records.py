"""What a creator has to set at their registrar, and how a domain is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import idna

from overskill.clients.dns import Resolver
from overskill.config import Settings
from overskill.errors import InvalidInput
from overskill.models import Domain
from overskill.sites import site_of

PROOF_LABEL = "_overskill"
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
# Names that are never registered with anybody (RFC 2606, RFC 6761, RFC 8375).
_RESERVED = frozenset({"localhost", "local", "test", "example", "invalid", "onion", "internal", "arpa"})


@dataclass(frozen=True, slots=True)
class DnsRecord:
    kind: str  # "TXT", "CNAME", "A", "AAAA"
    name: str
    value: str
    purpose: str  # for people: what it is for


def host_of(text: str) -> str:
    """The host that somebody typed or pasted, in lower case and punycode. Raises InvalidInput."""
    typed = text.strip().lower()
    try:
        name = (urlsplit(typed).hostname or "") if "//" in typed else typed.split("/", 1)[0]
        name = name.rstrip(".")
        host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except ValueError:  # no address that can be read, or idna's
        host = ""
    if not _HOST.fullmatch(host):
        raise InvalidInput("That can't be a domain. Write it like www.example.com.", field="host")
    if host.rpartition(".")[2] in _RESERVED:
        raise InvalidInput(f"{host} is a name for private use: no visitor could find it.", field="host")
    return host


def refuse_own(host: str, settings: Settings) -> None:
    """OverSkill's own hosts, and those of its apps, are nobody's to claim. Raises InvalidInput."""
    apps = urlsplit(settings.app_address("app")).hostname or ""
    if site_of(host) in {site_of(settings.site_host), site_of(apps)}:
        raise InvalidInput(f"{host} belongs to OverSkill. Add a domain of your own.", field="host")


def is_apex(host: str) -> bool:
    """Whether it is the name that was registered, which can't have a CNAME (RFC 1034, section 3.6.2)."""
    return site_of(host) == host


def proof_of(domain: Domain) -> DnsRecord:
    return DnsRecord("TXT", f"{PROOF_LABEL}.{domain.host}", f"overskill={domain.token}", "Proves that it is yours")


def target_of(slug: str, settings: Settings) -> str:
    """Where the domain has to lead: the app's own host."""
    return urlsplit(settings.app_address(slug)).hostname or ""


def addresses_of(target: str, *, resolver: Resolver, settings: Settings) -> list[str]:
    """The target's, as visitors from outside reach it: none while it is on localhost. Raises Unavailable."""
    found = settings.addresses or resolver.addresses(target)
    return [address for address in found if not ip_address(address).is_loopback]


def pointing_at(host: str, target: str, addresses: Sequence[str]) -> list[DnsRecord]:
    """The records that lead visitors to the app. `addresses` are the target's."""
    purpose = "Leads visitors to your app"
    has_name = not target.endswith("localhost") or not addresses
    if has_name and not is_apex(host):
        return [DnsRecord("CNAME", host, target, purpose)]
    return [DnsRecord("AAAA" if ":" in address else "A", host, address, purpose) for address in addresses]


def as_read(host: str) -> str:
    """As people write it: münchen.de."""
    try:
        return idna.decode(host)
    except idna.IDNAError:
        return host
