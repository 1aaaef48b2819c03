"""What a creator has to answer: refunds that buyers ask for, and disputes of banks; and how the last ones came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.models import (
    CreatorProfile,
    Dispute,
    Listing,
    Purchase,
    PurchaseItem,
    Refund,
    RefundStatus,
    SubscriptionInvoice,
)
from overskill.services.billing.disputes import ANSWERABLE, CLOSED

_MOST = 50


@dataclass(frozen=True, slots=True)
class RefundView:
    id: UUID
    title: str
    receipt: str
    amount: int
    paid: int  # with the payment that it is of
    left: int  # of that can still be given back
    currency: str
    status: RefundStatus
    reason: str
    decision: str
    is_automatic: bool
    asked_at: datetime
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    id: UUID
    title: str
    receipt: str
    amount: int
    currency: str
    reason: str  # Stripe's words
    status: str  # Stripe's words
    due_at: datetime | None
    submitted_at: datetime | None
    text: str
    description: str

    @property
    def can_be_answered(self) -> bool:
        return self.status in ANSWERABLE and self.submitted_at is None

    @property
    def is_over(self) -> bool:
        return self.status in CLOSED


@dataclass(frozen=True, slots=True)
class Desk:
    refunds: Sequence[RefundView]  # those to decide first, then the newest
    disputes: Sequence[DisputeView]


def view_desk(session: Session, user_id: UUID) -> Desk:
    """Two queries."""
    return Desk(_refunds(session, user_id), _disputes(session, user_id))


def _titles() -> sa.ScalarSelect[str]:
    return (
        sa.select(sa.func.string_agg(col(Listing.title), ", "))
        .join(PurchaseItem, col(PurchaseItem.listing_id) == col(Listing.id))
        .where(col(PurchaseItem.purchase_id) == col(Purchase.id))
        .correlate(Purchase)
        .scalar_subquery()
    )


def _refunds(session: Session, user_id: UUID) -> list[RefundView]:
    is_asked = col(Refund.status) == RefundStatus.ASKED
    rows = session.execute(
        sa.select(Refund, Purchase, SubscriptionInvoice, _titles())
        .join(Purchase, col(Purchase.id) == col(Refund.purchase_id))
        .outerjoin(SubscriptionInvoice, col(SubscriptionInvoice.external_id) == col(Refund.source))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Purchase.creator_id))
        .where(col(CreatorProfile.user_id) == user_id)
        .order_by(is_asked.desc(), col(Refund.created_at).desc())
        .limit(_MOST)
    ).all()
    return [
        RefundView(
            id=refund.id,
            title=title or "",
            receipt=purchase.receipt_number,
            amount=refund.amount,
            paid=later.amount + later.tax_amount if later else purchase.total_amount,
            left=_left(later or purchase),
            currency=refund.currency,
            status=refund.status,
            reason=refund.reason,
            decision=refund.decision or refund.error,
            is_automatic=refund.is_automatic,
            asked_at=refund.created_at,
            paid_at=purchase.paid_at,
        )
        for refund, purchase, later, title in rows
    ]


def _left(payment: Purchase | SubscriptionInvoice) -> int:
    if isinstance(payment, Purchase):
        return payment.total_amount - payment.refunded_amount
    return payment.amount + payment.tax_amount - payment.refunded_amount


def _disputes(session: Session, user_id: UUID) -> list[DisputeView]:
    is_open = col(Dispute.closed_at).is_(None)
    rows = session.execute(
        sa.select(Dispute, col(Purchase.receipt_number), _titles())
        .join(Purchase, col(Purchase.id) == col(Dispute.purchase_id))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Purchase.creator_id))
        .where(col(CreatorProfile.user_id) == user_id)
        .order_by(is_open.desc(), col(Dispute.created_at).desc())
        .limit(_MOST)
    ).all()
    return [
        DisputeView(
            id=dispute.id,
            title=title or "",
            receipt=receipt,
            amount=dispute.amount,
            currency=dispute.currency,
            reason=dispute.reason,
            status=dispute.status,
            due_at=dispute.due_at,
            submitted_at=dispute.submitted_at,
            text=str(dispute.evidence.get("text", "")),
            description=str(dispute.evidence.get("description", "")),
        )
        for dispute, receipt, title in rows
    ]
