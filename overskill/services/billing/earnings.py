"""What a creator earned, on one page: balances, what is held and why, transfers to come, payouts, and the days."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Listing,
    Payout,
    Purchase,
    PurchaseItem,
    Transfer,
    TransferStatus,
)
from overskill.services.billing.ledger import REFUND_WINDOW
from overskill.services.billing.money import decimal
from overskill.services.billing.payouts import payouts_of
from overskill.services.billing.statement import inert

DAYS_SHOWN = 30
MOST_WAITING = 50
MOST_EXPORTED = 50_000
_UNSENT = (TransferStatus.HELD, TransferStatus.DUE, TransferStatus.SENDING, TransferStatus.FAILED)
_NO_PROFILE = "You do not sell anything yet. Begin with a page of your own."


@dataclass(frozen=True, slots=True)
class Wallet:
    """One currency of a creator."""

    currency: str
    available: int = 0  # on their account at Stripe, which pays it out
    pending: int = 0  # within the refund window, or about to be sent
    on_hold: int = 0  # by an admin, or for a bank
    paid_out: int = 0
    earned: int = 0  # in all, less what refunds took
    owed: int = 0  # by them, of refunds that came too late
    royalties: int = 0  # of others' remixes
    royalties_paid: int = 0  # for remixes of others' work


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transfer that was not sent yet."""

    id: UUID
    title: str
    amount: int
    currency: str
    status: TransferStatus
    is_royalty: bool
    reason: str
    until: datetime | None
    error: str
    sold_at: datetime


@dataclass(frozen=True, slots=True)
class Earnings:
    creator: CreatorProfile
    wallets: Sequence[Wallet]
    waiting: Sequence[Waiting]  # the next ones first, at most fifty
    payouts: Sequence[Payout]
    days: dict[str, dict[date, int]]  # of each currency: earned on each of the last days, refunds taken off


def view_earnings(session: Session, user_id: UUID, *, now: datetime) -> Earnings:
    """Five queries, however much there is. Raises NotFound for who sells nothing."""
    creator = _creator_of(session, user_id)
    wallets, days = _from_ledger(session, creator.id, now.date())
    _add_transfers(session, creator.id, wallets)
    return Earnings(
        creator=creator,
        wallets=[wallets[currency] for currency in sorted(wallets)],
        waiting=_waiting(session, creator.id),
        payouts=payouts_of(session, creator.id),
        days=days,
    )


def _creator_of(session: Session, user_id: UUID) -> CreatorProfile:
    creator = session.exec(select(CreatorProfile).where(CreatorProfile.user_id == user_id)).one_or_none()
    if creator is None:
        raise NotFound(_NO_PROFILE)
    return creator


def _from_ledger(
    session: Session, creator_id: UUID, today: date
) -> tuple[dict[str, Wallet], dict[str, dict[date, int]]]:
    first = today - timedelta(days=DAYS_SHOWN - 1)
    day = sa.cast(sa.func.timezone("UTC", col(LedgerTransaction.occurred_at)), sa.Date)
    shown = sa.case((day >= first, day), else_=None)
    account, currency = col(LedgerEntry.account), col(LedgerEntry.currency)
    rows = session.execute(
        sa.select(currency, account, shown, sa.func.sum(col(LedgerEntry.amount)))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(col(LedgerEntry.creator_id) == creator_id)
        .group_by(currency, account, shown)
    ).all()
    sums: dict[str, dict[LedgerAccount, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[str, dict[date, int]] = {}
    for name, place, when, amount in rows:
        sums[name][place] += int(amount)
        if name not in days:
            days[name] = {first + timedelta(days=number): 0 for number in range(DAYS_SHOWN)}
        if place is LedgerAccount.CREATOR and when in days[name]:
            days[name][when] -= int(amount)
    wallets = {
        name: Wallet(
            name,
            available=of[LedgerAccount.CONNECTED],
            paid_out=of[LedgerAccount.BANK],
            earned=-of[LedgerAccount.CREATOR],
        )
        for name, of in sums.items()
    }
    return wallets, days


def _add_transfers(session: Session, creator_id: UUID, wallets: dict[str, Wallet]) -> None:
    row = Transfer
    is_mine = col(row.creator_id) == creator_id
    is_unsent = is_mine & col(row.status).in_(_UNSENT)
    is_on_hold = (col(row.status) == TransferStatus.HELD) & (col(row.hold_reason) != REFUND_WINDOW)
    left = col(row.amount) - col(row.reversed_amount)
    unsent = left - col(row.kept_amount) - (col(row.sent_amount) - col(row.returned_amount) - col(row.owed_amount))

    def sum_of(amount: sa.ColumnElement[int], condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(amount).filter(condition), 0)

    rows = session.execute(
        sa.select(
            col(row.currency),
            sum_of(unsent, is_unsent & ~is_on_hold),
            sum_of(unsent, is_unsent & is_on_hold),
            sum_of(col(row.owed_amount) - col(row.kept_amount), is_mine),
            sum_of(left, is_mine & col(row.is_royalty)),
            sum_of(left, ~is_mine & col(row.is_royalty)),
        )
        .join(Purchase, col(Purchase.id) == col(row.purchase_id))
        .where(is_mine | (col(Purchase.creator_id) == creator_id))
        .group_by(col(row.currency))
    ).all()
    for currency, pending, on_hold, owed, royalties, paid in rows:
        wallets[currency] = replace(
            wallets.get(currency, Wallet(currency)),
            pending=int(pending),
            on_hold=int(on_hold),
            owed=max(0, int(owed)),
            royalties=int(royalties),
            royalties_paid=int(paid),
        )


def _waiting(session: Session, creator_id: UUID) -> list[Waiting]:
    rows = session.execute(
        sa.select(Transfer, col(Listing.title))
        .join(PurchaseItem, col(PurchaseItem.id) == col(Transfer.item_id))
        .join(Listing, col(Listing.id) == col(PurchaseItem.listing_id))
        .where(col(Transfer.creator_id) == creator_id, col(Transfer.status).in_(_UNSENT))
        .order_by(col(Transfer.hold_until).asc().nulls_last(), col(Transfer.id))
        .limit(MOST_WAITING)
    ).all()
    return [
        Waiting(
            id=row.id,
            title=title,
            amount=row.outstanding,
            currency=row.currency,
            status=row.status,
            is_royalty=row.is_royalty,
            reason=row.hold_reason,
            until=row.hold_until,
            error=row.error,
            sold_at=row.created_at,
        )
        for row, title in rows
    ]


_KINDS = {
    "sale": "sale",
    "refund": "refund",
    "refund_failed": "refund undone",
    "dispute_lost": "dispute lost",
    "payout": "payout",
    "payout_failed": "payout undone",
    "write_off": "debt forgiven",
}


def statement_csv(session: Session, user_id: UUID) -> str:
    """Every movement of what a creator earned and was paid out, for a spreadsheet. Times in UTC."""
    creator = _creator_of(session, user_id)
    titles = (
        sa.select(sa.func.string_agg(col(Listing.title), ", "))
        .join(PurchaseItem, col(PurchaseItem.listing_id) == col(Listing.id))
        .where(col(PurchaseItem.purchase_id) == col(LedgerTransaction.purchase_id))
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(LedgerTransaction, LedgerEntry, col(Purchase.receipt_number), col(Purchase.creator_id), titles)
        .join(LedgerEntry, col(LedgerEntry.transaction_id) == col(LedgerTransaction.id))
        .outerjoin(Purchase, col(Purchase.id) == col(LedgerTransaction.purchase_id))
        .where(
            col(LedgerEntry.creator_id) == creator.id,
            col(LedgerEntry.account).in_([LedgerAccount.CREATOR, LedgerAccount.BANK]),
        )
        .order_by(col(LedgerTransaction.occurred_at).desc(), col(LedgerTransaction.key))
        .limit(MOST_EXPORTED)
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["time", "entry", "listing", "receipt", "currency", "amount"])
    for transaction, entry, receipt, seller_id, title in rows:
        is_royalty = seller_id is not None and seller_id != creator.id
        kind = _KINDS.get(transaction.kind, transaction.kind)
        writer.writerow(
            [
                transaction.occurred_at.isoformat(timespec="seconds"),
                f"royalty, {kind}" if is_royalty else kind,
                inert(title or ""),
                "" if is_royalty else receipt or "",
                entry.currency.upper(),
                decimal(-entry.amount, entry.currency),
            ]
        )
    return out.getvalue()
