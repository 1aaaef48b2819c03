"""Money that an admin keeps back: one transfer, or everything of a creator. Each hold says why, and until when."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import CreatorProfile, Transfer, TransferStatus, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own
from overskill.services.billing.transfers import lock_transfer

_LONGEST_REASON = 200  # beside the amount; a notice has all of it
_UNSENT = (TransferStatus.HELD, TransferStatus.DUE, TransferStatus.FAILED)


def hold(
    session: Session, admin_id: UUID, what: Transfer | CreatorProfile, *, reason: str, until: datetime | None = None
) -> None:
    """Keep it back, until then or until it is released. Its creator sees the reason."""
    check_admin(session, admin_id)
    reason = _checked(reason, until)
    if isinstance(what, Transfer):
        transfer = _lock_unsent(session, what.id)
        transfer.status, transfer.hold_reason, transfer.hold_until = TransferStatus.HELD, reason, until
        session.add(transfer)
    else:
        what.hold_reason, what.hold_until = reason, until
        session.add(what)
    details = {"reason": reason, "until": until.isoformat() if until else ""}
    record(session, "money.hold", admin_id, subject=_subject(what), details=details)


def release(session: Session, admin_id: UUID, what: Transfer | CreatorProfile, *, reason: str = "") -> None:
    """Let go what was kept back; a transfer is sent with the next ones. The reason is for the audit log.

    Raises NotAllowed for an admin's own while there is another admin.
    """
    check_admin(session, admin_id)
    own = decided_as_own(session, admin_id, {_creator_of(session, what).user_id})
    held_for = what.hold_reason
    if isinstance(what, Transfer):
        transfer = _lock_unsent(session, what.id)
        transfer.status, transfer.hold_reason, transfer.hold_until = TransferStatus.DUE, "", utc_now()
        session.add(transfer)
    else:
        what.hold_reason, what.hold_until = "", None
        session.add(what)
    details = {"reason": reason, "held_for": held_for, **own}
    record(session, "money.release", admin_id, subject=_subject(what), details=details)


def _lock_unsent(session: Session, transfer_id: UUID) -> Transfer:
    transfer = lock_transfer(session, transfer_id)
    if transfer is None:
        raise NotFound("There is no such transfer.")
    if transfer.status not in _UNSENT:
        raise Conflict("This transfer is no longer here to be held: it was sent, or a refund cancelled it.")
    return transfer


def _checked(reason: str, until: datetime | None) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Say why: the creator sees it beside the amount.", field="reason")
    if until is not None and until <= utc_now():
        raise InvalidInput("A hold ends in the future. Choose a later day, or none at all.", field="until")
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1].rstrip()}…"


def check_admin(session: Session, admin_id: UUID) -> None:
    admin = session.get(User, admin_id)
    if admin is None or not admin.is_admin:
        raise NotAllowed("Only an admin can hold, release or forgive money.")


def _creator_of(session: Session, what: Transfer | CreatorProfile) -> CreatorProfile:
    return session.get_one(CreatorProfile, what.creator_id) if isinstance(what, Transfer) else what


def _subject(what: Transfer | CreatorProfile) -> str:
    return f"transfer:{what.id}" if isinstance(what, Transfer) else f"creator:{what.id}"
