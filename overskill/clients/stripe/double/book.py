"""One request's view of what the double knows: all it changes is kept together, or nothing if it is refused."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from overskill.clients.stripe.double.shapes import WITHOUT_LIVEMODE, Json, always
from overskill.clients.stripe.double.store import Store
from overskill.clients.stripe.reading import API_VERSION

MOST_LISTED = 2000

_PREFIXES = {
    "account": "acct",
    "balance_transaction": "txn",
    "billing_portal.session": "bps",
    "charge": "ch",
    "checkout.session": "cs_test",
    "customer": "cus",
    "dispute": "du",
    "event": "evt",
    "invoice": "in",
    "payment_intent": "pi",
    "payout": "po",
    "refund": "re",
    "subscription": "sub",
    "transfer": "tr",
    "transfer_reversal": "trr",
}
_KINDS = {  # what Stripe calls a kind when there is none of that id
    "checkout.session": "checkout.session",
    "payment_intent": "payment_intent",
    "balance_transaction": "balance transaction",
}


_KEPT = ("balance_insufficient", "insufficient_capabilities_for_transfer")


class Refused(Exception):
    """What Stripe answers instead.

    One that `is_kept` is the answer to its idempotency key ever after ("Idempotent requests": results are saved
    whether they succeed or fail, once an operation has begun).
    """

    def __init__(
        self, status: int, message: str, *, code: str = "", param: str = "", kind: str = "invalid_request_error"
    ) -> None:
        super().__init__(message)
        self.status = status
        facts = {"type": kind, "message": message, "code": code, "param": param}
        self.is_kept = kind == "card_error" or code in _KEPT
        self.facts = {name: value for name, value in facts.items() if value}

    @classmethod
    def again(cls, status: int, facts: Mapping[str, str]) -> "Refused":
        named = {name: facts.get(name, "") for name in ("code", "param")}
        return cls(status, facts["message"], kind=facts["type"], **named)


@dataclass
class Book:
    store: Store
    now: datetime
    site_url: str
    account_id: str = ""  # the connected account in whose name it is asked
    _seen: dict[str, Any] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())

    def value(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - JSON
        if name not in self._seen:
            text = self.store.load(name)
            self._seen[name] = default if text is None else orjson.loads(text)
        return self._seen[name]

    def set(self, name: str, value: Any) -> None:  # noqa: ANN401 - JSON
        self._seen[name] = value
        self._changed.add(name)

    def keep(self) -> None:
        self.store.save({name: orjson.dumps(self._seen[name]) for name in sorted(self._changed)})

    # Objects

    def make(self, kind: str, facts: Mapping[str, Any], *, key: str = "") -> Json:
        """With an id, unless that is given."""
        made = {
            "id": key or f"{_PREFIXES[kind]}_{secrets.token_hex(12)}",
            "object": kind,
            "created": self.seconds,
            **({} if kind in WITHOUT_LIVEMODE else {"livemode": False}),
            **always(kind),
            **facts,
        }
        self.put(made)
        return made

    def put(self, thing: Json) -> None:
        self.set(f"{thing['object']}/{thing['id']}", thing)

    def find(self, kind: str, key: str) -> Json | None:
        found: Json | None = self.value(f"{kind}/{key}")
        return found

    def get(self, kind: str, key: str, *, param: str = "id") -> Json:
        found = self.find(kind, key)
        if found is None:
            name = _KINDS.get(kind, kind)
            raise Refused(404, f"No such {name}: '{key}'", code="resource_missing", param=param)
        return found

    # Lists of ids, newest first

    def ids(self, name: str) -> list[str]:
        found: list[str] = self.value(f"list/{name}", [])
        return found

    def add(self, name: str, key: str) -> None:
        self.set(f"list/{name}", [key, *self.ids(name)][:MOST_LISTED])

    def drop(self, name: str, key: str) -> None:
        self.set(f"list/{name}", [each for each in self.ids(name) if each != key])

    # Money

    def balance(self, account_id: str, currency: str) -> int:
        found: int = self.value(f"balance/{account_id}", {}).get(currency, 0)
        return found

    def move(self, account_id: str, currency: str, amount: int) -> None:
        """In test mode all money is there at once, as with Stripe's card 4000 0000 0000 0077."""
        known: dict[str, int] = self.value(f"balance/{account_id}", {})
        self.set(f"balance/{account_id}", {**known, currency: known.get(currency, 0) + amount})

    # What is told

    def tell(self, kind: str, thing: Mapping[str, Any], *, account_id: str = "") -> None:
        event = self.make(
            "event",
            {
                "type": kind,
                "api_version": API_VERSION,
                "data": {"object": orjson.loads(orjson.dumps(thing))},
                "pending_webhooks": 1,
                "request": {"id": None, "idempotency_key": None},
                **({"account": account_id} if account_id else {}),
            },
        )
        self.add("events", event["id"])
        self.add("untold", event["id"])
