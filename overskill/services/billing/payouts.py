"""From a creator's balance at Stripe to their bank: Stripe pays out by itself, and tells us."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.stripe import Payments, StripePayout
from overskill.db import run
from overskill.models import CreatorProfile, LedgerAccount, Payout, PayoutStatus
from overskill.services.billing import ledger
from overskill.services.billing.ledger import Line

_OVER = (PayoutStatus.FAILED, PayoutStatus.CANCELED)
_STAGES = {
    PayoutStatus.PENDING: 0,
    PayoutStatus.IN_TRANSIT: 1,
    PayoutStatus.PAID: 2,
    PayoutStatus.FAILED: 3,  # also after it seemed paid
    PayoutStatus.CANCELED: 3,
}


def note_payout(session: Session, told: StripePayout, *, account_id: str) -> None:
    """What Stripe says of a payout. Told again, nothing happens; who says less than is known read it before.

    The money leaves the balance when the payout is made, and comes back if it fails or is cancelled. Without an account
    it is the platform's own.
    """
    creator = _lock_creator(session, account_id)
    if account_id and creator is None:
        return
    status = PayoutStatus(told.status)
    _book(session, f"payout:{told.id}", "payout", told, creator, told.amount)
    if status in _OVER:
        _book(session, f"payout-failed:{told.id}", "payout_failed", told, creator, -told.amount)
    if creator is not None:
        _keep(session, told, status, creator.id)


def _lock_creator(session: Session, account_id: str) -> CreatorProfile | None:
    if not account_id:
        return None
    return session.exec(
        select(CreatorProfile).where(CreatorProfile.account_id == account_id).with_for_update(key_share=True)
    ).first()


def _book(
    session: Session, key: str, kind: str, told: StripePayout, creator: CreatorProfile | None, amount: int
) -> None:
    creator_id = creator.id if creator else None
    place = LedgerAccount.CONNECTED if creator else LedgerAccount.PROCESSOR
    lines = [Line(LedgerAccount.BANK, amount, creator_id), Line(place, -amount, creator_id)]
    ledger.book(session, key, kind, told.currency, lines, external_id=told.id)


def _keep(session: Session, told: StripePayout, status: PayoutStatus, creator_id: UUID) -> None:
    row = session.exec(select(Payout).where(Payout.external_id == told.id)).one_or_none() or Payout(
        creator_id=creator_id, external_id=told.id, amount=told.amount, currency=told.currency
    )
    if _STAGES[status] < _STAGES[row.status]:
        return
    row.status, row.arrives_at, row.error = status, told.arrives_at, told.failure[:300]
    session.add(row)
    session.flush()


def look_again(creator_id: UUID, *, payments: Payments) -> None:
    """All payouts of a creator, as Stripe knows them now."""
    account_id = run(_account_of, creator_id)
    for told in payments.payouts(account_id) if account_id else ():
        run(note_payout, told, account_id=account_id)


def _account_of(session: Session, creator_id: UUID) -> str:
    return session.get_one(CreatorProfile, creator_id).account_id


def payouts_of(session: Session, creator_id: UUID, *, limit: int = 20) -> Sequence[Payout]:
    """Newest first."""
    return session.exec(
        select(Payout).where(Payout.creator_id == creator_id).order_by(col(Payout.created_at).desc()).limit(limit)
    ).all()
