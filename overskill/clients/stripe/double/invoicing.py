"""A subscription's invoices: paid at once, or late."""

from collections.abc import Mapping
from typing import Any

from overskill.clients.stripe.double.book import Book, Refused
from overskill.clients.stripe.double.charging import DECLINED, fail, intend, succeed
from overskill.clients.stripe.double.shapes import Json, listed


def bill(book: Book, subscription: Json, reason: str, *, is_paid: bool) -> Json:
    """For the period that the subscription is in now."""
    terms: Mapping[str, Any] = book.value(f"terms/{subscription['id']}")
    intent = intend(book, terms["amount"] + terms["tax"], subscription["currency"], subscription)
    intent["metadata"] = {}
    invoice = book.make("invoice", _facts(book, subscription, terms, reason))
    invoice["lines"] = listed([_line(subscription, terms, invoice["id"])], f"/v1/invoices/{invoice['id']}/lines")
    book.set(f"intent of/{invoice['id']}", intent["id"])
    for whose in (subscription["id"], subscription["customer"]):
        book.add(f"invoices/{whose}", invoice["id"])
    subscription["latest_invoice"] = invoice["id"]
    book.put(subscription)
    return _take(book, invoice, intent, terms["country"]) if is_paid else _miss(book, invoice, intent)


def pay_late(book: Book, subscription: Json) -> Json:
    """What is open: with the card as it is now."""
    invoice = book.get("invoice", subscription["latest_invoice"])
    if invoice["status"] != "open":
        raise Refused(400, "Invoice is already paid", code="invoice_already_paid")
    intent = book.get("payment_intent", book.value(f"intent of/{invoice['id']}"))
    terms = book.value(f"terms/{subscription['id']}")
    invoice["attempt_count"] += 1
    return _take(book, invoice, intent, terms["country"])


def _facts(book: Book, subscription: Json, terms: Mapping[str, Any], reason: str) -> Json:
    total, tax = terms["amount"] + terms["tax"], terms["tax"]
    told = {"subscription": subscription["id"], "metadata": subscription["metadata"]}
    taxed = {
        "amount": tax,
        "tax_behavior": "exclusive",
        "taxability_reason": "standard_rated",
        "type": "tax_rate_details",
    }
    return {
        "amount_due": total,
        "amount_paid": 0,
        "amount_remaining": total,
        "attempt_count": 1,
        "automatic_tax": subscription["automatic_tax"],
        "billing_reason": reason,
        "currency": subscription["currency"],
        "customer": subscription["customer"],
        "metadata": {},
        "parent": {"type": "subscription_details", "quote_details": None, "subscription_details": told},
        "period_end": book.seconds,
        "period_start": book.seconds,
        "status": "open",
        "status_transitions": {
            "finalized_at": book.seconds,
            "marked_uncollectible_at": None,
            "paid_at": None,
            "voided_at": None,
        },
        "subtotal": terms["amount"],
        "total": total,
        "total_taxes": [{**taxed, "taxable_amount": terms["amount"]}] if tax else [],
    }


def _line(subscription: Json, terms: Mapping[str, Any], invoice_id: str) -> Json:
    item = subscription["items"]["data"][0]
    return {
        "id": f"il_{invoice_id}",
        "object": "line_item",
        "amount": terms["amount"],
        "currency": subscription["currency"],
        "description": terms["name"],
        "discountable": True,
        "discounts": [],
        "invoice": invoice_id,
        "livemode": False,
        "metadata": subscription["metadata"],
        "period": {"start": item["current_period_start"], "end": item["current_period_end"]},
        "quantity": 1,
        "subtotal": terms["amount"],
    }


def _take(book: Book, invoice: Json, intent: Json, country: str) -> Json:
    invoice.update(status="paid", amount_paid=invoice["total"], amount_remaining=0)
    invoice["status_transitions"]["paid_at"] = book.seconds
    book.put(invoice)
    succeed(book, intent, country=country)
    book.tell("invoice.paid", invoice)
    return invoice


def _miss(book: Book, invoice: Json, intent: Json) -> Json:
    book.put(invoice)
    fail(book, intent, DECLINED)
    book.tell("invoice.payment_failed", invoice)
    return invoice


def list_invoices(book: Book, asked: Json) -> list[Json]:
    whose = asked.get("subscription") or asked.get("customer", "")
    found = [book.get("invoice", each) for each in book.ids(f"invoices/{whose}")]
    if "data.payments" not in asked.get("expand", ()):
        return found
    return [{**invoice, "payments": _payments(book, invoice)} for invoice in found]


def _payments(book: Book, invoice: Json) -> Json:
    payment = {
        "id": f"inpay_{invoice['id']}",
        "object": "invoice_payment",
        "amount_paid": invoice["amount_paid"] or None,
        "amount_requested": invoice["amount_due"],
        "created": invoice["created"],
        "currency": invoice["currency"],
        "invoice": invoice["id"],
        "is_default": True,
        "livemode": False,
        "payment": {"type": "payment_intent", "payment_intent": book.value(f"intent of/{invoice['id']}")},
        "status": invoice["status"],
        "status_transitions": {"canceled_at": None, "paid_at": invoice["status_transitions"]["paid_at"]},
    }
    return listed([payment], f"/v1/invoice_payments?invoice={invoice['id']}")
