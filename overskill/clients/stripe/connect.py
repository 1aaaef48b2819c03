"""Which Stripe a process talks to: with a key the real one, without one our own double."""

from redis import Redis

from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import RedisStore, StripeDouble
from overskill.clients.stripe.payments import Payments
from overskill.config import Settings


def connect_payments(settings: Settings, redis: Redis) -> Payments:
    if settings.has_stripe:
        return StripePayments(settings)
    return StripePayments(settings, double=StripeDouble(settings.site_url, RedisStore(redis)))


def double_of(payments: Payments) -> StripeDouble | None:
    """What answers instead of Stripe, if something does."""
    return payments.double if isinstance(payments, StripePayments) else None
