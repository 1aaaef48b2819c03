"""Subscriptions: the first payment at checkout, later ones, late ones, and their end."""

from typing import Any

from overskill.clients.stripe.double.book import Book, Json, Refused
from overskill.clients.stripe.double.charging import fail, intend, succeed

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def subscribe(book: Book, session: Json, wishes: Json, *, tax: int, country: str) -> Json:
    (line,) = wishes["lines"]
    customer = book.make("customer", {"email": session["customer_details"]["email"], "metadata": {}})
    data = wishes["subscription_data"]
    subscription = book.make(
        "subscription",
        {
            "cancel_at_period_end": False,
            "canceled_at": None,
            "currency": session["currency"],
            "customer": customer["id"],
            "ended_at": None,
            "items": {"object": "list", "data": [_item(book, line)], "has_more": False},
            "latest_invoice": None,
            "metadata": data.get("metadata") or {},
            "status": "active",
        },
    )
    book.set(f"terms/{subscription['id']}", {**line, "tax": tax, "country": country})
    book.add("subscriptions", subscription["id"])
    book.tell("customer.subscription.created", subscription)
    invoice = _bill(book, subscription, "subscription_create", is_paid=True)
    session.update(subscription=subscription["id"], customer=customer["id"], invoice=invoice["id"])
    return subscription


def _item(book: Book, line: Json) -> Json:
    end = book.seconds + _DAYS[line["interval"]] * 86400
    return {
        "id": "si_1",
        "object": "subscription_item",
        "current_period_start": book.seconds,
        "current_period_end": end,
        "quantity": 1,
    }


def period_end(subscription: Json) -> int:
    found: int = subscription["items"]["data"][0]["current_period_end"]
    return found


def _bill(book: Book, subscription: Json, reason: str, *, is_paid: bool) -> Json:
    terms: dict[str, Any] = book.value(f"terms/{subscription['id']}")
    total = terms["amount"] + terms["tax"]
    metadata = subscription["metadata"]
    facts = {"customer": subscription["customer"]}
    intent = intend(book, total, subscription["currency"], facts)
    period = {"start": book.seconds, "end": period_end(subscription)}
    invoice = book.make(
        "invoice",
        {
            "amount_due": total,
            "amount_paid": total if is_paid else 0,
            "billing_reason": reason,
            "currency": subscription["currency"],
            "customer": subscription["customer"],
            "lines": {"object": "list", "data": [{"amount": terms["amount"], "period": period}], "has_more": False},
            "metadata": {},
            "parent": {
                "type": "subscription_details",
                "subscription_details": {"subscription": subscription["id"], "metadata": metadata},
            },
            "status": "paid" if is_paid else "open",
            "status_transitions": {"paid_at": book.seconds if is_paid else None},
            "subtotal": terms["amount"],
            "total": total,
            "total_taxes": [{"amount": terms["tax"]}] if terms["tax"] else [],
        },
    )
    book.set(f"intent of/{invoice['id']}", intent["id"])
    book.add(f"invoices/{subscription['id']}", invoice["id"])
    subscription["latest_invoice"] = invoice["id"]
    book.put(subscription)
    if is_paid:
        succeed(book, intent, country=terms["country"])
        book.tell("invoice.paid", invoice)
    else:
        fail(book, intent, "Your card was declined.")
        book.tell("invoice.payment_failed", invoice)
    return invoice


def renew(book: Book, key: str, *, is_paid: bool) -> Json:
    """The next payment: taken, or refused by the bank."""
    subscription = book.get("subscription", key)
    if subscription["status"] == "canceled":
        raise Refused(400, "A canceled subscription is not renewed.")
    item = subscription["items"]["data"][0]
    line = book.value(f"terms/{key}")
    start = item["current_period_end"]
    item.update(current_period_start=start, current_period_end=start + _DAYS[line["interval"]] * 86400)
    subscription["status"] = "active" if is_paid else "past_due"
    book.put(subscription)
    book.tell("customer.subscription.updated", subscription)
    return _bill(book, subscription, "subscription_cycle", is_paid=is_paid)


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
        subscription["cancel_at_period_end"] = asked["cancel_at_period_end"] == "true"
        subscription["canceled_at"] = book.seconds if subscription["cancel_at_period_end"] else None
    book.put(subscription)
    book.tell("customer.subscription.updated", subscription)
    return subscription


def cancel(book: Book, _: Json, key: str) -> Json:
    if book.get("subscription", key)["status"] == "canceled":
        raise Refused(404, f"No such subscription: '{key}'", code="resource_missing", param="id")
    return end(book, key)


def list_invoices(book: Book, asked: Json) -> list[Json]:
    found = [book.get("invoice", each) for each in book.ids(f"invoices/{asked.get('subscription', '')}")]
    if "data.payments" not in asked.get("expand", ()):
        return found
    return [{**invoice, "payments": _payments(book, invoice)} for invoice in found]


def _payments(book: Book, invoice: Json) -> Json:
    payment = {"type": "payment_intent", "payment_intent": book.value(f"intent of/{invoice['id']}")}
    return {"object": "list", "data": [{"object": "invoice_payment", "payment": payment, "status": invoice["status"]}]}


def pass_time(book: Book) -> None:
    """Renew what is due, and end what was to end then."""
    for key in book.ids("subscriptions"):
        subscription = book.get("subscription", key)
        if period_end(subscription) > book.seconds or subscription["status"] != "active":
            continue
        if subscription["cancel_at_period_end"]:
            end(book, key)
        else:
            renew(book, key, is_paid=True)
