"""Disputes: the money leaves, transfers wait, creators answer the bank, and what it decides is booked once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.clients.stripe import StripeDispute
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotFound
from overskill.models import (
    Dispute,
    LedgerAccount,
    License,
    LicenseStatus,
    Purchase,
    PurchaseStatus,
    TransferStatus,
    utc_now,
)
from overskill.services.billing import disputes, ledger, money_mails, refunds
from overskill.services.billing.disputes import Evidence
from tests.factories import make_user
from tests.services.billing.sales import (
    assert_balanced,
    books,
    double_of,
    make_paid_sale,
    make_payments,
    seller_of,
    transfers_of,
)
from tests.services.billing.shares import only

FEE = 1_500  # the bank's, as the double takes it


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


@pytest.fixture
def queue() -> FakeJobQueue:
    return FakeJobQueue()


def purchase_of(purchase_id: UUID) -> Purchase:
    with db.transaction() as session:
        return session.get_one(Purchase, purchase_id)


def hear(payments: StripePayments, dispute_id: str, queue: FakeJobQueue, *, times: int = 2) -> None:
    for _ in range(times):
        db.run(disputes.note_dispute, payments.dispute(dispute_id), queue=queue)


def open_dispute(payments: StripePayments, purchase_id: UUID, queue: FakeJobQueue) -> str:
    dispute_id: str = double_of(payments).open_dispute(purchase_of(purchase_id).charge_id)["id"]
    hear(payments, dispute_id, queue)
    return dispute_id


def test_an_open_dispute_takes_the_money_and_stops_the_transfers(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    open_dispute(payments, purchase_id, queue)
    with db.transaction() as session:
        has = books(session)
        assert (has[LedgerAccount.DISPUTED], has[LedgerAccount.PROCESSOR_FEES]) == (10_000, FEE)
        assert has[LedgerAccount.PROCESSOR] == -FEE
        (transfer,) = transfers_of(session, purchase_of(purchase_id))
        assert (transfer.status, transfer.hold_until) == (TransferStatus.HELD, None)
        assert "bank" in transfer.hold_reason
    assert purchase_of(purchase_id).status is PurchaseStatus.DISPUTED
    assert [job for job, _, _ in queue.enqueued] == [disputes.MAIL_JOB]


def test_a_dispute_that_is_won_puts_everything_back(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    before = _books()
    dispute_id = open_dispute(payments, purchase_id, queue)
    stale = payments.dispute(dispute_id)
    double_of(payments).decide_dispute(dispute_id, is_won=True)
    hear(payments, dispute_id, queue)
    db.run(disputes.note_dispute, stale, queue=queue)
    assert _books() == before
    assert purchase_of(purchase_id).status is PurchaseStatus.PAID
    with db.transaction() as session:
        (transfer,) = transfers_of(session, purchase_of(purchase_id))
        assert transfer.hold_until == purchase_of(purchase_id).refund_until


def test_a_dispute_that_is_lost_is_borne_by_who_got_the_money(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments, 10_000, tax=1_900)
    dispute_id = open_dispute(payments, purchase_id, queue)
    double_of(payments).decide_dispute(dispute_id, is_won=False)
    hear(payments, dispute_id, queue, times=3)
    assert _books() == {LedgerAccount.PROCESSOR: -FEE, LedgerAccount.PROCESSOR_FEES: FEE}
    assert purchase_of(purchase_id).status is PurchaseStatus.LOST
    with db.transaction() as session:
        assert session.exec(select(License.status)).one() is LicenseStatus.REVOKED
        (transfer,) = transfers_of(session, purchase_of(purchase_id))
        assert transfer.status is TransferStatus.CANCELLED
        assert_balanced(session)


@pytest.mark.parametrize(("status", "back"), [("lost", 3_000), ("won", 10_000 + FEE)])
def test_what_comes_back_of_a_dispute_that_was_lost_is_everybodys_again_once(
    payments: StripePayments, queue: FakeJobQueue, status: str, back: int
) -> None:
    """A bank gives back what was refunded before, or the buyer takes it all back."""
    purchase_id = make_paid_sale(payments)
    before = _books()
    dispute_id = open_dispute(payments, purchase_id, queue)
    double_of(payments).decide_dispute(dispute_id, is_won=False)
    hear(payments, dispute_id, queue)
    lost = payments.dispute(dispute_id)
    fee = FEE if status == "lost" else 0
    now = replace(lost, status=status, withdrawn=lost.withdrawn - back, fee=fee)
    for told in (now, lost, now):
        db.run(disputes.note_dispute, told, queue=queue)
    part = 3_000 if status == "lost" else 10_000
    assert _books() == {
        LedgerAccount.PROCESSOR: part - fee,
        **({LedgerAccount.PROCESSOR_FEES: fee} if fee else {}),
        LedgerAccount.PLATFORM: -part // 10,
        LedgerAccount.CREATOR: -part // 10 * 9,
    }
    assert (status == "lost") == (_books() != before)
    assert purchase_of(purchase_id).status is (PurchaseStatus.LOST if status == "lost" else PurchaseStatus.PAID)
    transfer = only(purchase_id)
    assert (transfer.status, transfer.outstanding) == (TransferStatus.HELD, part // 10 * 9)
    assert transfer.hold_until == purchase_of(purchase_id).refund_until


def test_what_a_refund_that_failed_brings_back_after_a_lost_dispute_waits_no_longer_for_the_bank(
    payments: StripePayments, queue: FakeJobQueue
) -> None:
    purchase_id = make_paid_sale(payments)
    charge_id = purchase_of(purchase_id).charge_id
    refund = payments.refund(charge_id, 3_000, reason="duplicate", reference="", key="r")
    db.run(refunds.note_refund, refund, queue=queue)
    dispute_id = open_dispute(payments, purchase_id, queue)
    double_of(payments).decide_dispute(dispute_id, is_won=False)
    hear(payments, dispute_id, queue)
    double_of(payments).end_refund(refund.id, "failed")
    db.run(refunds.note_refund, payments.find_refund(refund.id), queue=queue)
    transfer = only(purchase_id)
    assert (transfer.status, transfer.outstanding) == (TransferStatus.HELD, 2_700)
    assert (transfer.hold_reason, transfer.hold_until) == (ledger.REFUND_WINDOW, purchase_of(purchase_id).refund_until)


def test_word_of_the_end_that_comes_first_is_enough(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    dispute_id = double_of(payments).open_dispute(purchase_of(purchase_id).charge_id)["id"]
    begun = payments.dispute(dispute_id)
    double_of(payments).decide_dispute(dispute_id, is_won=False)
    hear(payments, dispute_id, queue)
    db.run(disputes.note_dispute, begun, queue=queue)
    assert _books() == {LedgerAccount.PROCESSOR: -FEE, LedgerAccount.PROCESSOR_FEES: FEE}
    assert purchase_of(purchase_id).status is PurchaseStatus.LOST


def test_the_creator_answers_once_with_what_the_platform_knows(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    dispute_id = open_dispute(payments, purchase_id, queue)
    with db.transaction() as session:
        row = session.exec(select(Dispute)).one()
        user_id = seller_of(session, session.get_one(Purchase, purchase_id)).user_id
    queue.enqueued.clear()
    answer = Evidence("They use it every day.")
    db.run(disputes.answer, user_id, row.id, answer, is_final=False, queue=queue)
    assert queue.enqueued == []
    db.run(disputes.answer, user_id, row.id, answer, is_final=True, queue=queue)
    with pytest.raises(Conflict, match="no more evidence"):
        db.run(disputes.answer, user_id, row.id, answer, is_final=True, queue=queue)
    for _ in range(2):
        disputes.submit(row.id, payments=payments, queue=queue)
    assert payments.dispute(dispute_id).status == "under_review"
    log = db.run(_log, purchase_id)
    assert "Paid $100.00" in log
    assert "licence issued" in log


def test_only_its_creator_or_an_admin_answers_and_in_time(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    open_dispute(payments, purchase_id, queue)
    with db.transaction() as session:
        row = session.exec(select(Dispute)).one()
        stranger, admin = make_user(session).id, make_user(session, is_admin=True).id
    with pytest.raises(NotFound):
        db.run(disputes.answer, stranger, row.id, Evidence("Mine"), is_final=True, queue=queue)
    with pytest.raises(InvalidInput, match="what happened"):
        db.run(disputes.answer, admin, row.id, Evidence(" "), is_final=True, queue=queue)
    with pytest.raises(InvalidInput, match="20,000"):
        db.run(disputes.answer, admin, row.id, Evidence("x" * 20_001), is_final=True, queue=queue)
    with db.transaction() as session:
        session.exec(select(Dispute)).one().due_at = utc_now() - timedelta(minutes=1)
    with pytest.raises(Conflict, match="time to answer is over"):
        db.run(disputes.answer, admin, row.id, Evidence("Late"), is_final=True, queue=queue)


def test_evidence_whose_job_was_lost_is_handed_on(payments: StripePayments, queue: FakeJobQueue) -> None:
    open_dispute(payments, make_paid_sale(payments), queue)
    queue.enqueued.clear()
    with db.transaction() as session:
        session.exec(select(Dispute)).one().submitted_at = utc_now() - timedelta(hours=1)
    assert db.run(disputes.enqueue_lost, queue) == 1
    assert [job for job, _, _ in queue.enqueued] == [disputes.EVIDENCE_JOB]


def test_the_creator_is_written_to(payments: StripePayments, queue: FakeJobQueue) -> None:
    open_dispute(payments, make_paid_sale(payments), queue)
    mail = FakeMail()
    with db.transaction() as session:
        row = session.exec(select(Dispute)).one()
        money_mails.send_dispute_mail(session, row.id, site_url="https://x", mail=mail)
    assert "takes back $100.00" in mail.messages[0].text


@pytest.mark.parametrize(
    ("is_won", "words"), [(True, "decided for you: $100.00"), (False, "decided for the buyer: $100.00")]
)
def test_the_creator_is_written_to_once_when_the_bank_has_decided(
    payments: StripePayments, queue: FakeJobQueue, *, is_won: bool, words: str
) -> None:
    dispute_id = open_dispute(payments, make_paid_sale(payments), queue)
    double_of(payments).decide_dispute(dispute_id, is_won=is_won)
    hear(payments, dispute_id, queue, times=3)
    assert [job for job, _, _ in queue.enqueued] == [disputes.MAIL_JOB, disputes.DECIDED_JOB]
    mail = FakeMail()
    with db.transaction() as session:
        row = session.exec(select(Dispute)).one()
        money_mails.send_decision_mail(session, row.id, site_url="https://x", mail=mail)
    [message] = mail.messages
    assert words in message.subject
    assert disputes.OUTCOMES[row.status] in message.text


def _log(session: Session, purchase_id: UUID) -> str:
    return disputes.activity_log(session, session.get_one(Purchase, purchase_id))


def _books() -> dict[LedgerAccount, int]:
    with db.transaction() as session:
        return books(session)


def test_a_dispute_that_stripe_settles_in_another_currency_mixes_none(
    payments: StripePayments, queue: FakeJobQueue
) -> None:
    purchase_id = make_paid_sale(payments, 1_200, currency="jpy")
    told = StripeDispute(
        id="du_1",
        charge_id=purchase_of(purchase_id).charge_id,
        payment_intent_id="",
        amount=1_200,
        currency="jpy",
        reason="fraudulent",
        status="needs_response",
        due_at=None,
        withdrawn=810 + 1_500,
        fee=1_500,
        settled_currency="usd",
    )
    back = replace(told, status="won", withdrawn=0, fee=0)
    for said, disputed, fees in ((told, 1_200, 1_500), (back, 0, 0), (told, 0, 0)):
        for _ in range(2):
            db.run(disputes.note_dispute, said, queue=queue)
        with db.transaction() as session:
            assert_balanced(session)
            assert books(session, "jpy").get(LedgerAccount.DISPUTED, 0) == disputed
            assert books(session, "usd").get(LedgerAccount.PROCESSOR_FEES, 0) == fees
            assert books(session, "jpy").get(LedgerAccount.PROCESSOR_FEES, 0) == 0
