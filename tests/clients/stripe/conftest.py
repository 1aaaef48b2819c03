"""Stripe's client, whose requests are checked, on a double in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from overskill.clients.stripe import Order, OrderLine, StripeCharge, StripeSession
from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import DoubleTransport, StripeDouble
from overskill.config import Settings
from tests.support_stripe import StripeContract
from tests.support_stripe_answers import check_answer


@dataclass
class Stripe:
    settings: Settings
    double: StripeDouble = field(default_factory=StripeDouble)

    def __post_init__(self) -> None:
        self.transport = DoubleTransport(self.double)
        self.contract = StripeContract(self.transport)
        self.payments = StripePayments(self.settings, double=self.double, transport=self.contract, pauses=False)

    def pass_by(self, time: timedelta) -> None:
        """Its clock goes on."""
        at: datetime = self.double.now() + time
        self.double.now = lambda: at

    def checkout(self, amount: int = 1999, **facts: object) -> StripeSession:
        order = {"reference": "purchase-1", "currency": "usd", "email": "ada@example.com", **facts}
        return self.payments.start_checkout(
            Order(
                lines=(OrderLine("Habits", amount, "Streaks that stick"),),
                success_url="https://example.com/done",
                cancel_url="https://example.com/back",
                **order,  # type: ignore[arg-type]
            ),
            key=f"checkout:{order['reference']}:{amount}",
        )

    def charge(self, amount: int = 1999, **facts: object) -> StripeCharge:
        """Paid."""
        session = self.checkout(amount, **facts)
        self.double.pay(session.id)
        intent = self.payments.intent(self.payments.session(session.id).payment_intent_id)
        return self.payments.charge(intent.charge_id)

    def account(self) -> str:
        """Set up."""
        made = self.payments.create_account(email="c@example.com", country="DE", reference="creator-1", key="account:1")
        self.double.onboard(made.id)
        return made.id

    def told(self) -> list[str]:
        return [event["type"] for event in self.double.untold()]


@pytest.fixture
def stripe(tmp_path: Path) -> Iterator[Stripe]:
    """What it tells is looked at, too."""
    made = Stripe(Settings(OVERSKILL_HOME=tmp_path))
    yield made
    for event in made.double.untold():
        check_answer(event, f"the event {event['type']}")
