"""Sales whose shares are due, and the job that sends them."""

from uuid import UUID

from overskill import db
from overskill.clients.jobs import FakeJobQueue
from overskill.clients.stripe.client import StripePayments
from overskill.models import LedgerAccount, Purchase, Transfer
from overskill.services.billing import ledger, transfers
from overskill.services.billing.splits import first_payment
from tests.services.billing.sales import (
    end_refund_window,
    make_paid_sale,
    onboard,
    seller_of,
    transfers_of,
)

CONNECTED, PROCESSOR = LedgerAccount.CONNECTED, LedgerAccount.PROCESSOR


def due_sale(payments: StripePayments, amount: int = 10_000, *, has_account: bool = True, **facts: object) -> UUID:
    """Its refund window is over. Returns the purchase's id."""
    purchase_id = make_paid_sale(payments, amount, **facts)
    with db.transaction() as session:
        purchase = session.get_one(Purchase, purchase_id)
        if has_account:
            onboard(session, payments, seller_of(session, purchase))
        end_refund_window(session, purchase)
    return purchase_id


def settle_all(payments: StripePayments) -> None:
    queue = FakeJobQueue()
    with db.transaction() as session:
        transfers.mark_due(session)
        transfers.enqueue_due_transfers(session, queue)
    for _, ids, _ in queue.enqueued:
        transfers.settle(UUID(ids[0]), payments=payments)


def only(purchase_id: UUID) -> Transfer:
    with db.transaction() as session:
        (found,) = transfers_of(session, session.get_one(Purchase, purchase_id))
        return found


def take(purchase_id: UUID, amount: int, number: int = 1) -> None:
    with db.transaction() as session:
        payment = first_payment(session.get_one(Purchase, purchase_id))
        ledger.take_back(
            session, payment, amount, key=f"refund:{purchase_id}:{number}", kind="refund", account=PROCESSOR
        )
