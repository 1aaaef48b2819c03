"""Payments that a buyer's bank takes back until it has decided: what is told of them, and what creators answer.

What has not been transferred yet waits for the decision. A lost dispute takes from everybody what they got, as a refund
does; the bank's fee is the platform's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.stripe import Payments, StripeDispute
from overskill.db import after_commit, run
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import (
    CreatorProfile,
    Dispute,
    Install,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    License,
    LicenseActivation,
    Listing,
    Purchase,
    PurchaseItem,
    Transfer,
    TransferStatus,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.billing import ledger, refunds, standing
from overskill.services.billing.ledger import Line
from overskill.services.billing.money import say
from overskill.services.billing.splits import Payment, find_payment, refund_window

EVIDENCE_JOB = "overskill.jobs.money.submit_evidence"
MAIL_JOB = "overskill.jobs.money.send_dispute_mail"
DECIDED_JOB = "overskill.jobs.money.send_decision_mail"
LONGEST_TEXT = 20_000
OUTCOMES = {
    standing.WON: "The payment stands. What waited for the bank goes on to you.",
    standing.LOST_AT_BANK: "The buyer has the money back, and their licence has ended. What you got of it is taken off "
    "your earnings; the bank’s fee is on us.",
}
_LOST_AFTER = timedelta(minutes=2)
_KIND = "dispute"
ANSWERABLE = ("needs_response", "warning_needs_response")
CLOSED = ("won", "lost", "warning_closed", "prevented")
_UNSENT = (TransferStatus.HELD, TransferStatus.DUE, TransferStatus.FAILED)
_WAITING = (*_UNSENT, TransferStatus.CANCELLED)  # that one comes back where a refund is undone
_NOT_THERE = "There is no such dispute about a sale of yours."


def note_dispute(session: Session, told: StripeDispute, *, queue: JobQueue) -> None:
    """What Stripe says of a dispute. Told again, nothing happens; what is closed stays so, and what is won is won."""
    payment = find_payment(session, told.charge_id)
    if payment is None:
        return
    purchase = payment.purchase
    row = session.exec(select(Dispute).where(Dispute.external_id == told.id)).one_or_none()
    is_unheard = row is None
    row = row or Dispute(
        purchase_id=purchase.id, external_id=told.id, amount=told.amount, currency=told.currency, reason=told.reason
    )
    is_stale = row.closed_at is not None and told.status not in CLOSED
    if is_stale or (row.status == standing.WON and told.status != standing.WON):
        return
    is_news = told.status in OUTCOMES and row.status != told.status
    row.status, row.due_at = told.status, told.due_at
    if told.status in CLOSED:
        row.closed_at = row.closed_at or utc_now()
    session.add(row)
    session.flush()
    _book(session, payment, told)
    standing.restate(session, purchase, queue=queue)
    _hold(session, payment, is_open=told.status in standing.OPEN_AT_BANK)
    refunds.make_good(session, purchase, queue=queue)
    if is_unheard:
        after_commit(session, partial(queue.enqueue, MAIL_JOB, str(row.id), queue="low"))
    if is_news:
        after_commit(session, partial(queue.enqueue, DECIDED_JOB, str(row.id), queue="low"))


def _book(session: Session, payment: Payment, told: StripeDispute) -> None:
    """Bring the ledger to what the bank has of us now; what it has for good, to who bears it.

    A dispute that was lost may come back: in part where that had been refunded before, all of it if the buyer gives in.
    """
    was_lost = ledger.is_booked(session, f"dispute-lost:{told.id}")
    taken = _withdrawn(told) - _booked(session, told.id, LedgerAccount.DISPUTED, kind=_KIND)
    fee = told.fee - _booked(session, told.id, LedgerAccount.PROCESSOR_FEES, kind=_KIND)
    if was_lost or told.status == standing.WON:  # from now on it only comes back: who says otherwise read it before
        taken, fee = min(taken, 0), min(fee, 0)
    for account, amount, currency in (
        (LedgerAccount.DISPUTED, taken, told.currency),
        (LedgerAccount.PROCESSOR_FEES, fee, told.settled_currency or told.currency),
    ):
        ledger.book(
            session,
            f"dispute:{told.id}:{_movements(session, told.id)}",
            _KIND,
            currency,
            [Line(account, amount), Line(LedgerAccount.PROCESSOR, -amount)],
            purchase_id=payment.purchase.id,
            source=payment.source,
            external_id=told.id,
        )
    lost = _booked(session, told.id, LedgerAccount.DISPUTED)
    if lost < 0 or (lost > 0 and told.status == standing.LOST_AT_BANK):
        ledger.take_back(
            session,
            payment,
            lost,
            key=f"dispute-lost:{told.id}" + (f":{_movements(session, told.id)}" if was_lost else ""),
            kind="dispute_lost",
            account=LedgerAccount.DISPUTED,
            external_id=told.id,
        )


def _withdrawn(told: StripeDispute) -> int:
    """In the dispute's own currency. Where Stripe settles in another one, what it says is no amount of this one."""
    gross = told.withdrawn - told.fee
    if told.settled_currency in ("", told.currency):
        return gross
    return told.amount if gross > 0 else 0


def _booked(session: Session, dispute_id: str, account: LedgerAccount, *, kind: str = "") -> int:
    """Of that kind of movements, or of all."""
    amount = session.execute(
        sa.select(sa.func.coalesce(sa.func.sum(col(LedgerEntry.amount)), 0))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(col(LedgerTransaction.external_id) == dispute_id, col(LedgerEntry.account) == account)
        .where((col(LedgerTransaction.kind) == kind) if kind else sa.true())
    ).scalar_one()
    return int(amount)


def _movements(session: Session, dispute_id: str) -> int:
    count = sa.select(sa.func.count()).where(col(LedgerTransaction.external_id) == dispute_id)
    return int(session.execute(count).scalar_one())


def _hold(session: Session, payment: Payment, *, is_open: bool) -> None:
    """What was not sent waits for the bank; afterwards all that waited goes on from where it was."""
    rows = session.exec(
        select(Transfer)
        .where(Transfer.purchase_id == payment.purchase.id, col(Transfer.status).in_(_WAITING))
        .order_by(col(Transfer.id))
        .with_for_update(key_share=True)
    ).all()
    for row in rows:
        is_of_it = row.source == payment.source
        if is_open and is_of_it and row.status in _UNSENT and row.hold_reason in ("", ledger.REFUND_WINDOW):
            row.status, row.hold_reason, row.hold_until = TransferStatus.HELD, ledger.HELD_FOR_BANK, None
        elif not is_open and row.hold_reason == ledger.HELD_FOR_BANK:
            until = payment.paid_at + refund_window(session, payment) if is_of_it else utc_now()
            row.hold_reason, row.hold_until = ledger.REFUND_WINDOW, until
        session.add(row)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a creator says to the bank. What the platform knows is added to it."""

    text: str
    description: str = ""


def answer(
    session: Session, user_id: UUID, dispute_id: UUID, evidence: Evidence, *, is_final: bool, queue: JobQueue
) -> Dispute:
    """Keep what a creator, or an admin, says; when it is final, a job hands it to the bank, once."""
    dispute = session.get(Dispute, dispute_id, with_for_update=True, populate_existing=True)
    if dispute is None or not _may_answer(session, user_id, dispute):
        raise NotFound(_NOT_THERE)
    if dispute.status not in ANSWERABLE or dispute.submitted_at is not None:
        raise Conflict("The bank takes no more evidence about this payment: it has it, or has decided.")
    if dispute.due_at is not None and dispute.due_at <= utc_now():
        raise Conflict("The time to answer is over. The bank decides with what it has.")
    if is_final and not evidence.text.strip():
        raise InvalidInput("Tell the bank what happened: it decides by what you write.", field="text")
    if max(len(evidence.text), len(evidence.description)) > LONGEST_TEXT:
        raise InvalidInput(f"Each text can have at most {LONGEST_TEXT:,} letters.", field="text")
    dispute.evidence = {"text": evidence.text.strip(), "description": evidence.description.strip()}
    if is_final:
        dispute.submitted_at = utc_now()
        after_commit(session, partial(queue.enqueue, EVIDENCE_JOB, str(dispute.id)))
        record(session, "dispute.answered", user_id, subject=f"dispute:{dispute.id}")
    session.add(dispute)
    return dispute


def _may_answer(session: Session, user_id: UUID, dispute: Dispute) -> bool:
    purchase = session.get_one(Purchase, dispute.purchase_id)
    user = session.get(User, user_id)
    creator = session.get_one(CreatorProfile, purchase.creator_id)
    return user is not None and (user.is_admin or creator.user_id == user_id)


def submit(dispute_id: UUID, *, payments: Payments, queue: JobQueue) -> None:
    """Hand what was written to the bank, with the receipt and what the buyer did. It may run any number of times."""
    found = run(_evidence, dispute_id)
    if found is None:
        return
    external_id, evidence = found
    told = payments.submit_evidence(external_id, evidence, is_final=True, key=f"evidence-{dispute_id}")
    run(note_dispute, told, queue=queue)


def enqueue_lost(session: Session, queue: JobQueue) -> int:
    """Evidence that no job has handed on. Returns how much."""
    before = utc_now() - _LOST_AFTER
    ids = session.exec(
        select(Dispute.id).where(col(Dispute.submitted_at) < before, col(Dispute.status).in_(ANSWERABLE)).limit(100)
    ).all()
    for dispute_id in ids:
        after_commit(session, partial(queue.enqueue, EVIDENCE_JOB, str(dispute_id)))
    return len(ids)


def _evidence(session: Session, dispute_id: UUID) -> tuple[str, dict[str, str]] | None:
    dispute = session.get(Dispute, dispute_id)
    if dispute is None or dispute.submitted_at is None or dispute.status not in ANSWERABLE:
        return None
    purchase = session.get_one(Purchase, dispute.purchase_id)
    given = {
        "uncategorized_text": str(dispute.evidence.get("text", "")),
        "product_description": str(dispute.evidence.get("description", "")) or _titles(session, purchase),
        "customer_email_address": purchase.email,
        "access_activity_log": activity_log(session, purchase),
        "service_date": f"{purchase.paid_at:%Y-%m-%d}" if purchase.paid_at else "",
        "refund_policy_disclosure": _policy(purchase),
    }
    return dispute.external_id, {name: text for name, text in given.items() if text}


def _titles(session: Session, purchase: Purchase) -> str:
    rows = session.exec(
        select(Listing.title, PurchaseItem.license)
        .join(PurchaseItem, col(PurchaseItem.listing_id) == Listing.id)
        .where(PurchaseItem.purchase_id == purchase.id)
    )
    return "\n".join(f"{title}, a web application: licence to {kind}" for title, kind in rows)


def _policy(purchase: Purchase) -> str:
    if purchase.refund_until is None:
        return ""
    return f"Until {purchase.refund_until:%Y-%m-%d} the money was given back on request, without a question."


def activity_log(session: Session, purchase: Purchase) -> str:
    """The receipt, and what the buyer did with what they bought: what a bank wants to see. Times in UTC."""
    lines: list[tuple[datetime | None, str]] = [
        (purchase.paid_at, f"Paid {say(purchase.total_amount, purchase.currency)}, receipt {purchase.receipt_number}")
    ]
    rows = session.execute(
        sa.select(License, Install, Listing)
        .join(PurchaseItem, col(PurchaseItem.id) == col(License.item_id))
        .join(Listing, col(Listing.id) == col(License.listing_id))
        .outerjoin(Install, col(Install.license_id) == col(License.id))
        .where(col(PurchaseItem.purchase_id) == purchase.id)
    ).all()
    for license_, install, listing in rows:
        lines.append((license_.created_at, f"{listing.title}: licence issued to {purchase.email}"))
        lines.append((license_.validated_at, f"{listing.title}: licence last used"))
        if install is not None:
            lines.append((install.live_at, f"{listing.title}: the buyer's own copy went live at {install.url}"))
    activations = session.exec(
        select(LicenseActivation).where(col(LicenseActivation.license_id).in_([license_.id for license_, _, _ in rows]))
    )
    lines.extend((one.created_at, f"Licence activated: {one.label}") for one in activations)
    known = sorted((when, text) for when, text in lines if when is not None)
    return "\n".join(f"{when:%Y-%m-%d %H:%M} {text}" for when, text in known)[:LONGEST_TEXT]
