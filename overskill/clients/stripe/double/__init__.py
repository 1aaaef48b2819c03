"""Stripe's double: what the product runs on without a key, and the tests always."""

from overskill.clients.stripe.double.book import Refused
from overskill.clients.stripe.double.checkout import Way
from overskill.clients.stripe.double.shapes import Json
from overskill.clients.stripe.double.store import MemoryStore, RedisStore, Store
from overskill.clients.stripe.double.stripe_double import StripeDouble
from overskill.clients.stripe.double.transport import DoubleTransport

__all__ = ["DoubleTransport", "Json", "MemoryStore", "RedisStore", "Refused", "Store", "StripeDouble", "Way"]
