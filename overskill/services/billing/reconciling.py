"""Whether the ledger and Stripe agree on what the platform has, in each currency."""

import logging
from collections import defaultdict
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from overskill.clients.stripe import Payments, StripeCharge
from overskill.db import run
from overskill.errors import NotFound
from overskill.models import LedgerAccount, LedgerEntry, LedgerTransaction, Reconciliation, utc_now
from overskill.services.billing import ledger, payouts
from overskill.services.billing.money import say
from overskill.services.billing.splits import find_payment
from overskill.services.figures import count_words

log = logging.getLogger(__name__)

_FEES_SINCE = timedelta(days=45)
_MOST_FEES = 500


def reconcile(payments: Payments) -> None:
    """Book what Stripe kept and paid out to us meanwhile, then compare: one row for each currency."""
    for charge_id in run(_charges_without_fee):
        _book_fee(charge_id, payments)
    for told in payments.payouts():
        run(payouts.note_payout, told, account_id="")
    theirs = {one.currency: one.available + one.pending for one in payments.balance()}
    run(_compare, theirs)


def _charges_without_fee(session: Session) -> list[str]:
    fee = aliased(LedgerTransaction)
    has_fee = sa.exists().where(
        col(fee.kind) == "fee",
        col(fee.purchase_id) == col(LedgerTransaction.purchase_id),
        col(fee.source) == col(LedgerTransaction.source),
    )
    rows = session.execute(
        sa.select(col(LedgerTransaction.external_id))
        .where(
            col(LedgerTransaction.kind) == "sale",
            col(LedgerTransaction.external_id) != "",
            col(LedgerTransaction.occurred_at) > utc_now() - _FEES_SINCE,
            ~has_fee,
        )
        .limit(_MOST_FEES)
    )
    return [charge_id for (charge_id,) in rows]


def _book_fee(charge_id: str, payments: Payments) -> None:
    try:
        charge = payments.charge(charge_id)
    except NotFound:
        log.warning("Stripe does not know the charge %s that the ledger has", charge_id)
        return
    if charge.fee is not None:
        run(_keep_fee, charge)


def _keep_fee(session: Session, charge: StripeCharge) -> None:
    payment = find_payment(session, charge.id)
    if payment is None or charge.fee is None:
        return
    ledger.book_processor_fee(session, payment, charge.fee, charge.fee_currency or payment.currency)
    if payment.charge_id == payment.purchase.charge_id and charge.fee_currency == payment.currency:
        payment.purchase.processor_fee = charge.fee
        session.add(payment.purchase)


def _compare(session: Session, theirs: dict[str, int]) -> None:
    ours: dict[str, int] = defaultdict(int)
    for currency, accounts in ledger.totals(session).items():
        ours[currency] = accounts.get(LedgerAccount.PROCESSOR, 0)
    for currency in sorted({*ours, *theirs}):
        row = Reconciliation(currency=currency, ours=ours[currency], theirs=theirs.get(currency, 0))
        if row.difference:
            note = f"Stripe has {say(row.difference, currency)} other than the ledger."
            row.note = " ".join([note, *_conversions(session, currency)])[:500]
            log.warning("the ledger and Stripe differ by %s in %s", row.difference, currency)
        session.add(row)


def _conversions(session: Session, currency: str) -> list[str]:
    """What explains a difference: payments that Stripe settled in another currency, as their fees say."""
    sale, fee = aliased(LedgerTransaction), aliased(LedgerTransaction)
    paid, kept = aliased(LedgerEntry), aliased(LedgerEntry)
    rows = session.execute(
        sa.select(col(paid.currency), col(kept.currency), sa.func.count(), sa.func.sum(col(paid.amount)))
        .select_from(sale)
        .join(fee, (col(fee.purchase_id) == col(sale.purchase_id)) & (col(fee.source) == col(sale.source)))
        .join(paid, col(paid.transaction_id) == col(sale.id))
        .join(kept, col(kept.transaction_id) == col(fee.id))
        .where(
            col(sale.kind) == "sale",
            col(fee.kind) == "fee",
            col(paid.account) == LedgerAccount.PROCESSOR,
            col(kept.account) == LedgerAccount.PROCESSOR,
            col(paid.currency) != col(kept.currency),
            sa.or_(col(paid.currency) == currency, col(kept.currency) == currency),
        )
        .group_by(col(paid.currency), col(kept.currency))
        .order_by(col(paid.currency), col(kept.currency))
    ).all()
    return [
        f"Stripe changed {count_words(count, 'payment')} of {say(int(amount), before)} in all into {after.upper()}, "
        f"which the books do not follow. Add a bank account for {before.upper()} at Stripe: then they stay as they are."
        for before, after, count, amount in rows
    ]


def imbalances(session: Session) -> dict[str, int]:
    """Currencies whose entries do not sum to zero. There are none: the database refuses them."""
    rows = session.execute(
        sa.select(col(LedgerEntry.currency), sa.func.sum(col(LedgerEntry.amount)))
        .group_by(col(LedgerEntry.currency))
        .having(sa.func.sum(col(LedgerEntry.amount)) != 0)
    )
    return {currency: int(amount) for currency, amount in rows}


def last_comparisons(session: Session) -> list[Reconciliation]:
    """The newest of each currency, for the admins."""
    rows = session.exec(
        select(Reconciliation)
        .ext(distinct_on(col(Reconciliation.currency)))
        .order_by(col(Reconciliation.currency), col(Reconciliation.created_at).desc())
    )
    return list(rows)
