"""What `doctor` says of payments."""

from typing import TYPE_CHECKING

from overskill.errors import OverskillError

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.embedded.checkup import Finding

_NAMES = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_CONNECT_WEBHOOK_SECRET", "STRIPE_TAX")


def stripe_account(settings: "Settings") -> "Finding":
    """Whether Stripe takes the key; without one, buyers pay on a page of ours that moves no money."""
    from overskill.clients.stripe.client import StripePayments
    from overskill.embedded.checkup import Finding

    if not settings.has_stripe:
        return Finding("payments", "embedded", "test mode: a payment page of our own, no money moves", _NAMES)
    payments = StripePayments(settings, pauses=False)
    try:
        payments.balance()
    except OverskillError as error:
        return Finding("payments", "unreachable", f"Stripe: {error.message}", _NAMES)
    kind = "with a test key: no money moves" if payments.is_test else "real money"
    return Finding("payments", "configured", f"Stripe, {kind}", _NAMES)
