"""What Stripe's objects say besides what matters here, so that nothing is missing that Stripe always answers."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Json = dict[str, Any]

WITHOUT_LIVEMODE = frozenset(("account", "balance_transaction", "refund", "transfer_reversal"))
_ALWAYS: Mapping[str, Json] = {
    "balance_transaction": {"balance_type": "payments", "description": None, "exchange_rate": None},
    "billing_portal.session": {"configuration": "bpc_double", "flow": None, "locale": None, "on_behalf_of": None},
    "charge": {
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "description": None,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "on_behalf_of": None,
        "outcome": None,
        "receipt_email": None,
        "shipping": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "transfer_data": None,
    },
    "checkout.session": {
        "after_expiration": None,
        "allow_promotion_codes": None,
        "consent": None,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {"after_submit": None, "shipping_address": None, "submit": None},
        "locale": None,
        "payment_link": None,
        "payment_method_types": ["card"],
        "recovered_from": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "submit_type": None,
        "ui_mode": "hosted_page",
    },
    "dispute": {"enhanced_eligibility_types": [], "is_charge_refundable": False},
    "invoice": {
        "amount_overpaid": 0,
        "amount_shipping": 0,
        "attempted": True,
        "collection_method": "charge_automatically",
        "default_tax_rates": [],
        "discounts": [],
        "issuer": {"type": "self"},
        "payment_settings": {"default_mandate": None, "payment_method_options": None, "payment_method_types": None},
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "starting_balance": 0,
    },
    "payment_intent": {
        "amount_capturable": 0,
        "application": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "next_action": None,
        "payment_method_types": ["card"],
        "receipt_email": None,
        "shipping": None,
    },
    "payout": {
        "balance_transaction": None,
        "description": None,
        "destination": None,
        "failure_balance_transaction": None,
        "failure_code": None,
        "method": "standard",
        "original_payout": None,
        "reconciliation_status": "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "type": "bank_account",
    },
    "refund": {"receipt_number": None, "source_transfer_reversal": None, "transfer_reversal": None},
    "subscription": {
        "application": None,
        "billing_mode": {"type": "flexible"},
        "billing_schedules": [],
        "cancel_at": None,
        "collection_method": "charge_automatically",
        "default_payment_method": None,
        "description": None,
        "discounts": [],
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
        "pause_collection": None,
        "schedule": None,
        "trial_end": None,
        "trial_start": None,
    },
    "transfer": {"description": None, "source_type": "card"},
    "transfer_reversal": {"balance_transaction": None, "destination_payment_refund": None, "source_refund": None},
}


def always(kind: str) -> Json:
    return deepcopy(_ALWAYS.get(kind, {}))


def listed(found: list[Json], url: str) -> Json:
    """A list inside an object: all of it."""
    return {"object": "list", "data": found, "has_more": False, "url": url}


def price_of(line: Mapping[str, Any], seconds: int) -> Json:
    """Of a line of a subscription."""
    return {
        "id": "price_double",
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": seconds,
        "currency": line["currency"],
        "livemode": False,
        "metadata": {},
        "product": "prod_double",
        "recurring": {"interval": line["interval"], "interval_count": 1, "meter": None, "usage_type": "licensed"},
        "tax_behavior": "unspecified",
        "type": "recurring",
        "unit_amount": line["amount"],
        "unit_amount_decimal": str(line["amount"]),
    }


def plan_of(line: Mapping[str, Any], seconds: int) -> Json:
    return {
        "id": "price_double",
        "object": "plan",
        "active": True,
        "amount": line["amount"],
        "amount_decimal": str(line["amount"]),
        "billing_scheme": "per_unit",
        "created": seconds,
        "currency": line["currency"],
        "interval": line["interval"],
        "interval_count": 1,
        "livemode": False,
        "metadata": {},
        "product": "prod_double",
        "usage_type": "licensed",
    }
