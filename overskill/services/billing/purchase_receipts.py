"""The receipt of a purchase: what its page and its mail say."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import (
    CreatorProfile,
    LicenseKind,
    Listing,
    Offer,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    SubscriptionInvoice,
)
from overskill.services.billing.money import say

_NONE = "There is no such receipt, or it isn't yours. Your receipts are in your library."
_LICENSES = {
    LicenseKind.USE: "use of the hosted app",
    LicenseKind.COPY: "a copy of your own",
    LicenseKind.SOURCE: "a copy of your own, with the right to sell it",
}
_NEVER_PAID = (PurchaseStatus.PENDING, PurchaseStatus.EXPIRED, PurchaseStatus.FAILED)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    title: str
    license: str
    amount: str


@dataclass(frozen=True, slots=True)
class LaterPayment:
    paid_at: datetime
    paid_until: datetime | None
    total: str


@dataclass(frozen=True, slots=True)
class PurchaseReceipt:
    """Amounts are said with their currency; "" where there is nothing to say."""

    purchase_id: UUID
    number: str
    email: str
    creator: str
    paid_at: datetime
    lines: tuple[ReceiptLine, ...]
    discount: str
    net: str
    tax: str
    total: str
    refunded: str
    interval: str  # month or year
    later: tuple[LaterPayment, ...]
    is_test: bool


def own_receipt(session: Session, user_id: UUID, purchase_id: UUID, *, locale: str = "") -> PurchaseReceipt:
    """Amounts as its reader writes them. Raises NotFound: whether it exists is nobody else's business."""
    purchase = session.get(Purchase, purchase_id)
    if purchase is None or purchase.buyer_id != user_id or purchase.status in _NEVER_PAID:
        raise NotFound(_NONE)
    return read_receipt(session, purchase, locale=locale)


def read_receipt(session: Session, purchase: Purchase, *, locale: str) -> PurchaseReceipt:
    """Of one that was paid."""
    if purchase.paid_at is None:
        raise NotFound(_NONE)
    rows = session.exec(
        select(PurchaseItem, Listing.title, Offer.interval)
        .join(Listing, col(Listing.id) == PurchaseItem.listing_id)
        .join(Offer, col(Offer.id) == PurchaseItem.offer_id)
        .where(PurchaseItem.purchase_id == purchase.id)
        .order_by(col(Listing.title))
    ).all()
    creator = session.get_one(CreatorProfile, purchase.creator_id)
    told, taken_off = partial(say, currency=purchase.currency, locale=locale), purchase.listed_amount - purchase.amount
    return PurchaseReceipt(
        purchase_id=purchase.id,
        number=purchase.receipt_number,
        email=purchase.email,
        creator=creator.name,
        paid_at=purchase.paid_at,
        lines=tuple(ReceiptLine(title, _LICENSES[item.license], told(item.amount)) for item, title, _ in rows),
        discount=told(taken_off) if taken_off > 0 else "",
        net=told(purchase.amount),
        tax=told(purchase.tax_amount) if purchase.tax_amount else "",
        total=told(purchase.total_amount),
        refunded=told(purchase.refunded_amount) if purchase.refunded_amount else "",
        interval=next((interval for *_, interval in rows if interval), ""),
        later=_later_payments(session, purchase, locale),
        is_test=purchase.is_test,
    )


def _later_payments(session: Session, purchase: Purchase, locale: str) -> tuple[LaterPayment, ...]:
    if not purchase.subscription_id:
        return ()
    rows = session.exec(
        select(SubscriptionInvoice)
        .where(SubscriptionInvoice.purchase_id == purchase.id)
        .order_by(col(SubscriptionInvoice.paid_at))
    )
    return tuple(
        LaterPayment(
            row.paid_at or row.created_at, row.period_end, say(row.amount + row.tax_amount, row.currency, locale)
        )
        for row in rows
    )
