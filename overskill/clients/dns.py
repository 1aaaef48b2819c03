"""What the domain name system says of a host. Nothing is cached here: who just set a record wants to see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from overskill.errors import Unavailable

if TYPE_CHECKING:
    from dns.rdata import Rdata

ANSWER_SECONDS = 4.0


class Resolver(Protocol):
    """All calls are blocking, and give an empty list for a name that does not exist. Raise Unavailable."""

    def texts(self, name: str) -> list[str]:
        """Its TXT records."""
        ...

    def addresses(self, name: str) -> list[str]:
        """Its IPv4 and IPv6 addresses, sorted; those of what its CNAME names."""
        ...


class DnsResolver:
    """Asks the name servers that this machine uses."""

    def texts(self, name: str) -> list[str]:
        return [b"".join(record.strings).decode(errors="replace") for record in self._ask(name, "TXT")]  # type: ignore[attr-defined]

    def addresses(self, name: str) -> list[str]:
        found = (*self._ask(name, "A"), *self._ask(name, "AAAA"))
        return sorted(record.address for record in found)  # type: ignore[attr-defined]

    @staticmethod
    def _ask(name: str, kind: str) -> "Sequence[Rdata]":
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer, resolve

        try:
            return tuple(resolve(name, kind, lifetime=ANSWER_SECONDS, search=False))
        except (NXDOMAIN, NoAnswer):
            return ()
        except DNSException as error:
            raise Unavailable(f"The name servers of {name} do not answer. Try again in a few minutes.") from error


@dataclass
class FakeResolver:
    """Records in memory. `is_down` makes every question fail as silent name servers do."""

    is_down: bool = False
    texts_of: dict[str, list[str]] = field(default_factory=dict)
    addresses_of: dict[str, list[str]] = field(default_factory=dict)

    def texts(self, name: str) -> list[str]:
        return self._find(self.texts_of, name)

    def addresses(self, name: str) -> list[str]:
        return sorted(self._find(self.addresses_of, name))

    def _find(self, records: Mapping[str, list[str]], name: str) -> list[str]:
        if self.is_down:
            raise Unavailable(f"The name servers of {name} do not answer. Try again in a few minutes.")
        return list(records.get(name, ()))
