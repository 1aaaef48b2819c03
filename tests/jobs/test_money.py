"""The jobs about money: asked for by services, run by the worker, and put back by the schedule when they are lost."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.clients.stripe.client import StripePayments
from overskill.container import Container
from overskill.jobs.schedule import send_due_transfers
from overskill.models import Dispute, Purchase, Reconciliation, Refund, RefundStatus, TransferStatus, utc_now
from overskill.services.billing import disputes, reconciling, refunds
from overskill.services.billing.disputes import Evidence
from tests.services.billing.sales import end_refund_window, make_paid_sale, onboard, seller_of, transfers_of


def payments_of(services: Container) -> StripePayments:
    assert isinstance(services.payments, StripePayments)
    return services.payments


def mails(services: Container) -> list[str]:
    assert isinstance(services.mail, FakeMail)
    return [message.subject for message in services.mail.messages]


def test_a_refund_is_carried_out_and_the_buyer_is_told(services: Container, work: Callable[[], int]) -> None:
    purchase_id = make_paid_sale(payments_of(services))
    with db.transaction() as session:
        buyer_id = session.get_one(Purchase, purchase_id).buyer_id
        assert buyer_id is not None
        refunds.ask(session, buyer_id, purchase_id, 4_000, "", queue=services.queue)
    work()
    with db.transaction() as session:
        assert session.exec(select(Refund.status)).one() is RefundStatus.SUCCEEDED
    assert mails(services) == ["$40.00 is on its way back to you"]


def test_what_is_due_is_sent_and_what_was_lost_is_done(services: Container, work: Callable[[], int]) -> None:
    payments = payments_of(services)
    sent_id, refunded_id = make_paid_sale(payments), make_paid_sale(payments)
    with db.transaction() as session:
        purchase = session.get_one(Purchase, sent_id)
        onboard(session, payments, seller_of(session, purchase))
        end_refund_window(session, purchase)
        refund = refunds.give_back(session, session.get_one(Purchase, refunded_id), reason="x", queue=services.queue)
        assert refund is not None
        refund.created_at = utc_now() - timedelta(hours=1)
    assert isinstance(services.queue, FakeJobQueue)
    services.queue.enqueued.clear()
    send_due_transfers(services)
    work()
    with db.transaction() as session:
        (transfer,) = transfers_of(session, session.get_one(Purchase, sent_id))
        assert transfer.status is TransferStatus.SENT
        assert session.get_one(Purchase, refunded_id).refunded_amount == 10_000


def test_a_dispute_is_mailed_and_its_answer_handed_on(services: Container, work: Callable[[], int]) -> None:
    payments = payments_of(services)
    purchase_id = make_paid_sale(payments)
    assert payments.double is not None
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        user_id = seller_of(session, purchase).user_id
    made = payments.double.open_dispute(purchase.charge_id)
    db.run(disputes.note_dispute, payments.dispute(made["id"]), queue=services.queue)
    work()
    assert mails(services) == ["A bank disputes $100.00 for Habits"]
    with db.transaction() as session:
        dispute_id = session.exec(select(Dispute.id)).one()
    evidence = Evidence("winning_evidence")
    db.run(disputes.answer, user_id, dispute_id, evidence, is_final=True, queue=services.queue)
    work()
    with db.transaction() as session:
        assert session.exec(select(Dispute.status)).one() == "won"


def test_the_last_comparisons_are_one_of_each_currency(services: Container) -> None:
    make_paid_sale(payments_of(services))
    for _ in range(2):
        reconciling.reconcile(services.payments)
    with db.transaction() as session:
        assert [row.currency for row in reconciling.last_comparisons(session)] == ["usd"]
        assert len(session.exec(select(Reconciliation)).all()) == 2
