"""Creators' money as the staff sees it: transfers that wait, what is owed, and whether the books agree with Stripe."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.errors import InvalidInput, NotFound
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    LedgerEntry,
    Listing,
    Purchase,
    PurchaseItem,
    Transfer,
    TransferStatus,
    utc_now,
)
from overskill.services.accounts.conflicts import left_to_others
from overskill.services.admin.finding import contains
from overskill.services.admin.people import checked_reason
from overskill.services.billing import debts, holds, ledger
from overskill.services.billing.ledger import REFUND_WINDOW
from overskill.services.billing.reconciling import last_comparisons

MOST_LISTED = 50
_UNSENT = (TransferStatus.HELD, TransferStatus.DUE, TransferStatus.SENDING, TransferStatus.FAILED)
_DIFFERED_SINCE = timedelta(days=30)
# Comparisons one after the other that found the same are one difference.
_DIFFERENCES = sa.text("""
select currency, amount, min(created_at) as since, max(created_at) as at from (
    select currency, theirs - ours as amount, created_at,
        row_number() over (partition by currency order by created_at, id)
        - row_number() over (partition by currency, theirs - ours order by created_at, id) as run
    from reconciliations where created_at > :since
) as compared where amount <> 0 group by currency, amount, run order by 4 desc, currency limit :limit
""")
_Owed = tuple[CreatorProfile, str, int, int, bool]  # who, currency, amount, what is coming, whether at Stripe
_NO_TRANSFER = "There is no such transfer. Reload the page."


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A creator's part of a sale that was not sent yet."""

    id: str
    creator: str
    username: str
    title: str
    receipt: str
    amount: int
    currency: str
    status: TransferStatus
    reason: str
    until: datetime | None
    error: str
    is_royalty: bool
    is_test: bool
    is_own: bool  # of the admin who looks, and another one releases it
    sold_at: datetime

    @property
    def is_held(self) -> bool:
        """By somebody, rather than by the refund window that every sale has."""
        return self.status is TransferStatus.HELD and self.reason != REFUND_WINDOW


@dataclass(frozen=True, slots=True)
class Debt:
    creator_id: str
    creator: str
    username: str
    amount: int
    currency: str
    coming: int  # that waits to be sent to them, and pays it first
    is_at_stripe: bool  # their account there is below zero; else they owe it to us
    is_own: bool  # of the admin who looks, and another one writes it off


@dataclass(frozen=True, slots=True)
class Comparison:
    """The newest of a currency."""

    at: datetime
    currency: str
    ours: int
    theirs: int

    @property
    def amount(self) -> int:
        return self.theirs - self.ours


@dataclass(frozen=True, slots=True)
class Difference:
    """One that was the same at each comparison from `since` to `at`."""

    since: datetime
    at: datetime
    currency: str
    amount: int  # that Stripe has more than the ledger
    is_open: bool  # still so


@dataclass(frozen=True, slots=True)
class Books:
    """How much lies where, in each currency; how it compares with Stripe; and when it did not."""

    accounts: dict[str, dict[LedgerAccount, int]]
    newest: list[Comparison]
    differences: list[Difference]


def list_transfers(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_LISTED) -> list[TransferLine]:
    """What somebody keeps back first, then what is sent soonest. One query, another where the admin sells, too."""
    is_held = (col(Transfer.status) == TransferStatus.HELD) & (col(Transfer.hold_reason) != REFUND_WINDOW)
    query = (
        sa.select(Transfer, CreatorProfile, Purchase, col(Listing.title))
        .join(CreatorProfile, col(CreatorProfile.id) == col(Transfer.creator_id))
        .join(Purchase, col(Purchase.id) == col(Transfer.purchase_id))
        .join(PurchaseItem, col(PurchaseItem.id) == col(Transfer.item_id))
        .join(Listing, col(Listing.id) == col(PurchaseItem.listing_id))
        .where(col(Transfer.status).in_(_UNSENT))
        .order_by(is_held.desc(), col(Transfer.hold_until).asc().nulls_first(), col(Transfer.id))
        .limit(limit)
    )
    if words.strip():
        named = contains(CreatorProfile.username, words) | contains(CreatorProfile.name, words)
        query = query.where(named | contains(Purchase.receipt_number, words) | contains(Listing.title, words))
    rows = session.execute(query).all()
    own = left_to_others(session, viewer_id, {row.id: {creator.user_id} for row, creator, _, _ in rows})
    return [
        TransferLine(
            id=str(row.id),
            creator=creator.name,
            username=creator.username,
            title=title,
            receipt=purchase.receipt_number,
            amount=row.outstanding,
            currency=row.currency,
            status=row.status,
            reason=row.hold_reason,
            until=row.hold_until,
            error=row.error,
            is_royalty=row.is_royalty,
            is_test=purchase.is_test,
            is_own=row.id in own,
            sold_at=row.created_at,
        )
        for row, creator, purchase, title in rows
    ]


def hold_transfer(session: Session, admin_id: UUID, transfer_id: UUID, reason: str, until: str) -> None:
    """Keep it back, to the end of that day in UTC ("2026-12-24"), or until it is released for ""."""
    holds.hold(session, admin_id, _transfer(session, transfer_id), reason=checked_reason(reason), until=_end_of(until))


def release_transfer(session: Session, admin_id: UUID, transfer_id: UUID, reason: str) -> None:
    """It is sent with the next ones, whether its refund window is over or not."""
    holds.release(session, admin_id, _transfer(session, transfer_id), reason=checked_reason(reason))


def list_debts(session: Session, viewer_id: UUID, *, limit: int = MOST_LISTED) -> list[Debt]:
    """The largest of each kind first. Two queries, a third where the admin owes, too."""
    owed = [*_owed_to_us(session, limit), *_below_zero(session, limit)]
    own = left_to_others(session, viewer_id, {creator.id: {creator.user_id} for creator, *_ in owed})
    return [
        Debt(str(creator.id), creator.name, creator.username, amount, currency, coming, is_at_stripe, creator.id in own)
        for creator, currency, amount, coming, is_at_stripe in owed
    ]


def write_off(session: Session, admin_id: UUID, creator_id: UUID, currency: str, reason: str) -> int:
    """The platform bears it. Returns how much that was."""
    if session.get(CreatorProfile, creator_id) is None:
        raise NotFound("This creator is not there any more. Reload the page.")
    return debts.write_off(session, admin_id, creator_id, currency, reason=checked_reason(reason))


def view_books(session: Session, *, limit: int = MOST_LISTED) -> Books:
    """Three queries."""
    newest = [Comparison(row.created_at, row.currency, row.ours, row.theirs) for row in last_comparisons(session)]
    last = {one.currency: one.at for one in newest}
    found = session.execute(_DIFFERENCES, {"since": utc_now() - _DIFFERED_SINCE, "limit": limit})
    differences = [
        Difference(row.since, row.at, row.currency, int(row.amount), is_open=last.get(row.currency) == row.at)
        for row in found
    ]
    return Books(ledger.totals(session), newest, differences)


def _owed_to_us(session: Session, limit: int) -> list[_Owed]:
    row = Transfer
    owed = sa.func.sum(col(row.owed_amount) - col(row.kept_amount))
    taken = col(row.reversed_amount) + col(row.kept_amount) + col(row.sent_amount)
    unsent = col(row.amount) - taken + col(row.returned_amount) + col(row.owed_amount)
    coming = sa.func.coalesce(sa.func.sum(unsent).filter(col(row.status).in_(_UNSENT)), 0)
    rows = session.execute(
        sa.select(CreatorProfile, col(row.currency), owed, coming)
        .join(CreatorProfile, col(CreatorProfile.id) == col(row.creator_id))
        .group_by(col(CreatorProfile.id), col(row.currency))
        .having(owed > 0)
        .order_by(owed.desc(), col(CreatorProfile.id))
        .limit(limit)
    )
    return [(creator, currency, int(amount), max(0, int(soon)), False) for creator, currency, amount, soon in rows]


def _below_zero(session: Session, limit: int) -> list[_Owed]:
    sum_of = sa.func.sum(col(LedgerEntry.amount))
    rows = session.execute(
        sa.select(CreatorProfile, col(LedgerEntry.currency), sum_of)
        .join(CreatorProfile, col(CreatorProfile.id) == col(LedgerEntry.creator_id))
        .where(col(LedgerEntry.account) == LedgerAccount.CONNECTED)
        .group_by(col(CreatorProfile.id), col(LedgerEntry.currency))
        .having(sum_of < 0)
        .order_by(sum_of, col(CreatorProfile.id))
        .limit(limit)
    )
    return [(creator, currency, -int(amount), 0, True) for creator, currency, amount in rows]


def _transfer(session: Session, transfer_id: UUID) -> Transfer:
    transfer = session.get(Transfer, transfer_id)
    if transfer is None:
        raise NotFound(_NO_TRANSFER)
    return transfer


def _end_of(day: str) -> datetime | None:
    if not day.strip():
        return None
    try:
        return datetime.combine(date.fromisoformat(day.strip()), time.max, tzinfo=UTC)
    except ValueError:
        raise InvalidInput("Choose the day from the calendar, or leave it empty.", field="until") from None
