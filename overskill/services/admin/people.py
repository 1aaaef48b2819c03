"""Users as the staff sees them: found by mail address or name, given credits, signed out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from overskill.errors import InvalidInput, NotFound
from overskill.models import App, LoginSession, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.conflicts import decided_as_own, left_to_others
from overskill.services.accounts.sessions import SessionView, list_sessions
from overskill.services.admin.finding import contains
from overskill.services.apps.access import own_team
from overskill.services.billing.amounts import CREDIT
from overskill.services.billing.credit_ledger import grant

MOST_LISTED = 50
MOST_CREDITS = 1_000_000
LONGEST_REASON = 200
NOBODYS = UUID(int=0)  # no session is the admin's own: they look at somebody else's
_GONE = "This account is not there any more. Reload the page."


@dataclass(frozen=True, slots=True)
class UserView:
    id: str
    email: str
    name: str
    is_admin: bool
    is_suspended: bool
    reason: str  # why they are suspended
    apps: int
    sessions: int
    is_own: bool  # the admin who looks, and another one gives them credits
    joined_at: datetime


def find_users(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_LISTED) -> list[UserView]:
    """By address or name, the newest first. One query, another where the admin is among them."""
    apps = select(func.count()).where(App.creator_id == User.id).correlate(User).scalar_subquery()
    is_open = col(LoginSession.revoked_at).is_(None) & (col(LoginSession.expires_at) > utc_now())
    sessions = select(func.count()).where(LoginSession.user_id == User.id, is_open).correlate(User).scalar_subquery()
    query = select(User, apps, sessions).order_by(col(User.created_at).desc(), col(User.id)).limit(limit)
    if words.strip():
        query = query.where(contains(User.email, words) | contains(User.name, words))
    rows = session.exec(query).all()
    own = left_to_others(session, viewer_id, {user.id: {user.id} for user, _, _ in rows})
    return [
        UserView(
            id=str(user.id),
            email=user.email,
            name=user.name,
            is_admin=user.is_admin,
            is_suspended=user.suspended_at is not None,
            reason=user.suspended_reason,
            apps=app_count,
            sessions=session_count,
            is_own=user.id in own,
            joined_at=user.created_at,
        )
        for user, app_count, session_count in rows
    ]


def give_credits(session: Session, admin_id: UUID, user_id: UUID, amount: str, reason: str) -> int:
    """To the user's own team; below zero takes bought ones away. Returns how many credits were moved, in whole ones."""
    wanted, reason = _whole(amount), checked_reason(reason)
    if session.get(User, user_id) is None:
        raise NotFound(_GONE)
    own = decided_as_own(session, admin_id, {user_id}) if wanted > 0 else {}
    moved = grant(session, own_team(session, user_id), wanted * CREDIT, reason=reason)
    details = {"reason": reason, "asked": wanted, "moved": moved / CREDIT, **own}
    record(session, "credits.given", admin_id, subject=f"user:{user_id}", details=details)
    return moved // CREDIT


def sign_out(session: Session, admin_id: UUID, user_id: UUID, reason: str) -> int:
    """Out of every browser, from its next event on. Returns how many."""
    reason = checked_reason(reason)
    ended = session.exec(
        update(LoginSession)
        .where(col(LoginSession.user_id) == user_id, col(LoginSession.revoked_at).is_(None))
        .values(revoked_at=utc_now())
    ).rowcount
    details = {"reason": reason, "sessions": ended}
    record(session, "user.signed_out", admin_id, subject=f"user:{user_id}", details=details)
    return ended


def sessions_of(session: Session, user_id: UUID) -> tuple[SessionView, ...]:
    """The browsers that somebody is signed in with, the last used one first."""
    if session.get(User, user_id) is None:
        raise NotFound(_GONE)
    return list_sessions(session, user_id, current=NOBODYS)


def end_session(session: Session, admin_id: UUID, user_id: UUID, session_id: UUID, reason: str) -> None:
    """Sign one browser out, from its next event on."""
    reason = checked_reason(reason)
    login = session.get(LoginSession, session_id)
    if login is None or login.user_id != user_id or login.revoked_at is not None:
        raise NotFound("That browser is signed out already. Close this and look again.")
    login.revoked_at = utc_now()
    session.add(login)
    details = {"reason": reason, "device": login.device}
    record(session, "user.session_ended", admin_id, subject=f"user:{user_id}", details=details)


def checked_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Say why: it is kept in the audit log.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(f"Say why in at most {LONGEST_REASON} letters.", field="reason")
    return reason


def _whole(amount: str) -> int:
    try:
        wanted = int(amount.strip())
    except ValueError:
        raise InvalidInput("Enter a whole number of credits.", field="credits") from None
    if wanted == 0 or abs(wanted) > MOST_CREDITS:
        raise InvalidInput(f"Give between 1 and {MOST_CREDITS:,} credits, or take as many away.", field="credits")
    return wanted
