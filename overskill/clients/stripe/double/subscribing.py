"""Subscriptions: the first payment at checkout, later ones, late ones, and their end."""

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.invoicing import bill, pay_late
from overskill.clients.stripe.double.shapes import Json, listed, plan_of, price_of

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_GIVEN_UP_AFTER = 14 * 86400  # as Stripe does, where its settings say to cancel what is never paid


def subscribe(book: Book, session: Json, wishes: Json, *, tax: int, country: str) -> Json:
    (line,) = wishes["lines"]
    customer = book.make("customer", {"email": session["customer_details"]["email"], "metadata": {}})
    subscription = book.make(
        "subscription",
        {
            "automatic_tax": {**session["automatic_tax"], "disabled_reason": None, "liability": None},
            "billing_cycle_anchor": book.seconds,
            "cancel_at_period_end": False,
            "canceled_at": None,
            "currency": session["currency"],
            "customer": customer["id"],
            "ended_at": None,
            "latest_invoice": None,
            "metadata": wishes["subscription_data"].get("metadata") or {},
            "start_date": book.seconds,
            "status": "active",
        },
    )
    key = subscription["id"]
    for unsaid in ("provider", "status"):
        subscription["automatic_tax"].pop(unsaid, None)
    subscription["items"] = listed([_item(book, line, key)], f"/v1/subscription_items?subscription={key}")
    book.set(f"terms/{key}", {**line, "tax": tax, "country": country})
    book.add("subscriptions", key)
    book.add(f"subscriptions of/{customer['id']}", key)
    book.tell("customer.subscription.created", subscription)
    invoice = bill(book, subscription, "subscription_create", is_paid=True)
    session.update(subscription=key, customer=customer["id"], invoice=invoice["id"])
    return subscription


def _item(book: Book, line: Json, key: str) -> Json:
    return {
        "id": f"si_{key}",
        "object": "subscription_item",
        "created": book.seconds,
        "current_period_start": book.seconds,
        "current_period_end": book.seconds + _DAYS[line["interval"]] * 86400,
        "discounts": [],
        "metadata": {},
        "plan": plan_of(line, book.seconds),
        "price": price_of(line, book.seconds),
        "quantity": 1,
        "subscription": key,
        "tax_rates": [],
    }


def period_end(subscription: Json) -> int:
    found: int = subscription["items"]["data"][0]["current_period_end"]
    return found


def renew(book: Book, key: str, *, is_paid: bool | None = None) -> Json:
    """The next payment: taken, or refused by the bank. None: as the customer's card is."""
    subscription = book.get("subscription", key)
    if subscription["status"] == "canceled":
        raise Refused(400, "A canceled subscription is not renewed.")
    if subscription["status"] == "past_due":
        raise Refused(400, "The payment before is still open.")
    if is_paid is None:
        is_paid = card_works(book, subscription["customer"])
    item = subscription["items"]["data"][0]
    start = item["current_period_end"]
    length = _DAYS[book.value(f"terms/{key}")["interval"]] * 86400
    item.update(current_period_start=start, current_period_end=start + length)
    subscription["status"] = "active" if is_paid else "past_due"
    book.put(subscription)
    book.tell("customer.subscription.updated", subscription)
    return bill(book, subscription, "subscription_cycle", is_paid=is_paid)


def card_works(book: Book, customer: str) -> bool:
    found: bool = book.value(f"card works/{customer}", default=True)
    return found


def change_card(book: Book, customer: str, *, works: bool) -> None:
    """With one that works, what is open is paid: Stripe tries again by itself."""
    book.set(f"card works/{customer}", works)
    for key in book.ids(f"subscriptions of/{customer}"):
        subscription = book.get("subscription", key)
        if works and subscription["status"] == "past_due":
            _catch_up(book, subscription)


def _catch_up(book: Book, subscription: Json) -> None:
    subscription["status"] = "active"
    book.put(subscription)
    pay_late(book, subscription)
    book.tell("customer.subscription.updated", subscription)


def end(book: Book, key: str) -> Json:
    subscription = book.get("subscription", key)
    subscription.update(status="canceled", ended_at=book.seconds, canceled_at=book.seconds)
    book.put(subscription)
    book.drop("subscriptions", key)
    book.tell("customer.subscription.deleted", subscription)
    return subscription


def get(book: Book, _: Json, key: str) -> Json:
    return book.get("subscription", key, param="id")


def change(book: Book, asked: Json, key: str) -> Json:
    subscription = book.get("subscription", key)
    if subscription["status"] == "canceled":
        message = "A canceled subscription can only update its cancellation_details and metadata."
        raise Refused(400, message)
    if "cancel_at_period_end" in asked:
        is_ending = asked["cancel_at_period_end"] == "true"
        subscription.update(
            cancel_at_period_end=is_ending,
            canceled_at=book.seconds if is_ending else None,
            cancel_at=period_end(subscription) if is_ending else None,
        )
    book.put(subscription)
    book.tell("customer.subscription.updated", subscription)
    return subscription


def cancel(book: Book, _: Json, key: str) -> Json:
    if book.get("subscription", key)["status"] == "canceled":
        raise Refused(404, f"No such subscription: '{key}'", code="resource_missing", param="id")
    return end(book, key)


def pass_time(book: Book) -> None:
    """Renew what is due, and end what was to end then, or was never paid."""
    for key in book.ids("subscriptions"):
        subscription = book.get("subscription", key)
        if subscription["status"] == "past_due":
            started = subscription["items"]["data"][0]["current_period_start"]
            if book.seconds - started >= _GIVEN_UP_AFTER:
                end(book, key)
        elif period_end(subscription) <= book.seconds:
            if subscription["cancel_at_period_end"]:
                end(book, key)
            else:
                renew(book, key)
