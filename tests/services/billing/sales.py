"""Paid purchases, and what the ledger says of them."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from overskill import db
from overskill.clients.stripe import Order, OrderLine
from overskill.clients.stripe.client import StripePayments
from overskill.clients.stripe.double import StripeDouble, Way
from overskill.config import Settings
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Listing,
    Offer,
    Purchase,
    PurchaseItem,
    Transfer,
    User,
    utc_now,
)
from overskill.services.billing import ledger
from overskill.services.billing.money import shares
from tests.factories import make_user
from tests.market_rows import make_license, make_listing, make_offer, make_purchase


def make_sale(
    session: Session,
    amount: int = 10_000,
    *,
    tax: int = 0,
    fee: int | None = None,
    currency: str = "usd",
    listing: Listing | None = None,
    buyer: User | None = None,
    royalties: dict[UUID, int] | None = None,
    charge_id: str = "",
) -> Purchase:
    """Paid just now and booked, with a licence; the fee is 10 % if it isn't given."""
    listing = listing or make_listing(session)
    buyer = buyer or make_user(session)
    purchase, item = make_purchase(session, buyer, make_offer_for(session, listing, amount, currency))
    item.split = [{"creator_id": str(creator), "share": share} for creator, share in (royalties or {}).items()]
    purchase.tax_amount, purchase.total_amount = tax, amount + tax
    purchase.fee_amount = shares(amount, [10, 90])[0] if fee is None else fee
    purchase.charge_id = charge_id or f"ch_{secrets.token_hex(8)}"
    session.add_all([purchase, item])
    session.flush()
    make_license(session, buyer, item)
    ledger.book_sale(session, purchase)
    return purchase


def make_offer_for(session: Session, listing: Listing, amount: int, currency: str) -> Offer:
    """The only one: what the listing was offered for before ends."""
    for offer in session.exec(select(Offer).where(Offer.listing_id == listing.id, col(Offer.ended_at).is_(None))):
        offer.ended_at = utc_now()
        session.add(offer)
    session.flush()
    return make_offer(session, listing, amount=amount, currency=currency)


def seller_of(session: Session, purchase: Purchase) -> CreatorProfile:
    return session.get_one(CreatorProfile, purchase.creator_id)


def item_of(session: Session, purchase: Purchase) -> PurchaseItem:
    return session.exec(select(PurchaseItem).where(PurchaseItem.purchase_id == purchase.id)).one()


def transfers_of(session: Session, purchase: Purchase) -> list[Transfer]:
    """The seller's first."""
    rows = select(Transfer).where(Transfer.purchase_id == purchase.id).order_by(col(Transfer.is_royalty))
    return list(session.exec(rows.execution_options(populate_existing=True)))


def books(session: Session, currency: str = "usd") -> dict[LedgerAccount, int]:
    """What lies where; the accounts with nothing are left out."""
    return {account: amount for account, amount in ledger.totals(session).get(currency, {}).items() if amount}


def assert_balanced(session: Session) -> None:
    for currency, accounts in ledger.totals(session).items():
        assert sum(accounts.values()) == 0, currency


def movements(session: Session) -> list[tuple[str, int]]:
    """Each movement's kind and size, the oldest first."""
    rows = session.exec(
        select(LedgerTransaction, LedgerEntry)
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == LedgerTransaction.id)
        .order_by(col(LedgerTransaction.created_at))
    )
    sizes: dict[tuple[UUID, str], int] = {}
    for transaction, entry in rows:
        key = (transaction.id, transaction.kind)
        sizes[key] = sizes.get(key, 0) + max(0, entry.amount)
    return [(kind, size) for (_, kind), size in sizes.items()]


def make_payments(settings: Settings) -> StripePayments:
    """Stripe's double, with a memory of its own."""
    return StripePayments(settings, double=StripeDouble(), pauses=False)


def double_of(payments: StripePayments) -> StripeDouble:
    assert payments.double is not None
    return payments.double


def make_charge(
    payments: StripePayments, amount: int, *, currency: str = "usd", reference: str = "", way: Way = "card"
) -> str:
    """Somebody paid so much; by a bank, it has arrived. Returns the charge's id."""
    order = Order(
        reference=reference or secrets.token_hex(8),
        currency=currency,
        lines=(OrderLine("Habits", amount),),
        success_url="http://localhost:3000/done",
        cancel_url="http://localhost:3000/",
    )
    checkout = payments.start_checkout(order, key=secrets.token_hex(8))
    double_of(payments).pay(checkout.id, way=way)
    if way == "bank":
        double_of(payments).settle(checkout.id, is_paid=True)
    return payments.intent(payments.session(checkout.id).payment_intent_id).charge_id


def make_paid_sale(payments: StripePayments, amount: int = 10_000, *, way: Way = "card", **facts: Any) -> UUID:
    """Committed, with a charge at Stripe. Returns the purchase's id."""
    charge_id = make_charge(payments, amount + facts.get("tax", 0), currency=facts.get("currency", "usd"), way=way)
    with db.transaction() as session:
        return make_sale(session, amount, charge_id=charge_id, **facts).id


def onboard(session: Session, payments: StripePayments, creator: CreatorProfile) -> str:
    """Give a creator an account that takes transfers and pays out. Returns its id."""
    account = payments.create_account(
        email="creator@example.com", country="US", reference=str(creator.id), key=f"account-{creator.id}"
    )
    double_of(payments).onboard(account.id)
    creator.account_id, creator.charges_enabled, creator.payouts_enabled = account.id, True, True
    session.add(creator)
    session.flush()
    return account.id


def end_refund_window(session: Session, purchase: Purchase) -> None:
    over = utc_now() - timedelta(minutes=1)
    purchase.refund_until = over
    session.add(purchase)
    for transfer in transfers_of(session, purchase):
        transfer.hold_until = over
        session.add(transfer)
    session.flush()
