"""Checkout Sessions: made, looked at, paid on our own page, expired."""

from collections.abc import Mapping
from typing import Any, Literal

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import DECLINED, fail, intend, required, say, succeed, whole_number
from overskill.clients.stripe.double.shapes import Json
from overskill.clients.stripe.double.subscribing import subscribe
from overskill.clients.stripe.limits import LARGEST, least_charge

Way = Literal["card", "bank", "declined"]
LONGEST_SECONDS = 24 * 3600
_SHORTEST_SECONDS = 30 * 60
_MODES = ("payment", "subscription")
_TAX_PERCENT = {"AT": 20, "DE": 19, "FR": 20, "GB": 20, "JP": 10, "NL": 21}  # for trying: Stripe Tax knows all


def create(book: Book, asked: Json) -> Json:
    mode = required(asked, "mode")
    if mode not in _MODES:
        raise Refused(400, f"Invalid mode: must be one of {', '.join(_MODES)}", param="mode")
    required(asked, "success_url")
    lines = [_line(each, index, mode) for index, each in enumerate(required(asked, "line_items"))]
    currencies = {line["currency"] for line in lines}
    if len(currencies) > 1:
        raise Refused(400, "All prices on a Checkout Session must have the same currency.", param="line_items")
    currency, subtotal = currencies.pop(), sum(line["amount"] for line in lines)
    _check_total(subtotal, currency)
    expires_at = whole_number(asked, "expires_at") if "expires_at" in asked else book.seconds + LONGEST_SECONDS
    if not _SHORTEST_SECONDS <= expires_at - book.seconds <= LONGEST_SECONDS:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
        raise Refused(400, message, param="expires_at")
    session = book.make(
        "checkout.session",
        {
            "amount_subtotal": subtotal,
            "amount_total": subtotal,
            "automatic_tax": _tax_wish(asked),
            "cancel_url": asked.get("cancel_url"),
            "client_reference_id": asked.get("client_reference_id"),
            "billing_address_collection": asked.get("billing_address_collection"),
            "currency": currency,
            "customer": asked.get("customer"),
            "customer_details": None,
            "customer_email": asked.get("customer_email"),
            "expires_at": expires_at,
            "invoice": None,
            "metadata": asked.get("metadata") or {},
            "mode": mode,
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "subscription": None,
            "success_url": asked["success_url"],
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        },
    )
    session["url"] = f"{book.site_url}/test-checkout/{session['id']}"
    book.put(session)
    book.set(f"asked/{session['id']}", {"lines": lines, **_wishes(asked)})
    book.add("open sessions", session["id"])
    return session


def _tax_wish(asked: Json) -> Json:
    is_on = (asked.get("automatic_tax") or {}).get("enabled") == "true"
    return {"enabled": is_on, "liability": {"type": "self"} if is_on else None, "provider": None, "status": None}


def _wishes(asked: Json) -> Json:
    names = ("payment_intent_data", "subscription_data")
    return {name: asked.get(name) or {} for name in names}


def _line(item: Mapping[str, Any], index: int, mode: str) -> Json:
    where = f"line_items[{index}]"
    price = item.get("price_data")
    if not price:
        raise Refused(400, f"You must provide one of `price` or `price_data` for {where}.", param=where)
    name = (price.get("product_data") or {}).get("name")
    if not name:
        raise Refused(
            400, f"Missing required param: {where}[price_data][product_data][name].", code="parameter_missing"
        )
    recurring = price.get("recurring") or {}
    if (mode == "subscription") != bool(recurring):
        raise Refused(400, f"You specified `{mode}` mode but passed another kind of price.", param=where)
    if recurring and recurring.get("interval") not in ("day", "week", "month", "year"):
        raise Refused(400, "Invalid interval: must be one of day, month, week, or year", param=f"{where}[recurring]")
    amount = whole_number(price, "unit_amount", least=0) * whole_number(item, "quantity")
    return {
        "amount": amount,
        "currency": str(required(price, "currency")).lower(),
        "name": name,
        "description": (price.get("product_data") or {}).get("description", ""),
        "interval": recurring.get("interval", ""),
    }


def _check_total(amount: int, currency: str) -> None:
    if amount < least_charge(currency):
        message = (
            f"The Checkout Session's total amount due must add up to at least {say(least_charge(currency), currency)}"
        )
        raise Refused(400, message, code="amount_too_small")
    if amount > LARGEST:
        message = f"The Checkout Session's total amount due must be no more than {say(LARGEST, currency)}"
        raise Refused(400, message, code="amount_too_large")


def get(book: Book, _: Json, key: str) -> Json:
    return book.get("checkout.session", key, param="session")


def list_sessions(book: Book, asked: Json) -> list[Json]:
    key = book.value(f"session of/{required(asked, 'payment_intent')}")
    return [book.get("checkout.session", key)] if key else []


def expire(book: Book, _: Json, key: str) -> Json:
    session = book.get("checkout.session", key, param="session")
    if session["status"] != "open":
        message = (
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
        raise Refused(400, message)
    session.update(status="expired", url=None)
    book.put(session)
    book.drop("open sessions", key)
    book.tell("checkout.session.expired", session)
    return session


def pay(book: Book, key: str, *, way: Way, email: str, country: str) -> Json:
    """As on Stripe's page. Raises Refused where that says why it can't be paid."""
    session = book.get("checkout.session", key)
    if session["status"] != "open" or session["expires_at"] <= book.seconds:
        raise Refused(400, "This Checkout Session is not open any more.", code="payment_intent_unexpected_state")
    tax = _tax(session, country)
    total = session["amount_subtotal"] + tax
    session.update(amount_total=total, total_details={**session["total_details"], "amount_tax": tax})
    address = {"country": country or None}
    session["customer_details"] = {"email": session["customer_email"] or email, "address": address}
    if way == "declined":
        intent = _intent(book, session, total)
        fail(book, intent, DECLINED)
        book.set(f"declined/{key}", DECLINED)
        book.put(session)
        raise Refused(402, DECLINED, code="card_declined", kind="card_error")
    if session["mode"] == "subscription":
        subscribe(book, session, book.value(f"asked/{key}"), tax=tax, country=country)
    else:
        intent = _intent(book, session, total)
        if way == "bank":
            intent["status"] = "processing"
            book.put(intent)
        else:
            succeed(book, intent, country=country)
    is_late = way == "bank" and session["mode"] == "payment"
    session.update(status="complete", payment_status="unpaid" if is_late else "paid", url=None)
    book.put(session)
    book.drop("open sessions", key)
    book.tell("checkout.session.completed", session)
    return session


def _tax(session: Json, country: str) -> int:
    if not session["automatic_tax"]["enabled"]:
        return 0
    return int((session["amount_subtotal"] * _TAX_PERCENT.get(country, 0) + 50) // 100)


def _intent(book: Book, session: Json, total: int) -> Json:
    """One a session, however often it is tried."""
    if session["mode"] == "payment" and session["payment_intent"]:
        intent = book.get("payment_intent", session["payment_intent"])
        intent["amount"] = total
        return intent
    wishes = book.value(f"asked/{session['id']}")
    data = wishes["payment_intent_data" if session["mode"] == "payment" else "subscription_data"]
    intent = intend(book, total, session["currency"], data)
    if session["mode"] == "payment":
        session["payment_intent"] = intent["id"]
        book.set(f"session of/{intent['id']}", session["id"])
    return intent


def settle(book: Book, key: str, *, is_paid: bool) -> Json:
    """What a bank answers days after a debit was asked for."""
    session = book.get("checkout.session", key)
    intent = book.get("payment_intent", session["payment_intent"])
    if intent["status"] != "processing":
        raise Refused(400, "This payment is not under way.", code="payment_intent_unexpected_state")
    if is_paid:
        country = session["customer_details"]["address"]["country"] or ""
        charge = succeed(book, intent, country=country)
        book.set(f"by bank/{charge['id']}", value=True)
        session["payment_status"] = "paid"
        book.put(session)
        book.tell("checkout.session.async_payment_succeeded", session)
    else:
        fail(book, intent, "The bank refused the debit.")
        book.tell("checkout.session.async_payment_failed", session)
    return session
