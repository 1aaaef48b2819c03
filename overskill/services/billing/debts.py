"""What a creator owes of refunds that came after the money had left: kept from their next transfers, or forgiven."""

from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from overskill.errors import Conflict
from overskill.models import CreatorProfile, LedgerAccount, Transfer
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.billing import ledger
from overskill.services.billing.holds import check_admin
from overskill.services.billing.ledger import Line
from overskill.services.billing.transfers import debt


def write_off(session: Session, admin_id: UUID, creator_id: UUID, currency: str, *, reason: str) -> int:
    """The platform bears what a creator owes in a currency. Returns how much that was."""
    check_admin(session, admin_id)
    creator = session.get_one(CreatorProfile, creator_id, with_for_update={"key_share": True})
    own = decided_as_own(session, admin_id, {creator.user_id})
    amount = debt(session, creator_id, currency)
    if not amount:
        raise Conflict("They owe nothing in this currency, so there is nothing to forgive.")
    ledger.book(
        session,
        f"write-off:{uuid4()}",
        "write_off",
        currency,
        [Line(LedgerAccount.LOSSES, amount), Line(LedgerAccount.CREATOR, -amount, creator_id)],
        memo=reason,
    )
    _forget(session, creator_id, currency, amount)
    details = {"reason": reason, "amount": amount, "currency": currency, **own}
    record(session, "money.write_off", admin_id, subject=f"creator:{creator_id}", details=details)
    return amount


def _forget(session: Session, creator_id: UUID, currency: str, amount: int) -> None:
    """What was to come back of these transfers is theirs now, the newest first."""
    rows = session.exec(
        select(Transfer)
        .where(Transfer.creator_id == creator_id, Transfer.currency == currency, Transfer.owed_amount > 0)
        .order_by(col(Transfer.created_at).desc())
        .with_for_update(key_share=True)
    ).all()
    for row in rows:
        part = min(amount, row.owed_amount)
        row.owed_amount -= part
        row.reversed_amount -= part
        row.error = "" if row.owed_amount == 0 else row.error
        amount -= part
        session.add(row)
    session.flush()
