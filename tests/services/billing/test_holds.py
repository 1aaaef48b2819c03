"""What admins do with creators' shares: kept back, released, forgiven; each with its reason."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from overskill import db
from overskill.clients.stripe.client import StripePayments
from overskill.config import Settings
from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import CreatorProfile, LedgerAccount, Purchase, TransferStatus, utc_now
from overskill.services.billing import holds, ledger
from overskill.services.billing.debts import write_off
from tests.factories import make_user
from tests.services.billing.sales import (
    books,
    make_payments,
    seller_of,
)
from tests.services.billing.shares import due_sale, only, settle_all, take

CONNECTED, PROCESSOR = LedgerAccount.CONNECTED, LedgerAccount.PROCESSOR


@pytest.fixture
def payments(database: str, settings: Settings) -> StripePayments:
    return make_payments(settings)


def hold_transfer(session: Session, purchase_id: UUID, admin_id: UUID) -> None:
    holds.hold(session, admin_id, only(purchase_id), reason="We look into a report")


def hold_creator(session: Session, purchase_id: UUID, admin_id: UUID) -> None:
    creator = seller_of(session, session.get_one(Purchase, purchase_id))
    holds.hold(session, admin_id, creator, reason="We look into a report", until=utc_now() + timedelta(days=3))


@pytest.mark.parametrize("keep_back", [hold_transfer, hold_creator])
def test_what_an_admin_holds_is_not_sent_until_it_is_released(
    payments: StripePayments, keep_back: Callable[[Session, UUID, UUID], None]
) -> None:
    purchase_id = due_sale(payments)
    with db.transaction() as session:
        admin = make_user(session, is_admin=True)
        keep_back(session, purchase_id, admin.id)
    settle_all(payments)
    assert only(purchase_id).status is not TransferStatus.SENT
    with db.transaction() as session:
        creator = session.get_one(CreatorProfile, only(purchase_id).creator_id)
        holds.release(session, admin.id, only(purchase_id) if keep_back is hold_transfer else creator)
    settle_all(payments)
    assert only(purchase_id).status is TransferStatus.SENT


def test_only_an_admin_holds_money_and_says_why(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    with db.transaction() as session:
        admin, somebody = make_user(session, is_admin=True).id, make_user(session).id
    transfer = only(purchase_id)

    def hold(actor: UUID, **facts: object) -> None:
        with db.transaction() as session:
            holds.hold(session, actor, transfer, **{"reason": "Why", **facts})  # type: ignore[arg-type]

    with pytest.raises(NotAllowed):
        hold(somebody)
    with pytest.raises(NotAllowed):
        hold(uuid4())
    with pytest.raises(InvalidInput, match="Say why"):
        hold(admin, reason=" ")
    with pytest.raises(InvalidInput, match="future"):
        hold(admin, until=utc_now() - timedelta(days=1))
    settle_all(payments)
    with pytest.raises(Conflict, match="no longer here"):
        hold(admin)


def test_a_debt_that_is_forgiven_is_the_platforms_loss(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    settle_all(payments)
    with db.transaction() as session:
        creator = seller_of(session, session.get_one(Purchase, purchase_id))
        admin, somebody = make_user(session, is_admin=True).id, make_user(session).id
    payments.pay_out(creator.account_id, 9_000, "usd", key="all")
    take(purchase_id, 10_000)
    settle_all(payments)
    with pytest.raises(NotAllowed):
        db.run(write_off, somebody, creator.id, "usd", reason="They closed")
    assert db.run(write_off, admin, creator.id, "usd", reason="They closed") == 9_000
    with pytest.raises(Conflict, match="owe nothing"):
        db.run(write_off, admin, creator.id, "usd", reason="They closed")
    settle_all(payments)
    with db.transaction() as session:
        assert books(session)[LedgerAccount.LOSSES] == 9_000
        (has,) = ledger.balance(session, creator.id)
        assert has.due == 0
    assert (only(purchase_id).status, only(purchase_id).returned_amount) == (TransferStatus.SENT, 0)


def test_a_long_reason_is_shortened_beside_the_amount(payments: StripePayments) -> None:
    purchase_id = due_sale(payments)
    with db.transaction() as session:
        holds.hold(session, make_user(session, is_admin=True).id, only(purchase_id), reason="Because " * 100)
    assert len(only(purchase_id).hold_reason) <= 200
