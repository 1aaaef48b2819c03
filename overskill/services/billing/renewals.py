"""What a buyer decides about a subscription: to end it with what is paid, to go on after all, and with which card."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlmodel import Session

from overskill.clients.stripe import Payments, StripeSubscription
from overskill.db import run
from overskill.errors import Conflict, NotFound
from overskill.models import Purchase
from overskill.services.accounts.audit import record

_NOT_YOURS = "There is no such subscription, or it isn't yours. Reload your library."
_OVER = "This subscription is over. Buy the app again to go on with it."
_ENDED = ("canceled", "incomplete_expired")


@dataclass(frozen=True, slots=True)
class _Subscription:
    subscription_id: str
    customer_id: str


def stop(user_id: UUID, purchase_id: UUID, *, payments: Payments) -> None:
    """It is not paid again, and works until what is paid ends. Asked twice, it is so, too."""
    found = run(_find, user_id, purchase_id)
    _check_goes_on(payments.subscription(found.subscription_id))
    told = payments.end_subscription(found.subscription_id, at_once=False, key=_key())
    run(_note, user_id, purchase_id, told, "subscription.stopped")


def go_on(user_id: UUID, purchase_id: UUID, *, payments: Payments) -> None:
    """Undo `stop`, while what is paid lasts. Raises Conflict afterwards."""
    found = run(_find, user_id, purchase_id)
    _check_goes_on(payments.subscription(found.subscription_id))
    told = payments.resume_subscription(found.subscription_id, key=_key())
    run(_note, user_id, purchase_id, told, "subscription.resumed")


def payment_page(user_id: UUID, purchase_id: UUID, *, payments: Payments, site_url: str) -> str:
    """Where the buyer changes the card and sees what was paid: a page of Stripe's, good for some minutes."""
    found = run(_find, user_id, purchase_id)
    return payments.portal_link(found.customer_id, return_url=f"{site_url}/library")


def note_wish(purchase: Purchase, told: StripeSubscription) -> None:
    """Whether it ends with what is paid, as Stripe says now: it may also be ended on Stripe's page."""
    purchase.is_ending = told.ends_at_period_end and told.status not in _ENDED


def _find(session: Session, user_id: UUID, purchase_id: UUID) -> _Subscription:
    purchase = session.get(Purchase, purchase_id)
    if purchase is None or purchase.buyer_id != user_id or not purchase.subscription_id:
        raise NotFound(_NOT_YOURS)
    return _Subscription(purchase.subscription_id, purchase.customer_id)


def _check_goes_on(now: StripeSubscription) -> None:
    if now.status in _ENDED:
        raise Conflict(_OVER)


def _key() -> str:
    """Of its own each time: Stripe would repeat its first answer to somebody who changes their mind twice a day."""
    return f"renewal-{uuid4()}"


def _note(session: Session, user_id: UUID, purchase_id: UUID, told: StripeSubscription, what: str) -> None:
    purchase = session.get_one(Purchase, purchase_id, with_for_update=True, populate_existing=True)
    note_wish(purchase, told)
    session.add(purchase)
    record(session, what, user_id, subject=f"purchase:{purchase_id}")
