"""Sales as the staff sees them: found by receipt, buyer or app, and given back without being asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.clients.jobs import JobQueue
from overskill.errors import NotFound
from overskill.models import (
    App,
    CreatorProfile,
    Listing,
    Purchase,
    PurchaseItem,
    Refund,
    RefundStatus,
    SubscriptionInvoice,
)
from overskill.services.accounts.conflicts import left_to_others
from overskill.services.admin.finding import contains
from overskill.services.admin.people import checked_reason
from overskill.services.billing import refunds
from overskill.services.billing.money import parse
from overskill.services.billing.splits import FIRST

MOST_LISTED = 50
_GONE = "This sale is not there any more. Reload the page."
_REFUNDABLE = "paid", "partly_refunded", "refunded"  # earlier payments of a subscription may be left


@dataclass(frozen=True, slots=True)
class RefundNote:
    """A refund of a sale: where it stands."""

    amount: int
    status: RefundStatus
    reason: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sale:
    id: str
    titles: str
    slug: str  # of the listing's page; "" for a bundle
    receipt: str
    email: str
    creator: str
    username: str
    status: str
    amount: int  # what was paid: of a subscription, with the newest payment that has something left
    refunded: int
    on_its_way: int  # asked of Stripe, and not answered yet
    currency: str
    is_test: bool
    is_own: bool  # the admin who looks bought it, and another one gives it back
    at: datetime
    refunds: tuple[RefundNote, ...]

    @property
    def left(self) -> int:
        """What can still be given back."""
        return self.amount - self.refunded - self.on_its_way if self.status in _REFUNDABLE else 0


def find_sales(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_LISTED) -> list[Sale]:
    """What was paid, the newest first. Four queries."""
    of_it = col(PurchaseItem.purchase_id) == col(Purchase.id)
    sold = (
        sa.select(col(Listing.title)).join(PurchaseItem, col(PurchaseItem.listing_id) == col(Listing.id)).where(of_it)
    )
    titles = sold.with_only_columns(sa.func.string_agg(col(Listing.title), ", ")).correlate(Purchase).scalar_subquery()
    slug = sold.with_only_columns(sa.func.min(col(Listing.slug))).correlate(Purchase).scalar_subquery()
    query = (
        sa.select(Purchase, CreatorProfile, titles, slug)
        .join(CreatorProfile, col(CreatorProfile.id) == col(Purchase.creator_id))
        .where(col(Purchase.paid_at).is_not(None))
        .order_by(col(Purchase.paid_at).desc(), col(Purchase.id))
        .limit(limit)
    )
    if words.strip():
        named = contains(Listing.title, words) | contains(Listing.slug, words) | contains(App.slug, words)
        is_of_it = sold.outerjoin(App, col(App.id) == col(Listing.app_id)).where(named).correlate(Purchase).exists()
        receipt, email = contains(Purchase.receipt_number, words), contains(Purchase.email, words)
        query = query.where(receipt | email | contains(CreatorProfile.username, words) | is_of_it)
    rows = session.execute(query).all()
    ids = [purchase.id for purchase, *_ in rows]
    given, later = _refunds(session, ids), _later(session, ids)
    buyers = refunds.buyers_of_each(session, [purchase for purchase, *_ in rows])
    own = left_to_others(session, viewer_id, buyers)
    return [
        _sale(purchase, creator, title, slug, given.get(purchase.id, []), later.get(purchase.id, []), own)
        for purchase, creator, title, slug in rows
    ]


def give_back(
    session: Session, admin_id: UUID, purchase_id: UUID, amount: str, reason: str, *, queue: JobQueue
) -> Refund:
    """Of any sale, whenever it was: all that is left, or `amount` of it.

    Raises NotFound, Conflict where nothing can be given back, InvalidInput for a missing reason or too much.
    """
    reason = checked_reason(reason)
    purchase = session.get(Purchase, purchase_id)
    if purchase is None:
        raise NotFound(_GONE)
    wanted = parse(amount, purchase.currency, field="amount") if amount.strip() else None
    return refunds.give_back_as(session, admin_id, purchase_id, wanted, reason, queue=queue)


def _refunds(session: Session, purchase_ids: Iterable[UUID]) -> dict[UUID, list[Refund]]:
    rows: dict[UUID, list[Refund]] = {}
    wanted = sa.select(Refund).where(col(Refund.purchase_id).in_(purchase_ids)).order_by(col(Refund.created_at).desc())
    for refund in session.scalars(wanted):
        rows.setdefault(refund.purchase_id, []).append(refund)
    return rows


def _later(session: Session, purchase_ids: Iterable[UUID]) -> dict[UUID, list[SubscriptionInvoice]]:
    """Later payments of subscriptions, the newest first."""
    rows: dict[UUID, list[SubscriptionInvoice]] = {}
    wanted = sa.select(SubscriptionInvoice).where(col(SubscriptionInvoice.purchase_id).in_(purchase_ids))
    for invoice in session.scalars(wanted.order_by(col(SubscriptionInvoice.paid_at).desc())):
        rows.setdefault(invoice.purchase_id, []).append(invoice)
    return rows


def _payment_left(purchase: Purchase, given: list[Refund], later: list[SubscriptionInvoice]) -> tuple[int, int, int]:
    """Of the payment that is given back next, see `refundable.newest_left`: paid, given back, on its way."""
    payments = [
        *((one.external_id, one.amount + one.tax_amount, one.refunded_amount) for one in later),
        (FIRST, purchase.total_amount, purchase.refunded_amount),
    ]
    waiting: dict[str, int] = defaultdict(int)
    for one in given:
        if one.status is RefundStatus.PENDING and not one.external_id:
            waiting[one.source] += one.amount
    figures = [(paid, back, waiting[source]) for source, paid, back in payments]
    return next((each for each in figures if each[0] > each[1] + each[2]), figures[0])


def _sale(
    purchase: Purchase,
    creator: CreatorProfile,
    titles: str | None,
    slug: str | None,
    given: list[Refund],
    later: list[SubscriptionInvoice],
    own: frozenset[UUID],
) -> Sale:
    paid, back, waiting = _payment_left(purchase, given, later)
    return Sale(
        id=str(purchase.id),
        titles=titles or "",
        slug="" if purchase.bundle_id else slug or "",
        receipt=purchase.receipt_number,
        email=purchase.email,
        creator=creator.name,
        username=creator.username,
        status=purchase.status.value,
        amount=paid,
        refunded=back,
        on_its_way=waiting,
        currency=purchase.currency,
        is_test=purchase.is_test,
        is_own=purchase.id in own,
        at=purchase.paid_at or purchase.created_at,
        refunds=tuple(RefundNote(one.amount, one.status, one.reason, one.error, one.created_at) for one in given),
    )
