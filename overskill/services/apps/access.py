"""Who may see and change which app. Every service that takes an app from a client begins here."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from overskill.errors import NotAllowed, NotFound, SignInRequired
from overskill.models import App, AppStatus, Membership, Role, User
from overskill.services.accounts.sessions import SIGNED_OUT, SignedIn, session_query, signed_in
from overskill.services.accounts.teams import MAY_CHANGE

MAY_WRITE = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
_SLUG = re.compile(r"[a-z0-9-]{1,63}")  # what else an address may hold, Postgres might not even take
_NO_APP = "There is no app at this address, or it isn't yours."


def app_to_read(session: Session, user_id: UUID, slug: str, *, even_deleted: bool = False) -> App:
    """The app, if this user's team owns it. Raises NotFound: whether it exists is nobody else's business."""
    return _app_and_role(session, user_id, slug, even_deleted=even_deleted)[0]


def app_to_change(session: Session, user_id: UUID, slug: str, *, even_deleted: bool = False) -> App:
    """As app_to_read, and locked until the transaction ends. Raises NotAllowed for viewers."""
    app = app_to_switch(session, user_id, slug, even_deleted=even_deleted)
    session.refresh(app, with_for_update=True)
    if app.status is AppStatus.DELETED and not even_deleted:  # while this waited for the lock
        raise NotFound(_NO_APP)
    return app


def app_to_switch(session: Session, user_id: UUID, slug: str, *, even_deleted: bool = False) -> App:
    """As app_to_change, for changes of what visitors see: its row stays free, see deployments/switch_lock.py."""
    app, role = _app_and_role(session, user_id, slug, even_deleted=even_deleted)
    if role not in MAY_WRITE:
        raise NotAllowed("You can look at this app but not change it. Ask its owner for the editor role.")
    return app


@dataclass(frozen=True, slots=True)
class Visit:
    """An app that somebody has open."""

    user: SignedIn
    app: App
    role: Role
    beside: tuple[Any, ...]


def visit_app(session: Session, token: str, slug: str, *beside: sa.ScalarSelect[Any]) -> Visit:
    """Whom a cookie signs in, and the app, if their team owns it, with columns of a query for it: all in one query.

    Raises SignInRequired and NotFound.
    """
    if not _SLUG.fullmatch(slug):
        raise NotFound(_NO_APP)
    owned = sa.join(App, Membership, col(Membership.team_id) == col(App.team_id))
    query = session_query(token).outerjoin(
        owned,
        sa.and_(col(Membership.user_id) == col(User.id), col(App.slug) == slug, col(App.status) != AppStatus.DELETED),
    )
    found = session.execute(query.add_columns(App, col(Membership.role), *beside)).first() if token else None
    if found is None:
        raise SignInRequired(SIGNED_OUT)
    login, user, app, role, *columns = found
    if app is None:
        raise NotFound(_NO_APP)
    return Visit(signed_in(login, user), app, Role(role), tuple(columns))


def _app_and_role(session: Session, user_id: UUID, slug: str, *, even_deleted: bool) -> tuple[App, Role]:
    if not _SLUG.fullmatch(slug):
        raise NotFound(_NO_APP)
    found = session.exec(
        select(App, Membership.role)
        .join(Membership, Membership.team_id == App.team_id)  # type: ignore[arg-type]
        .where(App.slug == slug, Membership.user_id == user_id)
    ).first()
    if found is None or (found[0].status is AppStatus.DELETED and not even_deleted):
        raise NotFound(_NO_APP)
    return found[0], Role(found[1])


def refuse_suspended(app: App) -> None:
    """For whatever would show the app to anybody. Raises NotAllowed with the reason."""
    if app.suspended_at is not None:
        raise NotAllowed(
            f"This app is suspended, so it can't be published: {app.suspended_reason.rstrip('.')}. "
            "Your notices say how to appeal."
        )


def role_in(session: Session, user_id: UUID, team_id: UUID) -> Role | None:
    """None for who is not in the team."""
    role = session.exec(
        select(Membership.role).where(Membership.team_id == team_id, Membership.user_id == user_id)
    ).one_or_none()
    return Role(role) if role else None


def may_change_apps(session: Session, user_id: UUID, team_id: UUID) -> bool:
    """Whether the user is in the team and more than a viewer there."""
    return role_in(session, user_id, team_id) in MAY_WRITE


def may_decide(session: Session, user_id: UUID, team_id: UUID) -> bool:
    """Whether the user is the team's owner or one of its admins, who approve what is protected."""
    return role_in(session, user_id, team_id) in MAY_CHANGE


def own_team(session: Session, user_id: UUID) -> UUID:
    """The team a user's own apps belong to: the first they own."""
    team_id = session.exec(
        select(Membership.team_id)
        .where(Membership.user_id == user_id, Membership.role == Role.OWNER)
        .order_by(Membership.created_at)  # type: ignore[arg-type]
    ).first()
    if team_id is None:
        raise NotAllowed("You have no team of your own to put an app in. Ask your owner for an invitation.")
    return team_id
