"""Giving money back: at once within the window, decided later, never more than was paid, and never twice."""

from datetime import timedelta
from typing import Literal
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.clients.stripe import StripeRefund
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotFound, Unavailable
from overskill.models import (
    LedgerAccount,
    License,
    LicenseStatus,
    Purchase,
    PurchaseItem,
    PurchaseStatus,
    Refund,
    RefundStatus,
    TransferStatus,
    utc_now,
)
from overskill.services.billing import money_mails, refundable, refunds
from tests.factories import make_user
from tests.services.billing.sales import (
    assert_balanced,
    books,
    double_of,
    make_paid_sale,
    make_payments,
    make_sale,
    seller_of,
    transfers_of,
)


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


@pytest.fixture
def queue() -> FakeJobQueue:
    return FakeJobQueue()


def purchase_of(purchase_id: UUID) -> Purchase:
    with db.transaction() as session:
        return session.get_one(Purchase, purchase_id)


def buyer_of(purchase_id: UUID) -> UUID:
    buyer = purchase_of(purchase_id).buyer_id
    assert buyer is not None
    return buyer


def ask(purchase_id: UUID, amount: int | None, queue: FakeJobQueue, reason: str = "It is not for me") -> Refund:
    with db.transaction() as session:
        return refunds.ask(session, buyer_of(purchase_id), purchase_id, amount, reason, queue=queue)


def close_window(purchase_id: UUID) -> None:
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        purchase.refund_until = utc_now() - timedelta(days=1)
        session.add(purchase)


def refund_of(refund_id: UUID) -> Refund:
    with db.transaction() as session:
        return session.get_one(Refund, refund_id)


def books_now() -> dict[LedgerAccount, int]:
    with db.transaction() as session:
        return books(session)


def license_status(purchase_id: UUID) -> LicenseStatus:
    with db.transaction() as session:
        rows = select(License.status).join(PurchaseItem).where(PurchaseItem.purchase_id == purchase_id)
        return session.exec(rows).one()


def seller_id(purchase_id: UUID) -> UUID:
    with db.transaction() as session:
        return seller_of(session, session.get_one(Purchase, purchase_id)).user_id


def test_within_the_window_the_money_is_given_back_at_once(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments, 10_000, tax=1_900)
    asked = ask(purchase_id, None, queue, reason="")
    assert queue.enqueued == [(refunds.REFUND_JOB, (str(asked.id),), "default")]
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    assert refund_of(asked.id).status is RefundStatus.SUCCEEDED
    assert purchase_of(purchase_id).status is PurchaseStatus.REFUNDED
    assert license_status(purchase_id) is LicenseStatus.REVOKED
    with db.transaction() as session:
        assert books(session) == {}
        assert {row.status for row in transfers_of(session, purchase_of(purchase_id))} == {TransferStatus.CANCELLED}


def test_a_part_is_given_back_and_the_licence_stays(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    refunds.carry_out(ask(purchase_id, 2_500, queue).id, payments=payments, queue=queue)
    assert purchase_of(purchase_id).status is PurchaseStatus.PARTLY_REFUNDED
    assert license_status(purchase_id) is LicenseStatus.ACTIVE
    refunds.carry_out(ask(purchase_id, None, queue).id, payments=payments, queue=queue)
    assert purchase_of(purchase_id).refunded_amount == 10_000
    assert purchase_of(purchase_id).status is PurchaseStatus.REFUNDED


@pytest.mark.parametrize(("amount", "currency", "most"), [(10_000, "usd", "$100.00"), (1_200, "jpy", "¥1,200")])
def test_more_than_was_paid_is_refused_with_what_is_possible(
    payments: StripePayments, queue: FakeJobQueue, amount: int, currency: str, most: str
) -> None:
    purchase_id = make_paid_sale(payments, amount, currency=currency)
    with pytest.raises(InvalidInput, match=f"At most {most}".replace("$", r"\$")):
        ask(purchase_id, amount + 1, queue)
    with pytest.raises(InvalidInput, match="above 0"):
        ask(purchase_id, 0, queue)
    with pytest.raises(InvalidInput, match="above 0"):
        ask(purchase_id, -5, queue)


def test_more_than_is_left_is_refused_also_while_the_first_is_on_its_way(
    payments: StripePayments, queue: FakeJobQueue
) -> None:
    purchase_id = make_paid_sale(payments)
    ask(purchase_id, 6_000, queue)
    with pytest.raises(InvalidInput, match=r"At most \$40.00 .*\$100.00 was paid"):
        ask(purchase_id, 5_000, queue)
    ask(purchase_id, 4_000, queue)
    with pytest.raises(Conflict, match="on its way"):
        ask(purchase_id, None, queue)


def test_what_was_free_has_nothing_to_give_back(database: str, queue: FakeJobQueue) -> None:
    with db.transaction() as session:
        purchase_id = make_sale(session, 0).id
    with pytest.raises(Conflict, match="free"):
        ask(purchase_id, None, queue)


@pytest.mark.parametrize("status", list(refundable.REFUSALS))
def test_what_was_not_paid_or_is_back_already_is_refused(
    database: str, queue: FakeJobQueue, status: PurchaseStatus
) -> None:
    with db.transaction() as session:
        purchase = make_sale(session)
        purchase.status = status
        session.add(purchase)
    with pytest.raises(Conflict):
        ask(purchase.id, None, queue)


def test_nobody_asks_for_somebody_elses_money(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    with db.transaction() as session:
        stranger = make_user(session).id
    for who, what in ((stranger, purchase_id), (seller_id(purchase_id), purchase_id), (stranger, uuid4())):
        with pytest.raises(NotFound), db.transaction() as session:
            refunds.ask(session, who, what, None, "Mine", queue=queue)


def test_after_the_window_the_creator_decides(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    close_window(purchase_id)
    with pytest.raises(InvalidInput, match="Say why"):
        ask(purchase_id, None, queue, reason=" ")
    asked = ask(purchase_id, 3_000, queue)
    assert asked.status is RefundStatus.ASKED
    with pytest.raises(Conflict, match="already"):
        ask(purchase_id, None, queue)
    with db.transaction() as session:
        refunds.decide(session, seller_id(purchase_id), asked.id, is_granted=True, decision="", queue=queue)
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    assert purchase_of(purchase_id).refunded_amount == 3_000


def test_a_refusal_says_why_and_is_mailed(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    close_window(purchase_id)
    asked = ask(purchase_id, None, queue)
    with pytest.raises(InvalidInput, match="Say why not"), db.transaction() as session:
        refunds.decide(session, seller_id(purchase_id), asked.id, is_granted=False, decision="", queue=queue)
    with db.transaction() as session:
        refunds.decide(session, seller_id(purchase_id), asked.id, is_granted=False, decision="Used up", queue=queue)
    mail = FakeMail()
    with db.transaction() as session:
        money_mails.send_refund_mail(session, asked.id, site_url="https://x", mail=mail)
    assert "Used up" in mail.messages[0].text
    with pytest.raises(Conflict, match="decided already"), db.transaction() as session:
        refunds.decide(session, seller_id(purchase_id), asked.id, is_granted=True, decision="", queue=queue)


def test_only_its_creator_or_an_admin_decides(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    close_window(purchase_id)
    asked = ask(purchase_id, None, queue)
    with db.transaction() as session:
        stranger, admin = make_user(session).id, make_user(session, is_admin=True).id
    for who in (stranger, buyer_of(purchase_id), uuid4()):
        with pytest.raises(NotFound), db.transaction() as session:
            refunds.decide(session, who, asked.id, is_granted=True, decision="", queue=queue)
        with pytest.raises(NotFound), db.transaction() as session:
            refunds.give_back_as(session, who, purchase_id, None, "", queue=queue)
    with db.transaction() as session:
        decided = refunds.decide(session, admin, asked.id, is_granted=True, decision="", queue=queue, amount=1_000)
    assert (decided.status, decided.amount, decided.decided_by_id) == (RefundStatus.PENDING, 1_000, admin)


def test_an_automatic_refund_is_made_once_however_often_it_is_asked_for(
    payments: StripePayments, queue: FakeJobQueue
) -> None:
    purchase_id = make_paid_sale(payments)
    for _ in range(3):
        with db.transaction() as session:
            refunds.give_back(
                session,
                session.get_one(Purchase, purchase_id),
                reason="The install failed",
                is_automatic=True,
                queue=queue,
            )
    (job,) = queue.enqueued
    for _ in range(3):
        refunds.carry_out(UUID(job[1][0]), payments=payments, queue=queue)
    assert [one.amount for one in payments.refunds(purchase_of(purchase_id).charge_id)] == [10_000]
    with db.transaction() as session:
        assert books(session) == {}


class Deaf(StripePayments):
    """Stripe does what it is asked, and its answer is lost."""

    def refund(self, *args: object, **facts: object) -> StripeRefund:
        super().refund(*args, **facts)  # type: ignore[arg-type]
        raise Unavailable("Stripe does not answer.")


def test_an_answer_that_was_lost_gives_nothing_back_twice(
    payments: StripePayments, queue: FakeJobQueue, settings: Settings
) -> None:
    purchase_id = make_paid_sale(payments)
    asked = ask(purchase_id, 4_000, queue)
    refunds.carry_out(asked.id, payments=Deaf(settings, double=double_of(payments), pauses=False), queue=queue)
    assert refund_of(asked.id).status is RefundStatus.PENDING
    with db.transaction() as session:
        session.exec(select(Refund)).one().created_at = utc_now() - timedelta(hours=1)
    queue.enqueued.clear()
    with db.transaction() as session:
        assert refunds.enqueue_lost(session, queue) == 1
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    assert len(payments.refunds(purchase_of(purchase_id).charge_id)) == 1
    assert purchase_of(purchase_id).refunded_amount == 4_000


def test_what_stripe_refuses_is_said_and_can_be_asked_for_again(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    payments.refund(purchase_of(purchase_id).charge_id, 8_000, reason="duplicate", reference="", key="dashboard")
    asked = ask(purchase_id, 5_000, queue)
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    assert refund_of(asked.id).status is RefundStatus.FAILED
    assert refund_of(asked.id).error
    with db.transaction() as session:
        assert refundable.left_of(session, session.get_one(Purchase, purchase_id)) == 10_000


def test_a_refund_made_at_stripe_is_known_and_counted(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    made = payments.refund(purchase_of(purchase_id).charge_id, 10_000, reason="duplicate", reference="", key="x")
    for _ in range(2):
        db.run(refunds.note_refund, made, queue=queue)
    assert purchase_of(purchase_id).status is PurchaseStatus.REFUNDED
    with db.transaction() as session:
        assert [one.reason for one in session.exec(select(Refund))] == ["Given back at Stripe."]


def test_a_refund_that_fails_at_the_bank_is_undone(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments, 10_000, tax=700)
    asked = ask(purchase_id, None, queue)
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    told_before = payments.find_refund(refund_of(asked.id).external_id)
    double_of(payments).end_refund(told_before.id, "failed")
    told_now = payments.find_refund(told_before.id)
    for told in (told_now, told_before, told_now):
        db.run(refunds.note_refund, told, queue=queue)
    assert refund_of(asked.id).status is RefundStatus.FAILED
    assert purchase_of(purchase_id).status is PurchaseStatus.PAID
    assert license_status(purchase_id) is LicenseStatus.ACTIVE
    with db.transaction() as session:
        assert_balanced(session)
        assert sum(row.amount - row.reversed_amount for row in transfers_of(session, purchase_of(purchase_id))) == 9_000


@pytest.mark.parametrize(
    ("status", "says"), [("failed", "The card is no longer valid."), ("canceled", "It was called back at Stripe.")]
)
def test_a_refund_that_never_arrives_is_put_back_once_and_says_why(
    payments: StripePayments, queue: FakeJobQueue, status: Literal["failed", "canceled"], says: str
) -> None:
    purchase_id = make_paid_sale(payments, 10_000, way="bank", tax=700)
    before = books_now()
    asked = ask(purchase_id, 5_000, queue)
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    on_its_way = payments.find_refund(refund_of(asked.id).external_id)
    assert (on_its_way.status, refund_of(asked.id).status) == ("pending", RefundStatus.PENDING)
    assert purchase_of(purchase_id).refunded_amount == 5_000
    queue.enqueued.clear()
    double_of(payments).end_refund(on_its_way.id, status)
    for told in (payments.find_refund(on_its_way.id), on_its_way, payments.find_refund(on_its_way.id)):
        db.run(refunds.note_refund, told, queue=queue)
    assert books_now() == before
    assert (refund_of(asked.id).status, refund_of(asked.id).error) == (RefundStatus.FAILED, says)
    assert purchase_of(purchase_id).refunded_amount == 0
    assert [job for job, _, _ in queue.enqueued] == [refunds.MAIL_JOB]


def test_a_refund_that_is_on_its_way_counts_as_given_and_arrives(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments, way="bank")
    asked = ask(purchase_id, None, queue)
    refunds.carry_out(asked.id, payments=payments, queue=queue)
    with pytest.raises(Conflict, match="given back already"):
        ask(purchase_id, None, queue)
    taken = books_now()
    queue.enqueued.clear()
    double_of(payments).end_refund(refund_of(asked.id).external_id, "succeeded")
    for _ in range(2):
        db.run(refunds.note_refund, payments.find_refund(refund_of(asked.id).external_id), queue=queue)
    assert (books_now(), refund_of(asked.id).status) == (taken, RefundStatus.SUCCEEDED)
    assert [job for job, _, _ in queue.enqueued] == [refunds.MAIL_JOB]


def test_word_of_a_failure_that_comes_first_books_nothing(payments: StripePayments, queue: FakeJobQueue) -> None:
    purchase_id = make_paid_sale(payments)
    made = payments.refund(purchase_of(purchase_id).charge_id, 1_000, reason="duplicate", reference="", key="x")
    double_of(payments).end_refund(made.id, "failed")
    db.run(refunds.note_refund, payments.find_refund(made.id), queue=queue)
    db.run(refunds.note_refund, made, queue=queue)
    assert purchase_of(purchase_id).refunded_amount == 0


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (RefundStatus.ASKED, "you decide"),
        (RefundStatus.SUCCEEDED, "gave the money back by ourselves"),
        (RefundStatus.FAILED, "bank is closed"),
    ],
)
def test_people_are_told_in_their_currency(session: Session, status: RefundStatus, says: str) -> None:
    purchase = make_sale(session, 1_200, currency="jpy")
    refund = Refund(
        purchase_id=purchase.id,
        amount=1_200,
        currency="jpy",
        status=status,
        is_automatic=True,
        error="The bank is closed",
    )
    session.add(refund)
    session.flush()
    mail = FakeMail()
    money_mails.send_refund_mail(session, refund.id, site_url="https://x", mail=mail)
    for action in session.info.pop("after_commit"):
        action()
    message = mail.messages[0]
    assert "¥1,200" in message.text
    assert says in message.text
