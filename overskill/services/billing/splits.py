"""Who gets what of a payment: the states their tax, the platform its fee, creators the rest.

A remix's creator passes shares of theirs on to those whose work it was made from: `PurchaseItem.split` has them, in
hundredths of a percent, as the terms were signed. What the house would get is the platform's.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import CreatorProfile, Listing, Purchase, PurchaseItem, SubscriptionInvoice, utc_now
from overskill.services.billing.money import shares

FIRST = "sale"  # the source of a purchase's first payment; that of a later one is its invoice
_WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a purchase: the first, or a later one of a subscription."""

    purchase: Purchase
    source: str
    charge_id: str
    amount: int  # without tax
    tax: int
    fee: int  # the platform's part of `amount`
    paid_at: datetime

    @property
    def total(self) -> int:
        return self.amount + self.tax

    @property
    def currency(self) -> str:
        return self.purchase.currency


@dataclass(frozen=True, slots=True)
class CreatorShare:
    item_id: UUID
    creator_id: UUID
    amount: int
    is_royalty: bool


def first_payment(purchase: Purchase) -> Payment:
    return Payment(
        purchase=purchase,
        source=FIRST,
        charge_id=purchase.charge_id,
        amount=purchase.amount,
        tax=purchase.tax_amount,
        fee=purchase.fee_amount,
        paid_at=purchase.paid_at or utc_now(),
    )


def later_payment(purchase: Purchase, invoice: SubscriptionInvoice) -> Payment:
    """The fee is the same part of it as of the first, rounded down as that is."""
    if invoice.currency != purchase.currency:
        raise ValueError(f"An invoice in {invoice.currency} is none of a purchase in {purchase.currency}.")
    fee = invoice.amount * purchase.fee_amount // purchase.amount if purchase.amount else 0
    return Payment(
        purchase=purchase,
        source=invoice.external_id,
        charge_id=invoice.charge_id,
        amount=invoice.amount,
        tax=invoice.tax_amount,
        fee=fee,
        paid_at=invoice.paid_at or utc_now(),
    )


def find_payment(session: Session, charge_id: str) -> Payment | None:
    """The payment that a charge at Stripe was, with its purchase locked. None: it is none of ours."""
    if not charge_id:
        return None
    purchase = session.exec(select(Purchase).where(Purchase.charge_id == charge_id).with_for_update(key_share=True))
    first = purchase.one_or_none()
    if first is not None:
        return first_payment(first)
    invoice = session.exec(select(SubscriptionInvoice).where(SubscriptionInvoice.charge_id == charge_id)).one_or_none()
    if invoice is None:
        return None
    return later_payment(lock_purchase(session, invoice.purchase_id), invoice)


def find_source(session: Session, purchase: Purchase, source: str) -> Payment:
    """The payment of a purchase that is named so. Raises NotFound."""
    if source == FIRST:
        return first_payment(purchase)
    return later_payment(purchase, find_invoice(session, purchase, source))


def find_invoice(session: Session, purchase: Purchase, source: str) -> SubscriptionInvoice:
    """Raises NotFound."""
    found = session.exec(
        select(SubscriptionInvoice)
        .where(SubscriptionInvoice.purchase_id == purchase.id, SubscriptionInvoice.external_id == source)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such payment of this purchase.")
    return found


def invoices_of(session: Session, purchase: Purchase) -> Sequence[SubscriptionInvoice]:
    """Its later payments, the newest first."""
    if not purchase.subscription_id:
        return []
    rows = select(SubscriptionInvoice).where(SubscriptionInvoice.purchase_id == purchase.id)
    by_time = rows.order_by(col(SubscriptionInvoice.paid_at).desc(), col(SubscriptionInvoice.created_at).desc())
    return session.exec(by_time.execution_options(populate_existing=True)).all()


def lock_purchase(session: Session, purchase_id: UUID) -> Purchase:
    """Nobody else moves money of this purchase until the transaction ends."""
    return session.get_one(Purchase, purchase_id, with_for_update={"key_share": True}, populate_existing=True)


def creator_shares(session: Session, payment: Payment) -> Sequence[CreatorShare]:
    """What each creator gets of each item; nobody is listed who gets nothing, nor the house."""
    purchase = payment.purchase
    items = session.exec(
        select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id).order_by(col(PurchaseItem.id))
    ).all()
    prices = shares(payment.amount, [item.amount for item in items]) if items else []
    fees = shares(payment.fee, prices) if items else []
    owed = [
        share
        for item, price, fee in zip(items, prices, fees, strict=True)
        for share in _shares_of_item(item, purchase.creator_id, price - fee)
        if share.amount > 0
    ]
    involved = {share.creator_id for share in owed}
    house = set(
        session.exec(
            select(CreatorProfile.id).where(col(CreatorProfile.id).in_(involved), col(CreatorProfile.is_house))
        )
    )
    return [share for share in owed if share.creator_id not in house]


def _shares_of_item(item: PurchaseItem, seller_id: UUID, amount: int) -> list[CreatorShare]:
    royalties: dict[UUID, int] = defaultdict(int)
    for term in item.split:
        royalties[UUID(term["creator_id"])] += int(term["share"])
    kept = max(0, _WHOLE - sum(royalties.values()))
    parts = shares(amount, [kept, *royalties.values()])
    return [
        CreatorShare(item.id, seller_id, parts[0], is_royalty=False),
        *(
            CreatorShare(item.id, creator_id, part, is_royalty=True)
            for creator_id, part in zip(royalties, parts[1:], strict=True)
        ),
    ]


def refund_window(session: Session, payment: Payment) -> timedelta:
    """The longest that any of its listings promises."""
    days = session.exec(
        select(Listing.refund_days)
        .join(PurchaseItem, col(PurchaseItem.listing_id) == Listing.id)
        .where(PurchaseItem.purchase_id == payment.purchase.id)
    ).all()
    return timedelta(days=max(days, default=0))
