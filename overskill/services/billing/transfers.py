"""Creators' shares on their way to the creators' accounts at Stripe.

    HELD      until the refund window ends, a dispute is decided, or an admin releases it
    DUE       as soon as the creator has an account that takes it
    SENDING   Stripe was asked, or is about to be
    SENT      and whatever refunds take back afterwards is reversed, or kept from the creator's next transfers

`settle` brings one transfer to where its row says it should be. It asks Stripe between two transactions, with a key
that is in the row, so whoever takes up where a worker died asks for the same thing again, and gets the same answer.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeTransfer
from overskill.db import after_commit, run
from overskill.errors import Conflict, LimitReached, OverskillError, Unavailable
from overskill.models import CreatorProfile, Dispute, Purchase, SubscriptionInvoice, Transfer, TransferStatus, utc_now
from overskill.services.billing import ledger
from overskill.services.billing.money import say
from overskill.services.billing.splits import FIRST
from overskill.services.billing.standing import OPEN_AT_BANK

log = logging.getLogger(__name__)

SETTLE_JOB = "overskill.jobs.money.settle_transfer"
MOST_AT_ONCE = 200
_LOST_AFTER = timedelta(minutes=2)  # a worker that has not come back by then does not
_TRY_AGAIN_AFTER = timedelta(hours=1)
_KEYS_LAST = timedelta(hours=12)  # Stripe forgets keys after a day: what may be older is looked for first
_REVERSED_ELSEWHERE = "It was reversed at Stripe. An admin decides whether it is sent again"
_WAITS = (TransferStatus.HELD, TransferStatus.DUE)
_WAS_SENT = (TransferStatus.SENT, TransferStatus.REVERSED)


@dataclass(frozen=True, slots=True)
class _Send:
    transfer_id: UUID
    purchase_id: UUID
    account_id: str
    charge_id: str
    amount: int
    currency: str
    begun_at: datetime

    @property
    def reference(self) -> str:
        """One for each time that money is sent of a transfer."""
        return f"{self.transfer_id}:{int(self.begun_at.timestamp() * 1000)}"


@dataclass(frozen=True, slots=True)
class _TakeBack:
    transfer_id: UUID
    amount: int
    returned_before: int
    group: str


def can_receive(creator: CreatorProfile, now: datetime) -> bool:
    """Whether money may be transferred to them at all."""
    is_held = creator.hold_reason != "" and (creator.hold_until is None or creator.hold_until > now)
    return creator.account_id != "" and creator.charges_enabled and creator.suspended_at is None and not is_held


def enqueue_due_transfers(session: Session, queue: JobQueue, now: datetime | None = None) -> int:
    """Ask for a job for each transfer that isn't where it should be. Returns how many."""
    now = now or utc_now()
    row = Transfer
    is_held = (col(CreatorProfile.hold_reason) != "") & (
        col(CreatorProfile.hold_until).is_(None) | (col(CreatorProfile.hold_until) > now)
    )
    receives = (
        (col(CreatorProfile.account_id) != "")
        & col(CreatorProfile.charges_enabled)
        & col(CreatorProfile.suspended_at).is_(None)
        & ~is_held
    )
    wanted = sa.func.greatest(0, col(row.amount) - col(row.reversed_amount) - col(row.kept_amount))
    outstanding = wanted - (col(row.sent_amount) - col(row.returned_amount) - col(row.owed_amount))
    is_due = col(row.status).in_(_WAITS) & (col(row.hold_until) <= now) & receives
    is_lost = (col(row.status) == TransferStatus.SENDING) & (col(row.updated_at) < now - _LOST_AFTER)
    is_coming_back = (outstanding < 0) | (col(row.returning_amount) > 0)
    is_off = col(row.status).in_(_WAS_SENT) & (is_coming_back | ((outstanding > 0) & receives))
    ids = session.exec(
        select(row.id)
        .join(CreatorProfile, col(CreatorProfile.id) == row.creator_id)
        .where(is_due | is_lost | is_off)
        .order_by(col(row.hold_until))
        .limit(MOST_AT_ONCE)
    ).all()
    for transfer_id in ids:
        enqueue(session, transfer_id, queue)
    return len(ids)


def enqueue(session: Session, transfer_id: UUID, queue: JobQueue) -> None:
    after_commit(session, partial(queue.enqueue, SETTLE_JOB, str(transfer_id), queue="low"))


def mark_due(session: Session, now: datetime | None = None) -> int:
    """Those whose hold is over, so that their creators see it before they have an account. Returns how many."""
    done = session.execute(
        sa.update(Transfer)
        .where(col(Transfer.status) == TransferStatus.HELD, col(Transfer.hold_until) <= (now or utc_now()))
        .values(status=TransferStatus.DUE, hold_reason="", updated_at=utc_now())
        .execution_options(synchronize_session=False)
    )
    return int(getattr(done, "rowcount", 0))


def settle(transfer_id: UUID, *, payments: Payments) -> None:
    """Send, or take back, what is outstanding of a transfer. It may run any number of times, at once too."""
    match run(_begin, transfer_id):
        case _Send() as step:
            _send(step, payments)
        case _TakeBack() as step:
            _reverse(step, payments)
        case None:
            return


def _begin(session: Session, transfer_id: UUID) -> _Send | _TakeBack | None:
    transfer = lock_transfer(session, transfer_id)
    if transfer is None:
        return None
    now = utc_now()
    if transfer.status in _WAS_SENT and (transfer.outstanding < 0 or transfer.returning_amount):
        return _take_back(session, transfer)
    # Nobody else settles what this creator owes until this is over.
    creator = session.get_one(CreatorProfile, transfer.creator_id, with_for_update={"key_share": True})
    if transfer.status is TransferStatus.SENDING:
        return _step(session, transfer, creator)
    is_due = transfer.status in _WAITS and transfer.hold_until is not None and transfer.hold_until <= now
    is_short = transfer.status in _WAS_SENT and transfer.outstanding > 0
    if not (is_due or is_short) or (is_due and _waits_for_bank(session, transfer)):
        return None
    if not can_receive(creator, now):
        if transfer.status is TransferStatus.HELD:
            transfer.status, transfer.hold_reason = TransferStatus.DUE, ""
            session.add(transfer)
        return None
    if transfer.sent_amount == 0:
        _keep_what_is_owed(session, transfer)
    transfer.hold_reason, transfer.error = "", ""
    if transfer.outstanding <= 0:
        transfer.status, transfer.sent_at = TransferStatus.SENT, now
    else:
        transfer.status, transfer.sent_at = TransferStatus.SENDING, now
        transfer.sending_amount = transfer.outstanding
    session.add(transfer)
    session.flush()
    return _step(session, transfer, creator) if transfer.status is TransferStatus.SENDING else None


def _take_back(session: Session, transfer: Transfer) -> _TakeBack:
    """What was asked for and not answered is asked for again, just so, whatever else is to come back meanwhile."""
    if not transfer.returning_amount:
        transfer.returning_amount = -transfer.outstanding
        session.add(transfer)
        session.flush()
    return _TakeBack(
        transfer_id=transfer.id,
        amount=transfer.returning_amount,
        returned_before=transfer.returned_amount,
        group=str(transfer.purchase_id),
    )


def _waits_for_bank(session: Session, transfer: Transfer) -> bool:
    """A hold that an admin lifted, or that ran out, lets no money go while the buyer's bank has the payment."""
    at_bank = select(Dispute.id).where(
        Dispute.purchase_id == transfer.purchase_id, col(Dispute.status).in_(OPEN_AT_BANK)
    )
    if session.exec(at_bank).first() is None:
        return False
    transfer.status, transfer.hold_reason, transfer.hold_until = TransferStatus.HELD, ledger.HELD_FOR_BANK, None
    session.add(transfer)
    return True


def lock_transfer(session: Session, transfer_id: UUID) -> Transfer | None:
    return session.get(Transfer, transfer_id, with_for_update={"key_share": True}, populate_existing=True)


def _keep_what_is_owed(session: Session, transfer: Transfer) -> None:
    """A refund that came after its money had left, and could not be taken back, is paid by what comes next."""
    kept = min(debt(session, transfer.creator_id, transfer.currency), transfer.outstanding)
    transfer.kept_amount += max(0, kept)
    session.add(transfer)


def debt(session: Session, creator_id: UUID, currency: str) -> int:
    """What a creator still owes of transfers that could not be taken back."""
    owed = session.exec(
        select(sa.func.coalesce(sa.func.sum(Transfer.owed_amount - Transfer.kept_amount), 0)).where(
            Transfer.creator_id == creator_id, Transfer.currency == currency
        )
    ).one()
    return max(0, int(owed))


def _step(session: Session, transfer: Transfer, creator: CreatorProfile) -> _Send:
    return _Send(
        transfer_id=transfer.id,
        purchase_id=transfer.purchase_id,
        account_id=creator.account_id,
        charge_id=_charge_of(session, transfer),
        amount=transfer.sending_amount,
        currency=transfer.currency,
        begun_at=transfer.sent_at or transfer.updated_at,
    )


def _charge_of(session: Session, transfer: Transfer) -> str:
    if transfer.source == FIRST:
        return session.get_one(Purchase, transfer.purchase_id).charge_id
    return session.exec(
        select(SubscriptionInvoice.charge_id).where(SubscriptionInvoice.external_id == transfer.source)
    ).one()


def _send(step: _Send, payments: Payments) -> None:
    try:
        sent = _find_sent(step, payments) or payments.transfer(
            step.account_id,
            step.amount,
            step.currency,
            charge_id=step.charge_id,
            group=str(step.purchase_id),
            reference=step.reference,
            key=f"transfer-{step.reference}",
        )
    except (Unavailable, LimitReached):
        log.warning("Stripe did not say whether it made a transfer; it is asked again", extra={"id": step.transfer_id})
    except OverskillError as refused:
        run(_note_refusal, step.transfer_id, refused.message, is_over=not isinstance(refused, Conflict))
    else:
        run(note_sent, step.transfer_id, sent)


def _find_sent(step: _Send, payments: Payments) -> StripeTransfer | None:
    if utc_now() - step.begun_at < _KEYS_LAST:
        return None
    made = payments.transfers(str(step.purchase_id))
    return next((one for one in made if one.reference == step.reference), None)


def note_sent(session: Session, transfer_id: UUID, sent: StripeTransfer) -> bool:
    """Stripe made it. Told by the job that asked for it, and by Stripe itself; whoever comes first is believed."""
    transfer = lock_transfer(session, transfer_id)
    if transfer is None or not ledger.book_transfer(session, transfer, sent.amount, sent.id):
        return False
    transfer.sent_amount += sent.amount
    transfer.sending_amount, transfer.external_id, transfer.error = 0, sent.id, ""
    transfer.status = TransferStatus.SENT
    transfer.sent_at = transfer.sent_at or utc_now()
    session.add(transfer)
    return True


def _note_refusal(session: Session, transfer_id: UUID, message: str, *, is_over: bool) -> None:
    transfer = lock_transfer(session, transfer_id)
    if transfer is None or transfer.status is not TransferStatus.SENDING:
        return
    if transfer.sent_amount == 0:
        transfer.kept_amount = 0
    transfer.status = TransferStatus.FAILED if is_over else TransferStatus.DUE
    transfer.sending_amount, transfer.sent_at, transfer.error = 0, None, message[:300]
    transfer.hold_until = utc_now() + _TRY_AGAIN_AFTER
    session.add(transfer)


def try_failed_again(session: Session, creator_id: UUID, queue: JobQueue) -> Sequence[UUID]:
    """Their account is in order again."""
    rows = session.exec(
        select(Transfer)
        .where(Transfer.creator_id == creator_id, Transfer.status == TransferStatus.FAILED)
        .with_for_update(key_share=True)
    ).all()
    for row in rows:
        row.status, row.hold_until, row.error = TransferStatus.DUE, utc_now(), ""
        session.add(row)
        enqueue(session, row.id, queue)
    return [row.id for row in rows]


def _reverse(step: _TakeBack, payments: Payments) -> None:
    """Of all that was sent, the newest first. What came back already is looked at: Stripe forgets keys after a day."""
    total = step.returned_before + step.amount
    back = step.returned_before
    try:
        made = _made_of(payments.transfers(step.group), step.transfer_id)
        back = max(back, _came_back(made))
        for one in made:
            if (part := min(total - back, one.amount - one.reversed)) > 0:
                payments.reverse_transfer(one.id, part, key=f"reversal-{one.id}-{one.reversed + part}")
                back += part
    except (Unavailable, LimitReached):
        log.warning("Stripe did not say whether it took a transfer back", extra={"id": step.transfer_id})
        return
    except OverskillError as refused:
        log.info("A transfer can't be taken back: %s", refused.message, extra={"id": step.transfer_id})
    run(note_returned, step.transfer_id, back)
    if back < total:
        run(_note_debt, step.transfer_id, total - back)


def _made_of(made: Sequence[StripeTransfer], transfer_id: UUID) -> Sequence[StripeTransfer]:
    """What was sent of one share, the newest first: more than once where a refund was undone."""
    return [one for one in made if one.reference.partition(":")[0] == str(transfer_id)]


def _came_back(made: Sequence[StripeTransfer]) -> int:
    """In all, as Stripe has it."""
    return sum(one.reversed for one in made)


def note_returned(session: Session, transfer_id: UUID, total: int) -> bool:
    """So much of what was sent has come back by now, in all."""
    transfer = lock_transfer(session, transfer_id)
    if transfer is None or total <= transfer.returned_amount:
        return False
    came_back = total - transfer.returned_amount
    ledger.book_reversal(session, transfer, came_back, f"{transfer.external_id}:{total}")
    is_ours = came_back <= transfer.returning_amount
    transfer.returned_amount, transfer.returning_amount = total, max(0, transfer.returning_amount - came_back)
    if transfer.outstanding > 0 and transfer.status in _WAS_SENT and not is_ours:
        transfer.status, transfer.hold_reason, transfer.hold_until = TransferStatus.HELD, _REVERSED_ELSEWHERE, None
    elif transfer.returned_amount >= transfer.sent_amount:
        transfer.status = TransferStatus.REVERSED
    session.add(transfer)
    return True


def note_returned_of(session: Session, transfer_id: UUID, told: Sequence[StripeTransfer]) -> bool:
    """What Stripe says came back of all that it sent of a purchase."""
    return note_returned(session, transfer_id, _came_back(_made_of(told, transfer_id)))


def _note_debt(session: Session, transfer_id: UUID, amount: int) -> None:
    transfer = lock_transfer(session, transfer_id)
    if transfer is None or transfer.returning_amount != amount:
        return
    transfer.returning_amount = 0
    if -transfer.outstanding >= amount:
        transfer.owed_amount += amount
        transfer.error = f"{say(amount, transfer.currency)} could not be taken back. The next transfers pay it."
    session.add(transfer)
