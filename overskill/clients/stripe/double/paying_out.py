"""Payouts, from a balance to its owner's bank; and balances."""

from collections.abc import Mapping

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import required, whole_number
from overskill.clients.stripe.double.connecting import get_account
from overskill.clients.stripe.double.shapes import Json

_BANKS_DAYS = 2
_GOES_ON: Mapping[str, tuple[str, ...]] = {  # as it is -> what may become of it
    "pending": ("in_transit", "paid", "failed", "canceled"),
    "in_transit": ("paid", "failed"),
    "paid": ("failed",),
}


def create(book: Book, asked: Json) -> Json:
    amount, currency = whole_number(asked, "amount"), str(required(asked, "currency")).lower()
    if book.balance(book.account_id, currency) < amount:
        message = "You have insufficient funds in your Stripe account for this payout."
        raise Refused(400, message, code="balance_insufficient")
    if book.account_id and not get_account(book, {}, book.account_id)["payouts_enabled"]:
        raise Refused(400, "Payouts are not enabled for this account.", code="payouts_not_allowed")
    return _make(book, book.account_id, amount, currency, is_automatic=False)


def _make(book: Book, account_id: str, amount: int, currency: str, *, is_automatic: bool) -> Json:
    payout = book.make(
        "payout",
        {
            "amount": amount,
            "arrival_date": book.seconds,
            "automatic": is_automatic,
            "currency": currency,
            "failure_message": None,
            "metadata": {},
            "status": "pending",
            "trace_id": {"status": "pending", "value": None},
        },
    )
    book.move(account_id, currency, -amount)
    book.add(f"payouts/{account_id}", payout["id"])
    book.add("payouts under way", f"{account_id} {payout['id']}")
    book.tell("payout.created", payout, account_id=account_id)
    return payout


def list_all(book: Book, _: Json) -> list[Json]:
    return [book.get("payout", each) for each in book.ids(f"payouts/{book.account_id}")]


def submit(book: Book, key: str, *, account_id: str) -> Json:
    """Stripe hands it to the bank, which needs its days. It can't be cancelled any more."""
    payout = _becoming(book, key, "in_transit")
    payout["arrival_date"] = book.seconds + _BANKS_DAYS * 86400
    return _keep(book, payout, account_id, "payout.updated")


def end(book: Book, key: str, *, account_id: str, is_paid: bool) -> Json:
    """It is paid, and a little later the bank says by which number it can be found; or it fails, also after that."""
    payout = _becoming(book, key, "paid" if is_paid else "failed")
    book.drop("payouts under way", f"{account_id} {key}")
    if is_paid:
        _keep(book, payout, account_id, "payout.paid")
        payout["trace_id"] = {"status": "supported", "value": f"FED{key[-12:].upper()}"}
        return _keep(book, payout, account_id, "payout.updated")
    payout.update(failure_code="account_closed", failure_message="The bank account has been closed.")
    return _bring_back(book, payout, account_id)


def cancel(book: Book, key: str, *, account_id: str) -> Json:
    """Raises Refused for what Stripe pays out by itself, and for what the bank has."""
    if book.get("payout", key)["automatic"]:
        raise Refused(400, "You can't cancel an automatic payout.")
    payout = _becoming(book, key, "canceled")
    book.drop("payouts under way", f"{account_id} {key}")
    return _bring_back(book, payout, account_id)


def _becoming(book: Book, key: str, status: str) -> Json:
    payout = book.get("payout", key)
    if status not in _GOES_ON.get(payout["status"], ()):
        raise Refused(400, f"A payout that is {payout['status']} can't become {status}.")
    payout["status"] = status
    return payout


def _bring_back(book: Book, payout: Json, account_id: str) -> Json:
    book.move(account_id, payout["currency"], payout["amount"])
    return _keep(book, payout, account_id, f"payout.{payout['status']}")


def _keep(book: Book, payout: Json, account_id: str, kind: str) -> Json:
    book.put(payout)
    book.tell(kind, payout, account_id=account_id)
    return payout


def pass_time(book: Book, *, seconds: int) -> None:
    """Payouts arrive; and what a set-up account has is paid out once in that many seconds."""
    for name in book.ids("payouts under way"):
        account_id, _, key = name.partition(" ")
        end(book, key, account_id=account_id, is_paid=True)
    for account_id in book.ids("accounts"):
        last: int = book.value(f"paid out/{account_id}", 0)
        if book.seconds - last < seconds or not get_account(book, {}, account_id)["payouts_enabled"]:
            continue
        due = {currency: amount for currency, amount in book.value(f"balance/{account_id}", {}).items() if amount > 0}
        for currency, amount in due.items():
            book.set(f"paid out/{account_id}", book.seconds)
            _make(book, account_id, amount, currency, is_automatic=True)


def get_balance(book: Book, _: Json) -> Json:
    known: dict[str, int] = book.value(f"balance/{book.account_id}", {})
    available = [{"amount": amount, "currency": currency} for currency, amount in sorted(known.items())]
    pending = [{"amount": 0, "currency": currency} for currency in sorted(known)]
    return {"object": "balance", "livemode": False, "available": available, "pending": pending}
