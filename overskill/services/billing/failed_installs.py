"""What of a purchase could not be installed, and what of that its buyer still has to get back."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.models import (
    Dispute,
    Install,
    InstallStatus,
    License,
    Purchase,
    PurchaseItem,
    Refund,
    RefundStatus,
)
from overskill.services.billing.money import shares
from overskill.services.billing.refundable import left_of
from overskill.services.billing.splits import FIRST
from overskill.services.market.licenses import NOT_INSTALLED


@dataclass(frozen=True, slots=True)
class Owed:
    amount: int
    reason: str


def find_owed(session: Session, purchase: Purchase) -> Owed | None:
    """Of its first payment, without what was given back by ourselves. Call it with the purchase locked."""
    rows = session.exec(
        select(Install, PurchaseItem)
        .join(PurchaseItem, col(PurchaseItem.id) == col(Install.item_id))
        .join(License, col(License.id) == col(Install.license_id))
        .where(
            PurchaseItem.purchase_id == purchase.id,
            Install.status == InstallStatus.FAILED,
            License.revoked_reason == NOT_INSTALLED,
        )
        .order_by(col(Install.last_progress_at).desc())
    ).all()
    if not rows:
        return None
    due = sum(paid_for(session, purchase, item) for _, item in rows)
    amount = min(due - _given(session, purchase), left_of(session, purchase))
    return Owed(amount, f"{NOT_INSTALLED} {rows[0][0].error}") if amount > 0 else None


def paid_for(session: Session, purchase: Purchase, item: PurchaseItem) -> int:
    """The item's part of all that was paid, tax included. The parts of a purchase sum to it exactly."""
    items = session.exec(
        select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id).order_by(col(PurchaseItem.id))
    ).all()
    parts = shares(purchase.total_amount, [each.amount for each in items])
    return parts[[each.id for each in items].index(item.id)]


def _given(session: Session, purchase: Purchase) -> int:
    """What failed counts as well: it is tried again only where a bank, which takes none while it has the payment, has
    decided since."""
    decided = sa.select(sa.func.max(col(Dispute.closed_at))).where(col(Dispute.purchase_id) == purchase.id)
    since = decided.scalar_subquery()
    was_for_the_bank = (col(Refund.status) == RefundStatus.FAILED) & (col(Refund.created_at) <= since)
    given = session.exec(
        select(sa.func.coalesce(sa.func.sum(Refund.amount), 0)).where(
            Refund.purchase_id == purchase.id,
            Refund.source == FIRST,
            col(Refund.is_automatic),
            ~sa.func.coalesce(was_for_the_bank, sa.false()),
        )
    ).one()
    return int(given)
