"""Signed-in browsers: opening, finding, listing and revoking them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.errors import NotAllowed, NotFound
from overskill.models import LoginSession, User, utc_now
from overskill.services.accounts.audit import record
from overskill.services.accounts.devices import describe_device
from overskill.services.accounts.tokens import hash_token, make_token

COOKIE = "overskill_session"  # called so on plain http: see Settings.cookie_name
LIFETIME = timedelta(days=30)  # since it was last used
COOKIE_LIFETIME = timedelta(days=400)  # the longest browsers allow: the row decides when a session ends
SEEN_EVERY = timedelta(minutes=5)  # how exact "last seen" is; a write on each event would be waste
SIGNED_OUT = "You are signed out. Sign in to go on."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is asking, and through which browser."""

    id: UUID
    session_id: UUID
    email: str
    name: str
    is_admin: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    id: UUID
    device: str
    ip: str
    last_seen_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from, for the session list and the audit log."""

    ip: str = ""
    user_agent: str = ""


def open_session(session: Session, user_id: UUID, visitor: Visitor) -> str:
    """Sign this browser in; the token is for its cookie and is never seen again. Raises NotAllowed for who is
    suspended, with the reason."""
    _refuse_suspended(session.get_one(User, user_id))
    token = make_token()
    now = utc_now()
    session.add(
        LoginSession(
            user_id=user_id,
            token_hash=hash_token(token),
            device=describe_device(visitor.user_agent),
            ip=visitor.ip[:45],
            last_seen_at=now,
            expires_at=now + LIFETIME,
        )
    )
    record(session, "session.open", user_id, subject=f"user:{user_id}", ip=visitor.ip)
    return token


def find_session(session: Session, token: str) -> SignedIn | None:
    """Who this cookie signs in, if anybody. Using a session keeps it alive."""
    return find_session_and(session, token)[0]


def find_session_and(
    session: Session, token: str, *beside: sa.ScalarSelect[Any]
) -> tuple[SignedIn | None, tuple[Any, ...]]:
    """As `find_session`, with columns of the query for it."""
    found = session.execute(session_query(token).add_columns(*beside)).first() if token else None
    if found is None:
        return None, ()
    login, user, *columns = found
    return signed_in(login, user), tuple(columns)


def session_query(token: str) -> sa.Select[LoginSession, User]:
    """At most one row, for `signed_in`."""
    return (
        sa.select(LoginSession, User)
        .join(User, col(User.id) == LoginSession.user_id)
        .where(
            col(LoginSession.token_hash) == hash_token(token),
            col(LoginSession.revoked_at).is_(None),
            col(LoginSession.expires_at) > utc_now(),
            col(User.suspended_at).is_(None),
        )
    )


def signed_in(login: LoginSession, user: User) -> SignedIn:
    now = utc_now()
    if now - login.last_seen_at > SEEN_EVERY:
        login.last_seen_at, login.expires_at = now, now + LIFETIME
    return SignedIn(user.id, login.id, user.email, user.name, user.is_admin, user.password_hash is not None)


def end_session(session: Session, token: str) -> None:
    """Sign this browser out. An unknown token is no error: it is signed out already."""
    user = find_session(session, token)
    if user is not None:
        revoke_session(session, user.id, user.session_id)


def list_sessions(session: Session, user_id: UUID, *, current: UUID) -> tuple[SessionView, ...]:
    """This browser first, then the most recently used."""
    query = (
        select(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            col(LoginSession.revoked_at).is_(None),
            LoginSession.expires_at > utc_now(),
        )
        .order_by(col(LoginSession.last_seen_at).desc())
        .limit(50)
    )
    views = [
        SessionView(login.id, login.device, login.ip, login.last_seen_at, login.id == current)
        for login in session.exec(query)
    ]
    return tuple(sorted(views, key=lambda view: not view.is_current))


def revoke_session(session: Session, user_id: UUID, session_id: UUID) -> None:
    """Sign one browser of this user out, from its next event on."""
    login = session.get(LoginSession, session_id)
    if login is None or login.user_id != user_id:
        raise NotFound("That session is not there any more.")
    login.revoked_at = login.revoked_at or utc_now()
    record(session, "session.revoke", user_id, subject=f"session:{session_id}")


def revoke_other_sessions(session: Session, user_id: UUID, *, keep: UUID | None = None) -> None:
    """Sign out every browser but this one; all of them without `keep`."""
    query = update(LoginSession).where(col(LoginSession.user_id) == user_id, col(LoginSession.revoked_at).is_(None))
    if keep is not None:
        query = query.where(col(LoginSession.id) != keep)
    session.exec(query.values(revoked_at=utc_now()))
    record(session, "session.revoke_others", user_id, subject=f"user:{user_id}")


def _refuse_suspended(user: User) -> None:
    if user.suspended_at is not None:
        raise NotAllowed(
            f"This account is suspended: {user.suspended_reason.rstrip('.')}. If you disagree, appeal with one click: "
            "the link is in the mail that told you."
        )
