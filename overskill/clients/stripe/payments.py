"""Payments as the platform sees them: what it asks of Stripe."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from overskill.clients.stripe.facts import (
    Order,
    StripeAccount,
    StripeBalance,
    StripeCharge,
    StripeDispute,
    StripeEvent,
    StripeIntent,
    StripeInvoice,
    StripePayout,
    StripeRefund,
    StripeReversal,
    StripeSession,
    StripeSubscription,
    StripeTransfer,
)


class Payments(Protocol):
    """What moves money takes a `key`: asked twice with the same one, it happens once.

    Everything raises NotFound, InvalidInput, Conflict, LimitReached or NotAllowed where Stripe refuses, and Unavailable
    where it does not answer or nobody knows whether it did: ask again, with the same key. After a Conflict ask with
    another one: Stripe keeps what it refused, too, and says it again for a day.
    """

    @property
    def is_test(self) -> bool:
        """No money moves: our own double answers, or Stripe with a key for tests."""
        ...

    # Checkout

    def start_checkout(self, order: Order, *, key: str) -> StripeSession: ...

    def session(self, session_id: str) -> StripeSession: ...

    def session_of(self, payment_intent_id: str) -> StripeSession | None: ...

    def expire_session(self, session_id: str) -> StripeSession:
        """Raises Conflict if it is not open any more."""
        ...

    def intent(self, payment_intent_id: str) -> StripeIntent: ...

    def charge(self, charge_id: str) -> StripeCharge: ...

    # Subscriptions

    def subscription(self, subscription_id: str) -> StripeSubscription: ...

    def end_subscription(self, subscription_id: str, *, at_once: bool, key: str) -> StripeSubscription:
        """By default at the end of what is paid."""
        ...

    def resume_subscription(self, subscription_id: str, *, key: str) -> StripeSubscription:
        """It goes on after all, where it was to end with what is paid."""
        ...

    def portal_link(self, customer_id: str, *, return_url: str) -> str:
        """Where a subscriber changes their card, pays what is open and sees their invoices. Good for a few minutes."""
        ...

    def invoice_of(self, charge_id: str) -> StripeInvoice | None:
        """The invoice that a charge paid; None: it paid none."""
        ...

    def invoices(self, subscription_id: str) -> Sequence[StripeInvoice]:
        """Newest first."""
        ...

    # Connected accounts

    def create_account(self, *, email: str, country: str, reference: str, key: str) -> StripeAccount: ...

    def account(self, account_id: str) -> StripeAccount: ...

    def onboarding_link(self, account_id: str, *, return_url: str, refresh_url: str) -> str:
        """Good for a few minutes, once."""
        ...

    def dashboard_link(self, account_id: str) -> str:
        """Raises Conflict before the account is set up."""
        ...

    # Transfers

    def transfer(
        self, account_id: str, amount: int, currency: str, *, charge_id: str, group: str, reference: str, key: str
    ) -> StripeTransfer:
        """Of what this charge brought. With "", of the platform's balance: raises Conflict if that is too low."""
        ...

    def transfers(self, group: str) -> Sequence[StripeTransfer]: ...

    def reverse_transfer(self, transfer_id: str, amount: int, *, key: str) -> StripeReversal:
        """Raises InvalidInput if that is more than is left of it."""
        ...

    # Refunds and disputes

    def refund(self, charge_id: str, amount: int, *, reason: str, reference: str, key: str) -> StripeRefund:
        """Raises InvalidInput if that is more than is left, and Conflict if nothing is, or the bank took it back."""
        ...

    def refunds(self, charge_id: str) -> Sequence[StripeRefund]: ...

    def find_refund(self, refund_id: str) -> StripeRefund: ...

    def dispute(self, dispute_id: str) -> StripeDispute: ...

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str], *, is_final: bool, key: str
    ) -> StripeDispute:
        """Its names are Stripe's: uncategorized_text, customer_email_address, access_activity_log …"""
        ...

    # Payouts and balances. Without an account: the platform's own.

    def pay_out(self, account_id: str, amount: int, currency: str, *, key: str) -> StripePayout: ...

    def payouts(self, account_id: str = "") -> Sequence[StripePayout]:
        """The newest hundred."""
        ...

    def balance(self, account_id: str = "") -> Sequence[StripeBalance]: ...

    # What happened

    def events(self, kinds: Sequence[str], *, since: datetime) -> Sequence[StripeEvent]:
        """Newest first; Stripe keeps thirty days."""
        ...

    def read_event(self, body: bytes, signature: str) -> StripeEvent:
        """Raises NotAllowed unless Stripe signed it within the last five minutes."""
        ...
