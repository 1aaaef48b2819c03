"""Purchases that nobody told us the end of: asked for at Stripe, less and less often."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments
from overskill.db import transaction
from overskill.errors import NotFound, OverskillError
from overskill.models import Purchase, PurchaseStatus, utc_now
from overskill.services.billing.purchases import settle

FIRST_LOOK = timedelta(minutes=2)
MOST_AT_ONCE = 20
_SESSION_LIFE = timedelta(hours=25)  # of 24, and the clocks may differ
_GIVEN_UP_AFTER = timedelta(days=14)  # a bank may take days over a debit

log = logging.getLogger(__name__)


def sweep_purchases(*, payments: Payments, queue: JobQueue) -> None:
    """Each in a transaction of its own: one that Stripe does not answer for holds up no other."""
    now = utc_now()
    with transaction() as session:
        due = _due(session, now)
        _end_unsent(session, now)
    for purchase_id in due:
        try:
            _look(purchase_id, now, payments=payments, queue=queue)
        except OverskillError as error:
            log.warning("purchase %s was not looked up: %s", purchase_id, error.message)


def _due(session: Session, now: datetime) -> Sequence[UUID]:
    """The longer one waits, the rarer it is asked for: after a quarter of its age."""
    age = sa.func.age(now, col(Purchase.created_at))
    rows = select(Purchase.id).where(
        Purchase.status == PurchaseStatus.PENDING,
        Purchase.session_id != "",
        col(Purchase.created_at) < now - FIRST_LOOK,
        col(Purchase.created_at) > now - _GIVEN_UP_AFTER,
        sa.or_(col(Purchase.checked_at).is_(None), col(Purchase.checked_at) < now - age / 4),
    )
    return session.exec(rows.order_by(col(Purchase.created_at).desc()).limit(MOST_AT_ONCE)).all()


def _end_unsent(session: Session, now: datetime) -> None:
    """Nobody was ever sent to pay these: we ended between writing the row and hearing from Stripe."""
    session.execute(
        sa.update(Purchase)
        .where(
            col(Purchase.status) == PurchaseStatus.PENDING,
            col(Purchase.session_id) == "",
            col(Purchase.created_at) < now - _SESSION_LIFE,
        )
        .values(status=PurchaseStatus.EXPIRED)
    )


def _look(purchase_id: UUID, now: datetime, *, payments: Payments, queue: JobQueue) -> None:
    with transaction() as session:
        session.execute(sa.update(Purchase).where(col(Purchase.id) == purchase_id).values(checked_at=now))
    try:
        with transaction() as session:
            settle(session, purchase_id, payments=payments, queue=queue)
    except NotFound:  # Stripe knows no such session: it was made with another key, or by a double that forgot
        with transaction() as session:
            purchase = session.get_one(Purchase, purchase_id, with_for_update=True)
            if purchase.status is PurchaseStatus.PENDING and purchase.created_at < now - _SESSION_LIFE:
                purchase.status = PurchaseStatus.EXPIRED
                session.add(purchase)
