"""Stripe: checkout, subscriptions, connected accounts, transfers, refunds, disputes, payouts and what it tells us."""

from overskill.clients.stripe.facts import (
    Interval,
    Order,
    OrderLine,
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
from overskill.clients.stripe.payments import Payments

__all__ = [
    "Interval",
    "Order",
    "OrderLine",
    "Payments",
    "StripeAccount",
    "StripeBalance",
    "StripeCharge",
    "StripeDispute",
    "StripeEvent",
    "StripeIntent",
    "StripeInvoice",
    "StripePayout",
    "StripeRefund",
    "StripeReversal",
    "StripeSession",
    "StripeSubscription",
    "StripeTransfer",
]
