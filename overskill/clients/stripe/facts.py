"""What Stripe knows, in as many words as OverSkill needs. Amounts are in the currency's smallest unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Interval = Literal["", "month", "year"]


@dataclass(frozen=True, slots=True)
class OrderLine:
    name: str
    amount: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What a buyer is asked to pay. With an interval it is a subscription, of one line."""

    reference: str  # the purchase's id: every object at Stripe carries it
    currency: str
    lines: tuple[OrderLine, ...]
    success_url: str
    cancel_url: str
    email: str = ""  # "": Stripe asks for it
    interval: Interval = ""
    expires_at: datetime | None = None  # None: in a day
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StripeSession:
    """A Checkout Session: `url` is where the buyer pays."""

    id: str
    url: str
    reference: str
    status: str  # open, complete, expired
    payment_status: str  # unpaid, paid, no_payment_required
    currency: str
    subtotal: int
    tax: int
    total: int
    payment_intent_id: str
    subscription_id: str
    invoice_id: str
    customer_id: str
    email: str
    country: str

    @property
    def is_paid(self) -> bool:
        return self.status == "complete" and self.payment_status in ("paid", "no_payment_required")


@dataclass(frozen=True, slots=True)
class StripeIntent:
    """A PaymentIntent."""

    id: str
    status: str  # requires_payment_method, processing, succeeded, canceled …
    amount: int
    currency: str
    charge_id: str
    error: str  # of the last try, for the buyer


@dataclass(frozen=True, slots=True)
class StripeCharge:
    id: str
    payment_intent_id: str
    customer_id: str
    status: str  # succeeded, pending, failed
    amount: int
    currency: str
    refunded: int
    is_disputed: bool
    fee: int | None  # None: not known yet
    fee_currency: str  # of the balance it settled in
    receipt_number: str
    receipt_url: str
    country: str


@dataclass(frozen=True, slots=True)
class StripeInvoice:
    """One payment of a subscription."""

    id: str
    subscription_id: str
    status: str  # draft, open, paid, uncollectible, void
    reason: str  # subscription_create, subscription_cycle …
    currency: str
    subtotal: int
    tax: int
    total: int
    payment_intent_id: str
    period_end: datetime  # until when it is paid
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class StripeSubscription:
    id: str
    reference: str  # the purchase's id
    status: str  # incomplete, active, past_due, canceled, unpaid …
    customer_id: str
    period_end: datetime
    ends_at_period_end: bool
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StripeAccount:
    """A creator's connected account (Express)."""

    id: str
    email: str
    country: str
    currency: str
    charges_enabled: bool
    payouts_enabled: bool
    transfers_enabled: bool  # it can be transferred to
    details_submitted: bool
    requirements: tuple[str, ...]  # what Stripe wants to know now, in Stripe's words
    disabled_reason: str


@dataclass(frozen=True, slots=True)
class StripeTransfer:
    id: str
    account_id: str
    amount: int
    currency: str
    reversed: int
    group: str
    reference: str


@dataclass(frozen=True, slots=True)
class StripeReversal:
    id: str
    transfer_id: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class StripeRefund:
    id: str
    charge_id: str
    payment_intent_id: str
    amount: int
    currency: str
    status: str  # pending, requires_action, succeeded, failed, canceled
    reference: str  # the refund row's id; "": made in Stripe's dashboard
    failure: str


@dataclass(frozen=True, slots=True)
class StripeDispute:
    id: str
    charge_id: str
    payment_intent_id: str
    amount: int
    currency: str
    reason: str
    status: str  # warning_needs_response …, needs_response, under_review, won, lost
    due_at: datetime | None
    withdrawn: int  # of the platform's balance, the bank's fee included; 0: nothing, or given back
    fee: int  # the bank's, which is part of `withdrawn`
    settled_currency: str = ""  # of both; "": the dispute's own


@dataclass(frozen=True, slots=True)
class StripePayout:
    id: str
    amount: int
    currency: str
    status: str  # pending, in_transit, paid, failed, canceled
    arrives_at: datetime | None
    failure: str


@dataclass(frozen=True, slots=True)
class StripeBalance:
    """In one currency."""

    currency: str
    available: int
    pending: int


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """Something that happened. `object` is as it was then: ask Stripe how it is now."""

    id: str
    kind: str  # "checkout.session.completed"
    created: datetime
    account_id: str  # the connected account it happened on; "": the platform
    object: Mapping[str, Any]
