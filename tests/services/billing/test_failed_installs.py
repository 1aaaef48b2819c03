"""Who paid for what could not be installed has it back, in whatever order a bank disputes the payment meanwhile."""

from uuid import UUID

import pytest
from sqlmodel import select

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.mail import FakeMail
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.models import Install, InstallStatus, License, LicenseStatus, Purchase, Refund, RefundStatus
from overskill.services.billing import disputes, money_mails, refunds
from overskill.services.market.library_mails import send_library_mail
from overskill.services.market.undoing import end_failed
from tests.services.billing.sales import assert_balanced, double_of, item_of, make_paid_sale, make_payments


class Sale:
    """One sale, and what can happen to it: each a letter in `ORDERS`."""

    def __init__(self, payments: StripePayments, *, by_bank: bool) -> None:
        self.payments, self.queue, self.dispute_id = payments, FakeJobQueue(), ""
        self.purchase_id = make_paid_sale(payments, way="bank" if by_bank else "card")
        with db.transaction() as session:
            bought = session.get_one(Purchase, self.purchase_id)
            self.charge_id, item = bought.charge_id, item_of(session, bought)
            license_ = session.exec(select(License).where(License.item_id == item.id)).one()
            install = Install(
                item_id=item.id,
                license_id=license_.id,
                listing_id=item.listing_id,
                user_id=license_.holder_id,
                release_id=item.release_id,
            )
            session.add(install)
            self.install_id = install.id

    def happen(self, order: str) -> None:
        for letter in order:
            {
                "f": self.fail,
                "d": self.dispute,
                "h": self.hear_of_dispute,
                "w": self.win,
                "l": self.lose,
                "j": self.run_jobs,
                "r": self.hear_of_refunds,
            }[letter]()

    def fail(self) -> None:
        with db.transaction() as session:
            end_failed(session, session.get_one(Install, self.install_id), "It does not start.", queue=self.queue)

    def dispute(self) -> None:
        self.dispute_id = double_of(self.payments).open_dispute(self.charge_id)["id"]

    def hear_of_dispute(self) -> None:
        for _ in range(2):
            db.run(disputes.note_dispute, self.payments.dispute(self.dispute_id), queue=self.queue)

    def win(self) -> None:
        double_of(self.payments).decide_dispute(self.dispute_id, is_won=True)

    def lose(self) -> None:
        double_of(self.payments).decide_dispute(self.dispute_id, is_won=False)

    def run_jobs(self) -> None:
        """Each twice, as jobs may be."""
        ids = [UUID(args[0]) for job, args, _ in self.queue.enqueued if job == refunds.REFUND_JOB]
        for refund_id in [*ids, *ids]:
            refunds.carry_out(refund_id, payments=self.payments, queue=self.queue)

    def hear_of_refunds(self) -> None:
        for told in self.payments.refunds(self.charge_id):
            db.run(refunds.note_refund, told, queue=self.queue)

    def given_back(self) -> list[tuple[RefundStatus, int]]:
        with db.transaction() as session:
            assert_balanced(session)
            rows = session.exec(select(Refund).order_by(Refund.created_at)).all()  # type: ignore[arg-type]  # a column
            return [(row.status, row.amount) for row in rows if row.is_automatic]

    def mails(self, kind: str) -> str:
        mail = FakeMail()
        with db.transaction() as session:
            send_library_mail(session, kind, self.install_id, site_url="https://x", mail=mail)
        return mail.messages[0].text


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


# f: the install fails for good; d: the bank disputes it; h: we hear how that stands; w: the bank decides for us;
# j: what is to be told to Stripe is told; r: we hear of the refunds.
ORDERS = ["fj", "dhfwhj", "dhfjwhj", "dhwhfj", "fdhjwhj", "fdjhwhj", "dfjwhj", "dfjhwhj", "dfwjh", "fdwhj", "dhfwjhj"]


@pytest.mark.parametrize("order", ORDERS)
def test_what_could_not_be_installed_is_given_back_once_the_bank_let_go_of_it(
    payments: StripePayments, order: str
) -> None:
    sale = Sale(payments, by_bank=False)
    sale.happen(order)
    sale.happen("hjrj" if sale.dispute_id else "jrj")
    assert payments.charge(sale.charge_id).refunded == 10_000
    assert [each for each in sale.given_back() if each[0] is not RefundStatus.FAILED] == [
        (RefundStatus.SUCCEEDED, 10_000)
    ]
    with db.transaction() as session:
        assert session.get_one(Install, sale.install_id).status is InstallStatus.FAILED
        assert session.exec(select(License)).one().status is LicenseStatus.REVOKED
        refund = session.exec(select(Refund).where(Refund.status == RefundStatus.SUCCEEDED)).one()
        mail = FakeMail()
        money_mails.send_refund_mail(session, refund.id, site_url="https://x", mail=mail)
    assert (refunds.MAIL_JOB, (str(refund.id),), "low") in sale.queue.enqueued
    assert "could not be installed. It does not start. So we gave the money back" in mail.messages[0].text


@pytest.mark.parametrize("order", ["fjdrhwhrj", "fjdhrwhj", "fjdwhrj", "fjdwrhj"])
def test_a_refund_on_its_way_that_the_bank_stopped_goes_again_once_it_let_go(
    payments: StripePayments, order: str
) -> None:
    """What a bank debited takes a day to go back, and is stopped by a dispute."""
    sale = Sale(payments, by_bank=True)
    sale.happen(order)
    assert [status for status, _ in sale.given_back()] == [RefundStatus.FAILED, RefundStatus.PENDING]
    sale.happen("jrhj")
    assert payments.charge(sale.charge_id).refunded == 10_000


@pytest.mark.parametrize("order", ["dhfhjlhj", "fdhjlhj", "dfjlhj"])
def test_what_the_bank_gave_back_is_not_given_back_again(payments: StripePayments, order: str) -> None:
    sale = Sale(payments, by_bank=False)
    sale.happen(order)
    assert payments.charge(sale.charge_id).refunded == 0
    assert RefundStatus.PENDING not in [status for status, _ in sale.given_back()]


def test_what_a_buyers_bank_does_not_take_is_tried_once(payments: StripePayments) -> None:
    """A closed account: a mail says so, and somebody finds another way."""
    sale = Sale(payments, by_bank=True)
    sale.happen("fj")
    [told] = payments.refunds(sale.charge_id)
    double_of(payments).end_refund(told.id, "failed")
    sale.happen("rjrj")
    assert [status for status, _ in sale.given_back()] == [RefundStatus.FAILED]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("fj", "on its way back to you"),
        ("dhf", "Your bank has what you paid for it until it has decided"),
        ("dhflh", "Your bank has given you back already"),
    ],
)
def test_the_mail_says_where_the_money_is(payments: StripePayments, order: str, words: str) -> None:
    sale = Sale(payments, by_bank=False)
    sale.happen(order)
    assert words in sale.mails("failed")
