"""The ledger of money: double-entry and append-only. Each movement has a key, and is made once.

Where money is, or went, is above zero; whose it is, below. Every movement sums to zero:

    what happens              above                                  below
    sale                      processor +total                       tax, platform, each creator
    processor fee             processor_fees +fee                    processor
    refund                    tax, platform, each creator +part      processor
    refund undone             processor                              tax, platform, each creator
    transfer                  connected +amount                      processor
    reversal of a transfer    processor +amount                      connected
    dispute opened            disputed +amount                       processor
    dispute's fee             processor_fees +fee                    processor
    dispute won               processor                              disputed (and its fee, if that comes back)
    dispute lost              tax, platform, each creator +part      disputed
    lost, and back after all  disputed                               tax, platform, each creator
    payout                    bank +amount                           connected; of the platform's own: processor
    payout undone             connected; processor                   bank
    write-off                 losses +amount                         creator

A refund takes from everybody what they got of it: the platform gives back its fee, too. Parts are rounded down for tax
and creators, so that they only grow with what is taken; the platform bears the rest of a cent until all is taken. Where
more is taken than was paid, as by a bank that takes back what was refunded in part, nobody gives more than they got:
the rest is the platform's loss.

What a creator is still to get is what they earned, less what lies on their account and what was paid out. It is below
zero when a refund came after the money had left and their account had too little: the next transfers pay it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from overskill.models import (
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Purchase,
    SubscriptionInvoice,
    Transfer,
    TransferStatus,
    utc_now,
)
from overskill.services.billing.splits import (
    Payment,
    creator_shares,
    first_payment,
    later_payment,
    refund_window,
)

REFUND_WINDOW = "The buyer can still ask for their money back"
HELD_FOR_BANK = "The buyer's bank disputes the payment; what it decides comes in some weeks"
_SHARED = (LedgerAccount.TAX, LedgerAccount.PLATFORM, LedgerAccount.CREATOR, LedgerAccount.LOSSES)


@dataclass(frozen=True, slots=True)
class Line:
    account: LedgerAccount
    amount: int
    creator_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What a creator has, in one currency."""

    currency: str
    earned: int
    connected: int  # on their account at Stripe
    paid_out: int

    @property
    def due(self) -> int:
        """Still to be transferred. Below zero: they owe it."""
        return self.earned - self.connected - self.paid_out


def book(
    session: Session,
    key: str,
    kind: str,
    currency: str,
    lines: Iterable[Line],
    *,
    purchase_id: UUID | None = None,
    source: str = "",
    external_id: str = "",
    occurred_at: datetime | None = None,
    memo: str = "",
) -> bool:
    """Make a movement, unless it was made before. Returns whether it was made now."""
    moved = [line for line in lines if line.amount]
    if sum(line.amount for line in moved):
        raise ValueError(f"The movement {key} does not sum to zero: {moved}")
    if not moved:
        return False
    now = utc_now()
    made = _add_once(
        session,
        {
            "id": uuid4(),
            "created_at": now,
            "updated_at": now,
            "key": key,
            "kind": kind,
            "purchase_id": purchase_id,
            "source": source,
            "external_id": external_id,
            "occurred_at": occurred_at or now,
            "memo": memo[:200],
        },
    )
    if made is None:
        return False
    session.add_all(
        LedgerEntry(
            transaction_id=made,
            account=line.account,
            creator_id=line.creator_id,
            currency=currency,
            amount=line.amount,
        )
        for line in moved
    )
    session.flush()
    return True


def _add_once(session: Session, row: dict[str, object]) -> UUID | None:
    """None where a movement of that key is there already, also of somebody else at this moment."""
    return session.execute(
        insert(LedgerTransaction)
        .values(row)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(LedgerTransaction.id))
    ).scalar_one_or_none()


def is_booked(session: Session, key: str) -> bool:
    return session.exec(select(LedgerTransaction.id).where(LedgerTransaction.key == key)).first() is not None


def book_sale(session: Session, purchase: Purchase) -> bool:
    """A purchase was paid: book it, and hold what each creator gets of it until the refund window ends.

    Call it with the purchase locked. A free one moves nothing. Returns whether it was booked now.
    """
    payment = first_payment(purchase)
    if payment.total <= 0:
        return False
    purchase.refund_until = payment.paid_at + refund_window(session, payment)
    session.add(purchase)
    is_new = _book_payment(session, payment)
    if purchase.processor_fee is not None:
        book_processor_fee(session, payment, purchase.processor_fee, purchase.currency)
    return is_new


def book_later_sale(session: Session, purchase: Purchase, invoice: SubscriptionInvoice) -> bool:
    """A subscription was paid again, and can be given back again. Call it with the purchase locked."""
    payment = later_payment(purchase, invoice)
    if payment.total <= 0:
        return False
    until = payment.paid_at + refund_window(session, payment)
    purchase.refund_until = max(purchase.refund_until or until, until)
    session.add(purchase)
    return _book_payment(session, payment)


def _book_payment(session: Session, payment: Payment) -> bool:
    purchase = payment.purchase
    owed = creator_shares(session, payment)
    lines = [
        Line(LedgerAccount.PROCESSOR, payment.total),
        Line(LedgerAccount.TAX, -payment.tax),
        Line(LedgerAccount.PLATFORM, sum(share.amount for share in owed) - payment.amount),
        *(Line(LedgerAccount.CREATOR, -share.amount, share.creator_id) for share in owed),
    ]
    is_new = book(
        session,
        f"sale:{purchase.id}:{payment.source}",
        "sale",
        payment.currency,
        lines,
        purchase_id=purchase.id,
        source=payment.source,
        external_id=payment.charge_id,
        occurred_at=payment.paid_at,
    )
    if is_new:
        hold_until = payment.paid_at + refund_window(session, payment)
        session.add_all(
            Transfer(
                item_id=share.item_id,
                purchase_id=purchase.id,
                creator_id=share.creator_id,
                is_royalty=share.is_royalty,
                source=payment.source,
                amount=share.amount,
                currency=payment.currency,
                hold_reason=REFUND_WINDOW,
                hold_until=hold_until,
            )
            for share in owed
        )
        session.flush()
    return is_new


def book_processor_fee(session: Session, payment: Payment, fee: int, currency: str) -> bool:
    """What Stripe kept of a payment, in the currency of the balance that it settled in."""
    return book(
        session,
        f"fee:{payment.purchase.id}:{payment.source}",
        "fee",
        currency,
        [Line(LedgerAccount.PROCESSOR_FEES, fee), Line(LedgerAccount.PROCESSOR, -fee)],
        purchase_id=payment.purchase.id,
        source=payment.source,
        external_id=payment.charge_id,
        occurred_at=payment.paid_at,
    )


def take_back(
    session: Session,
    payment: Payment,
    amount: int,
    *,
    key: str,
    kind: str,
    account: LedgerAccount,
    external_id: str = "",
    occurred_at: datetime | None = None,
) -> bool:
    """So much of a payment left `account`: everybody gives back their part. Below zero, everybody gets it again.

    Call it with the purchase locked. What was not transferred yet shrinks; what was is to be reversed, which
    `transfers.settle` does. Returns whether it was booked now.
    """
    rows = _transfers_of(session, payment)
    before = _taken(session, payment)
    parts = _Parts.of(payment, rows, before + amount).less(_Parts.of(payment, rows, before))
    lines = [
        Line(account, -amount),
        Line(LedgerAccount.TAX, parts.tax),
        Line(LedgerAccount.PLATFORM, parts.platform),
        Line(LedgerAccount.LOSSES, parts.losses),
        *(Line(LedgerAccount.CREATOR, part, row.creator_id) for row, part in zip(rows, parts.creators, strict=True)),
    ]
    is_new = book(
        session,
        key,
        kind,
        payment.currency,
        lines,
        purchase_id=payment.purchase.id,
        source=payment.source,
        external_id=external_id,
        occurred_at=occurred_at,
    )
    if is_new:
        for row, part in zip(rows, parts.creators, strict=True):
            _shrink(row, part)
            session.add(row)
        session.flush()
    return is_new


def _transfers_of(session: Session, payment: Payment) -> Sequence[Transfer]:
    return session.exec(
        select(Transfer)
        .where(Transfer.purchase_id == payment.purchase.id, Transfer.source == payment.source)
        .order_by(col(Transfer.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _taken(session: Session, payment: Payment) -> int:
    """What refunds and lost disputes took of a payment: what is missing of what everybody got."""
    left = session.execute(
        sa.select(sa.func.coalesce(sa.func.sum(col(LedgerEntry.amount)), 0))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(
            col(LedgerTransaction.purchase_id) == payment.purchase.id,
            col(LedgerTransaction.source) == payment.source,
            col(LedgerEntry.account).in_(_SHARED),
        )
    ).scalar_one()
    return payment.total + int(left)


@dataclass(frozen=True, slots=True)
class _Parts:
    tax: int
    platform: int
    losses: int
    creators: tuple[int, ...]

    @classmethod
    def of(cls, payment: Payment, rows: Sequence[Transfer], taken: int) -> "_Parts":
        shared = min(taken, payment.total)
        tax = shared * payment.tax // payment.total
        creators = tuple(shared * row.amount // payment.total for row in rows)
        return cls(tax, shared - tax - sum(creators), taken - shared, creators)

    def less(self, other: "_Parts") -> "_Parts":
        creators = tuple(mine - theirs for mine, theirs in zip(self.creators, other.creators, strict=True))
        return _Parts(self.tax - other.tax, self.platform - other.platform, self.losses - other.losses, creators)


def _shrink(row: Transfer, part: int) -> None:
    row.reversed_amount += part
    # What was kept of it for a debt was none of the creator's either: that much is owed again.
    row.kept_amount = min(row.kept_amount, max(0, row.amount - row.reversed_amount))
    is_waiting = row.status in (TransferStatus.HELD, TransferStatus.DUE, TransferStatus.FAILED)
    if is_waiting and row.sent_amount > row.returned_amount and row.outstanding <= 0:
        row.status = TransferStatus.SENT  # the rest of it is not sent any more: what was is to come back
    elif is_waiting and row.reversed_amount >= row.amount:
        row.status = TransferStatus.CANCELLED
    elif row.status is TransferStatus.CANCELLED and row.reversed_amount < row.amount:
        row.status = TransferStatus.HELD


def book_transfer(session: Session, transfer: Transfer, amount: int, external_id: str) -> bool:
    return _move_transfer(session, transfer, amount, f"transfer:{external_id}", "transfer", external_id)


def book_reversal(session: Session, transfer: Transfer, amount: int, external_id: str) -> bool:
    return _move_transfer(session, transfer, -amount, f"reversal:{external_id}", "reversal", external_id)


def _move_transfer(session: Session, transfer: Transfer, amount: int, key: str, kind: str, external_id: str) -> bool:
    return book(
        session,
        key,
        kind,
        transfer.currency,
        [
            Line(LedgerAccount.CONNECTED, amount, transfer.creator_id),
            Line(LedgerAccount.PROCESSOR, -amount),
        ],
        purchase_id=transfer.purchase_id,
        source=transfer.source,
        external_id=external_id,
    )


def balance(session: Session, creator_id: UUID) -> Sequence[Balance]:
    """Of one creator, in each currency that they ever had something in."""
    amount, account = col(LedgerEntry.amount), col(LedgerEntry.account)

    def of(wanted: LedgerAccount) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(amount).filter(account == wanted), 0)

    rows = session.execute(
        sa.select(
            col(LedgerEntry.currency),
            -of(LedgerAccount.CREATOR),
            of(LedgerAccount.CONNECTED),
            of(LedgerAccount.BANK),
        )
        .where(account.in_([LedgerAccount.CREATOR, LedgerAccount.CONNECTED, LedgerAccount.BANK]))
        .where(col(LedgerEntry.creator_id) == creator_id)
        .group_by(col(LedgerEntry.currency))
        .order_by(col(LedgerEntry.currency))
    ).all()
    return [Balance(currency, int(earned), int(connected), int(paid)) for currency, earned, connected, paid in rows]


def totals(session: Session) -> dict[str, dict[LedgerAccount, int]]:
    """Of each currency and account; those of a currency sum to zero."""
    found: dict[str, dict[LedgerAccount, int]] = defaultdict(dict)
    rows = session.execute(
        sa.select(col(LedgerEntry.currency), col(LedgerEntry.account), sa.func.sum(col(LedgerEntry.amount))).group_by(
            col(LedgerEntry.currency), col(LedgerEntry.account)
        )
    )
    for currency, account, amount in rows:
        found[currency][account] = int(amount)
    return found
