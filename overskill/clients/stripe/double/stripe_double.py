"""Stripe as it would answer, with no money in it: its API, and what its pages and the banks do by themselves."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from overskill.clients.stripe.double import (
    charging,
    checkout,
    connecting,
    disputing,
    invoicing,
    paying_out,
    portal,
    refunding,
    subscribing,
)
from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.shapes import Json
from overskill.clients.stripe.double.store import MemoryStore, Store
from overskill.models.base import utc_now

_PAYOUT_SECONDS = 24 * 3600
_MOST_AT_ONCE = 100
_LONGEST_PAGE = 100
_EXPANDED = frozenset(("balance_transaction", "data.payments"))  # all that we ask for

Answer = Callable[..., "Json | list[Json]"]  # of a book, what is asked, and the ids in the path


def _list_events(book: Book, asked: Json) -> list[Json]:
    kinds, since = asked.get("types") or [], int((asked.get("created") or {}).get("gte", 0))
    found = [book.get("event", each) for each in book.ids("events")]
    return [each for each in found if each["created"] >= since and (not kinds or each["type"] in kinds)]


_ID = r"([A-Za-z0-9_]+)"
_ROUTES: tuple[tuple[str, Answer], ...] = (
    ("POST /v1/checkout/sessions", checkout.create),
    ("GET /v1/checkout/sessions", checkout.list_sessions),
    (f"GET /v1/checkout/sessions/{_ID}", checkout.get),
    (f"POST /v1/checkout/sessions/{_ID}/expire", checkout.expire),
    (f"GET /v1/payment_intents/{_ID}", charging.get_intent),
    (f"GET /v1/charges/{_ID}", charging.get_charge),
    ("POST /v1/refunds", refunding.create),
    ("GET /v1/refunds", refunding.list_all),
    (f"GET /v1/refunds/{_ID}", refunding.get),
    (f"GET /v1/disputes/{_ID}", disputing.get),
    (f"POST /v1/disputes/{_ID}", disputing.answer),
    (f"GET /v1/subscriptions/{_ID}", subscribing.get),
    (f"POST /v1/subscriptions/{_ID}", subscribing.change),
    (f"DELETE /v1/subscriptions/{_ID}", subscribing.cancel),
    ("GET /v1/invoices", invoicing.list_invoices),
    ("POST /v1/billing_portal/sessions", portal.create),
    ("POST /v1/accounts", connecting.create_account),
    (f"GET /v1/accounts/{_ID}", connecting.get_account),
    ("POST /v1/account_links", connecting.create_link),
    (f"POST /v1/accounts/{_ID}/login_links", connecting.create_login_link),
    ("POST /v1/transfers", connecting.create_transfer),
    ("GET /v1/transfers", connecting.list_transfers),
    (f"POST /v1/transfers/{_ID}/reversals", connecting.create_reversal),
    ("POST /v1/payouts", paying_out.create),
    ("GET /v1/payouts", paying_out.list_all),
    ("GET /v1/balance", paying_out.get_balance),
    ("GET /v1/events", _list_events),
)
_PATTERNS = tuple((re.compile(pattern), answer) for pattern, answer in _ROUTES)


@dataclass
class StripeDouble:
    """Its clock is `now`. What it tells waits in `untold` until somebody hands it on, signed."""

    site_url: str = "http://localhost:3000"
    store: Store = field(default_factory=MemoryStore)
    now: Callable[[], datetime] = utc_now

    # Its API

    def answer(self, method: str, path: str, asked: Json, *, account_id: str = "", key: str = "") -> tuple[int, Json]:
        """The status, and what is in the body."""
        try:
            with self._book(account_id) as book:
                return 200, self._carry_out(book, method, path, asked, key)
        except Refused as refused:
            return refused.status, {"error": refused.facts}

    def _carry_out(self, book: Book, method: str, path: str, asked: Json, key: str) -> Json:
        if method != "POST" or not key:
            return _answer(book, method, path, asked)
        digest = hashlib.sha256(f"{path} {book.account_id} ".encode() + orjson.dumps(asked)).hexdigest()
        kept = book.value(name := f"idempotency/{key}")
        if kept is None:
            try:
                kept = {"digest": digest, "answer": _answer(book, method, path, asked)}
            except Refused as refused:
                if refused.is_kept:
                    book.set(name, {"digest": digest, "status": refused.status, "error": refused.facts})
                raise
            book.set(name, kept)
        if kept["digest"] != digest:
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request."
            )
            raise Refused(400, message, kind="idempotency_error")
        if "error" in kept:
            raise Refused.again(kept["status"], kept["error"])
        found: Json = kept["answer"]
        return found

    # What its pages and banks do

    def pay(
        self, session_id: str, *, way: checkout.Way = "card", email: str = "buyer@example.com", country: str = "US"
    ) -> Json:
        """Raises Refused, with what the page says, if it can't be paid."""
        with self._book() as book:
            return checkout.pay(book, session_id, way=way, email=email, country=country)

    def lines(self, session_id: str) -> list[Json]:
        """What a page lists: name, description, amount, currency, interval."""
        with self._book() as book:
            found: list[Json] = book.value(f"asked/{session_id}", {"lines": []})["lines"]
            return found

    def refusal(self, session_id: str) -> str:
        """What a page says of the last card that was tried; ""."""
        with self._book() as book:
            return str(book.value(f"declined/{session_id}", ""))

    def settle(self, session_id: str, *, is_paid: bool) -> Json:
        with self._book() as book:
            return checkout.settle(book, session_id, is_paid=is_paid)

    def subscriptions(self, customer_id: str) -> list[Json]:
        """Newest first."""
        with self._book() as book:
            return [book.get("subscription", each) for each in book.ids(f"subscriptions of/{customer_id}")]

    def card_works(self, customer_id: str) -> bool:
        with self._book() as book:
            return subscribing.card_works(book, customer_id)

    def change_card(self, customer_id: str, *, works: bool) -> None:
        with self._book() as book:
            subscribing.change_card(book, customer_id, works=works)

    def renew(self, subscription_id: str, *, is_paid: bool | None = None) -> Json:
        with self._book() as book:
            return subscribing.renew(book, subscription_id, is_paid=is_paid)

    def end_subscription(self, subscription_id: str) -> Json:
        with self._book() as book:
            return subscribing.end(book, subscription_id)

    def end_refund(self, refund_id: str, status: refunding.End) -> Json:
        with self._book() as book:
            return refunding.end(book, refund_id, status)

    def open_dispute(self, charge_id: str, *, reason: str = "fraudulent") -> Json:
        with self._book() as book:
            return disputing.open_(book, charge_id, reason)

    def decide_dispute(self, dispute_id: str, *, is_won: bool) -> Json:
        with self._book() as book:
            return disputing.decide(book, dispute_id, is_won=is_won)

    def link(self, word: str) -> Json | None:
        """What a link to an account, or to the portal, leads to; None: it is none, or no longer good."""
        with self._book() as book:
            kept = (book.value(f"{kind} link/{word}") for kind in ("account", "login", "portal"))
            found: Json | None = next(filter(None, kept), None)
            return found if found and found["until"] > book.seconds else None

    def onboard(self, account_id: str) -> Json:
        with self._book() as book:
            return connecting.onboard(book, account_id)

    def restrict(self, account_id: str, *wanted: str) -> Json:
        with self._book() as book:
            return connecting.restrict(book, account_id, list(wanted))

    def hold_up(self, account_id: str, reason: connecting.HeldUp) -> Json:
        with self._book() as book:
            return connecting.hold_up(book, account_id, reason)

    def submit_payout(self, payout_id: str, account_id: str) -> Json:
        with self._book() as book:
            return paying_out.submit(book, payout_id, account_id=account_id)

    def cancel_payout(self, payout_id: str, account_id: str) -> Json:
        with self._book() as book:
            return paying_out.cancel(book, payout_id, account_id=account_id)

    def end_payout(self, payout_id: str, account_id: str, *, is_paid: bool) -> Json:
        with self._book() as book:
            return paying_out.end(book, payout_id, account_id=account_id, is_paid=is_paid)

    def pass_time(self) -> None:
        """What became due since: sessions expire, money arrives, subscriptions are renewed, disputes are decided."""
        with self._book() as book:
            for key in book.ids("open sessions"):
                if book.get("checkout.session", key)["expires_at"] <= book.seconds:
                    checkout.expire(book, {}, key)
            paying_out.pass_time(book, seconds=_PAYOUT_SECONDS)
            subscribing.pass_time(book)
            refunding.pass_time(book)
            disputing.pass_time(book)

    # What it tells

    @property
    def webhook_secret(self) -> str:
        """Of this double alone: nobody else can sign what it tells."""
        with self._book() as book:
            found: str | None = book.value("webhook secret")
            if found is None:
                found = f"whsec_{secrets.token_hex(24)}"
                book.set("webhook secret", found)
            return found

    def untold(self) -> list[Json]:
        """The events nobody took yet, oldest first."""
        with self._book() as book:
            return [book.get("event", each) for each in reversed(book.ids("untold")[-_MOST_AT_ONCE:])]

    def told(self, event_id: str) -> None:
        with self._book() as book:
            book.drop("untold", event_id)

    def signed(self, event: Json, *, at: datetime | None = None) -> tuple[bytes, str]:
        """The body and the signature of its delivery."""
        body, when = orjson.dumps(event), int((at or self.now()).timestamp())
        text = f"{when}.".encode() + body
        digest = hmac.digest(self.webhook_secret.encode(), text, hashlib.sha256).hex()
        return body, f"t={when},v1={digest}"

    @contextmanager
    def _book(self, account_id: str = "") -> Iterator[Book]:
        with self.store.locked():
            book = Book(self.store, self.now(), self.site_url, account_id)
            try:
                yield book
            except Refused as refused:
                if refused.is_kept:
                    book.keep()
                raise
            book.keep()


def _answer(book: Book, method: str, path: str, asked: Json) -> Json:
    for name in asked.get("expand", ()):
        if name not in _EXPANDED:
            raise Refused(400, f"This property cannot be expanded ({name}).", param="expand")
    for pattern, answer in _PATTERNS:
        match = pattern.fullmatch(f"{method} {path}")
        if match:
            made = answer(book, asked, *match.groups())
            return _page(made, path, asked) if isinstance(made, list) else made
    raise Refused(404, f"Unrecognized request URL ({method}: {path}).")


def _page(found: list[Json], path: str, asked: Json) -> Json:
    """Newest first, `limit` at once, after the one named."""
    after, limit = asked.get("starting_after", ""), int(asked.get("limit", 10))
    ids = [each["id"] for each in found]
    if not 1 <= limit <= _LONGEST_PAGE:
        raise Refused(400, f"Invalid limit: must be between 1 and {_LONGEST_PAGE}", param="limit")
    if after and after not in ids:
        raise Refused(404, f"No such object: '{after}'", code="resource_missing", param="starting_after")
    start = ids.index(after) + 1 if after else 0
    has_more = len(found) > start + limit
    return {"object": "list", "url": path, "data": found[start : start + limit], "has_more": has_more}
