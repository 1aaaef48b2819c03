"""Giving money back.

    ask             a buyer: within the refund window it is given back at once, later the creator or an admin decides
    decide          the creator or an admin, of what was asked
    give_back       whoever may: a job tells Stripe
    make_good       what could not be installed is given back by itself, at the latest when a bank has decided about it
    carry_out       that job; asked twice, Stripe gives back once
    note_refund     what Stripe says of a refund, by whomever it was made; the ledger, the licence and transfers follow

A refund that was carried out can still fail at the buyer's bank, or be called back while it is on its way: then
everybody gets their part again.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeRefund
from overskill.db import after_commit, run
from overskill.errors import Conflict, InvalidInput, LimitReached, NotFound, OverskillError, Unavailable
from overskill.models import (
    CreatorProfile,
    LedgerAccount,
    Purchase,
    Refund,
    RefundStatus,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.billing import ledger, standing
from overskill.services.billing.failed_installs import find_owed
from overskill.services.billing.refundable import REFUSALS, checked_amount, is_paid_in_window, left_of, newest_left
from overskill.services.billing.splits import FIRST, find_invoice, find_payment, find_source, lock_purchase

log = logging.getLogger(__name__)

REFUND_JOB = "overskill.jobs.money.refund"
MAIL_JOB = "overskill.jobs.money.send_refund_mail"
LONGEST_REASON = 1000
_LOST_AFTER = timedelta(minutes=2)
_KEYS_LAST = timedelta(hours=12)  # Stripe forgets keys after a day: what may be older is looked for first
_NOT_THERE = "There is no such purchase of yours."
_LATE = "It was paid after its licence had ended."
_FAILED_AT_STRIPE = ("failed", "canceled")
_NOT_TAKEN = "The buyer's bank did not take it."
_FAILURES = {  # Stripe's words
    "lost_or_stolen_card": "The card was reported lost or stolen.",
    "expired_or_canceled_card": "The card is no longer valid.",
    "charge_for_pending_refund_disputed": "The buyer's bank disputes the payment, and decides about the money.",
    "insufficient_funds": "There was not enough money for it at Stripe.",
    "declined": "The buyer's bank declined it.",
    "merchant_request": "It was called back at Stripe.",
}


def ask(
    session: Session, user_id: UUID, purchase_id: UUID, amount: int | None, reason: str, *, queue: JobQueue
) -> Refund:
    """A buyer wants their money back: all that is left, or `amount` of it; of a subscription, of the newest payment of
    which something is left."""
    purchase = session.get(Purchase, purchase_id, with_for_update={"key_share": True}, populate_existing=True)
    if purchase is None or purchase.buyer_id != user_id:
        raise NotFound(_NOT_THERE)
    source = newest_left(session, purchase)
    if is_paid_in_window(session, purchase, source):
        return _begin(session, purchase, amount, reason, source=source, queue=queue, asked_by_id=user_id)
    checked = checked_amount(session, purchase, amount, source)
    asked = session.exec(
        select(Refund.id).where(Refund.purchase_id == purchase.id, Refund.status == RefundStatus.ASKED)
    ).first()
    if asked is not None:
        raise Conflict("You have asked for this already. Its creator or an admin answers; you get a mail.")
    reason = _checked_reason(reason)
    refund = _add(session, purchase, checked, reason, source=source, status=RefundStatus.ASKED, asked_by_id=user_id)
    after_commit(session, partial(queue.enqueue, MAIL_JOB, str(refund.id), queue="low"))
    return refund


def decide(
    session: Session,
    user_id: UUID,
    refund_id: UUID,
    *,
    is_granted: bool,
    decision: str,
    queue: JobQueue,
    amount: int | None = None,
) -> Refund:
    """The creator, or an admin, answers what a buyer asked; `amount` gives back another one."""
    refund = session.get(Refund, refund_id)
    if refund is None:
        raise NotFound("There is no such refund to decide.")
    purchase = _lock_as_seller(session, user_id, refund.purchase_id)
    session.refresh(refund, with_for_update={"key_share": True})
    if refund.status is not RefundStatus.ASKED:
        raise Conflict("This was decided already. Load the page again.")
    own = decided_as_own(session, user_id, buyers_of_each(session, [purchase])[purchase.id]) if is_granted else {}
    if is_granted:
        wanted = amount if amount is not None else refund.amount
        refund.amount = checked_amount(session, purchase, wanted, refund.source)
        refund.status = RefundStatus.PENDING
        after_commit(session, partial(queue.enqueue, REFUND_JOB, str(refund.id)))
    else:
        decision = _checked_reason(decision, "Say why not: the buyer gets it by mail.", field="decision")
        refund.status = RefundStatus.DECLINED
        after_commit(session, partial(queue.enqueue, MAIL_JOB, str(refund.id), queue="low"))
    refund.decided_by_id, refund.decision = user_id, decision[:LONGEST_REASON]
    session.add(refund)
    word = "granted" if is_granted else "declined"
    details = {"reason": refund.decision, "amount": refund.amount, "currency": refund.currency, **own}
    record(session, f"refund.{word}", user_id, subject=f"refund:{refund.id}", details=details)
    return refund


def give_back_as(
    session: Session,
    user_id: UUID,
    purchase_id: UUID,
    amount: int | None,
    reason: str,
    *,
    source: str = "",
    queue: JobQueue,
) -> Refund:
    """The creator, or an admin, gives money back without being asked: of one payment, or the newest with any left."""
    purchase = _lock_as_seller(session, user_id, purchase_id)
    own = decided_as_own(session, user_id, buyers_of_each(session, [purchase])[purchase.id])
    refund = _begin(session, purchase, amount, reason, source=source, queue=queue, decided_by_id=user_id)
    details = {"reason": refund.reason, "amount": refund.amount, "currency": refund.currency, **own}
    record(session, "refund.given", user_id, subject=f"refund:{refund.id}", details=details)
    return refund


def give_back(
    session: Session,
    purchase: Purchase,
    *,
    amount: int | None = None,
    reason: str,
    is_automatic: bool = False,
    queue: JobQueue,
    decided_by_id: UUID | None = None,
) -> Refund | None:
    """Give back `amount`, or all that is left, without asking who wants it. None: there is nothing to give back.

    An automatic one may be asked for any number of times.
    """
    lock_purchase(session, purchase.id)
    if is_automatic and (purchase.status in REFUSALS or left_of(session, purchase) <= 0):
        return None
    return _begin(
        session,
        purchase,
        amount,
        reason,
        source=FIRST,
        queue=queue,
        decided_by_id=decided_by_id,
        is_automatic=is_automatic,
    )


def make_good(session: Session, purchase: Purchase, *, queue: JobQueue) -> None:
    """Give back by ourselves what could not be installed, unless that was done or a bank has the payment. To be asked
    whenever one of these may have changed; asked again, nothing happens."""
    lock_purchase(session, purchase.id)
    owed = find_owed(session, purchase)
    if owed is not None:
        give_back(session, purchase, amount=owed.amount, reason=owed.reason, is_automatic=True, queue=queue)


def give_back_late(session: Session, purchase: Purchase, source: str, *, queue: JobQueue) -> Refund | None:
    """All of a payment that came after the licence had ended for good. Call it with the purchase locked."""
    left = left_of(session, purchase, source)
    if left <= 0:
        return None
    refund = _add(session, purchase, left, _LATE, source=source, status=RefundStatus.PENDING, is_automatic=True)
    after_commit(session, partial(queue.enqueue, REFUND_JOB, str(refund.id)))
    return refund


def _begin(
    session: Session,
    purchase: Purchase,
    amount: int | None,
    reason: str,
    *,
    source: str = "",
    queue: JobQueue,
    asked_by_id: UUID | None = None,
    decided_by_id: UUID | None = None,
    is_automatic: bool = False,
) -> Refund:
    source = source or newest_left(session, purchase)
    refund = _add(
        session,
        purchase,
        checked_amount(session, purchase, amount, source),
        reason,
        source=source,
        status=RefundStatus.PENDING,
        asked_by_id=asked_by_id,
        decided_by_id=decided_by_id,
        is_automatic=is_automatic,
    )
    after_commit(session, partial(queue.enqueue, REFUND_JOB, str(refund.id)))
    return refund


def _add(
    session: Session,
    purchase: Purchase,
    amount: int,
    reason: str,
    *,
    source: str,
    status: RefundStatus,
    asked_by_id: UUID | None = None,
    decided_by_id: UUID | None = None,
    is_automatic: bool = False,
) -> Refund:
    refund = Refund(
        purchase_id=purchase.id,
        source=source,
        amount=amount,
        currency=purchase.currency,
        reason=reason.strip()[:LONGEST_REASON],
        status=status,
        is_automatic=is_automatic,
        asked_by_id=asked_by_id,
        decided_by_id=decided_by_id,
    )
    session.add(refund)
    session.flush()
    return refund


def _checked_reason(text: str, missing: str = "Say why: whoever decides reads it.", *, field: str = "reason") -> str:
    if not text.strip():
        raise InvalidInput(missing, field=field)
    return text.strip()[:LONGEST_REASON]


def _lock_as_seller(session: Session, user_id: UUID, purchase_id: UUID) -> Purchase:
    """Raises NotFound for whoever is neither its creator nor an admin."""
    purchase = session.get(Purchase, purchase_id, with_for_update={"key_share": True}, populate_existing=True)
    if purchase is not None:
        creator = session.get_one(CreatorProfile, purchase.creator_id)
        user = session.get(User, user_id)
        if user is not None and (creator.user_id == user_id or user.is_admin):
            return purchase
    raise NotFound("There is no such sale of yours.")


def buyers_of_each(session: Session, purchases: Sequence[Purchase]) -> dict[UUID, set[UUID]]:
    """Who would get the money: who bought it, and who has the address that a guest gave. One query."""
    emails = {purchase.email for purchase in purchases if purchase.email}
    rows = session.exec(select(User.email, User.id).where(col(User.email).in_(emails))) if emails else ()
    named: dict[str, UUID] = dict(iter(rows))
    return {
        purchase.id: {who for who in (purchase.buyer_id, named.get(purchase.email)) if who is not None}
        for purchase in purchases
    }


@dataclass(frozen=True, slots=True)
class _Order:
    refund_id: UUID
    charge_id: str
    amount: int
    asked_at: datetime


def carry_out(refund_id: UUID, *, payments: Payments, queue: JobQueue) -> None:
    """Tell Stripe. It may run any number of times."""
    order = run(_order, refund_id)
    if order is None:
        return
    try:
        refund = _find_made(order, payments) or payments.refund(
            order.charge_id,
            order.amount,
            reason="requested_by_customer",
            reference=str(order.refund_id),
            key=f"refund-{order.refund_id}",
        )
    except (Unavailable, LimitReached):
        log.warning("Stripe did not say whether it gave money back; it is asked again", extra={"id": str(refund_id)})
    except OverskillError as refused:
        log.warning("Stripe refuses a refund: %s", refused.message, extra={"id": str(refund_id)})
        run(_note_refusal, refund_id, refused.message, queue)
    else:
        run(note_refund, refund, queue=queue)


def _order(session: Session, refund_id: UUID) -> _Order | None:
    refund = session.get(Refund, refund_id)
    if refund is None or refund.status is not RefundStatus.PENDING or refund.external_id:
        return None
    payment = find_source(session, session.get_one(Purchase, refund.purchase_id), refund.source)
    return _Order(refund.id, payment.charge_id, refund.amount, refund.created_at)


def _find_made(order: _Order, payments: Payments) -> StripeRefund | None:
    if utc_now() - order.asked_at < _KEYS_LAST:
        return None
    return next((one for one in payments.refunds(order.charge_id) if one.reference == str(order.refund_id)), None)


def _note_refusal(session: Session, refund_id: UUID, message: str, queue: JobQueue) -> None:
    purchase = lock_purchase(session, session.get_one(Refund, refund_id).purchase_id)
    refund = session.get_one(Refund, refund_id, with_for_update={"key_share": True}, populate_existing=True)
    if refund.status is RefundStatus.PENDING and not refund.external_id:
        refund.status, refund.error = RefundStatus.FAILED, message[:500]
        session.add(refund)
        after_commit(session, partial(queue.enqueue, MAIL_JOB, str(refund_id), queue="low"))
        make_good(session, purchase, queue=queue)


def note_refund(session: Session, told: StripeRefund, *, queue: JobQueue) -> None:
    """What Stripe says of a refund, which may have been made on its dashboard. Told again, nothing happens."""
    payment = find_payment(session, told.charge_id)
    if payment is None:
        return
    purchase = payment.purchase
    paid = purchase if payment.source == FIRST else find_invoice(session, purchase, payment.source)
    refund = _find_or_add(session, purchase, payment.source, told)
    was = refund.status
    if was is RefundStatus.FAILED and refund.external_id:
        return  # for good: whoever says otherwise read it before
    refund.external_id = told.id
    key, move = f"refund:{told.id}", partial(ledger.take_back, session, payment, account=LedgerAccount.PROCESSOR)
    if told.status not in _FAILED_AT_STRIPE:
        is_new = move(told.amount, key=key, kind="refund", external_id=told.id)
        paid.refunded_amount += told.amount if is_new else 0
        if told.status == "succeeded":
            refund.status = RefundStatus.SUCCEEDED
    else:
        if ledger.is_booked(session, key):
            move(-told.amount, key=f"refund-failed:{told.id}", kind="refund_failed", external_id=told.id)
            paid.refunded_amount -= told.amount
        refund.status = RefundStatus.FAILED
        refund.error = _FAILURES.get(told.failure, _NOT_TAKEN)
    session.add_all([refund, paid])
    session.flush()
    standing.restate(session, purchase, queue=queue)
    if refund.status is not was and refund.status in (RefundStatus.SUCCEEDED, RefundStatus.FAILED):
        after_commit(session, partial(queue.enqueue, MAIL_JOB, str(refund.id), queue="low"))
    if refund.status is RefundStatus.FAILED:
        make_good(session, purchase, queue=queue)


def _find_or_add(session: Session, purchase: Purchase, source: str, told: StripeRefund) -> Refund:
    found = session.exec(select(Refund).where(Refund.external_id == told.id)).first()
    if found is None and told.reference:
        found = _find_asked(session, purchase, told.reference)
    if found is not None:
        return found
    return _add(session, purchase, told.amount, "Given back at Stripe.", source=source, status=RefundStatus.PENDING)


def _find_asked(session: Session, purchase: Purchase, reference: str) -> Refund | None:
    try:
        found = session.get(Refund, UUID(reference))
    except ValueError:
        return None
    return found if found is not None and found.purchase_id == purchase.id else None


def enqueue_lost(session: Session, queue: JobQueue, now: datetime | None = None) -> int:
    """Refunds that no job has carried out. Returns how many."""
    before = (now or utc_now()) - _LOST_AFTER
    ids = session.exec(
        select(Refund.id)
        .where(Refund.status == RefundStatus.PENDING, Refund.external_id == "", col(Refund.created_at) < before)
        .limit(100)
    ).all()
    for refund_id in ids:
        after_commit(session, partial(queue.enqueue, REFUND_JOB, str(refund_id)))
    return len(ids)
