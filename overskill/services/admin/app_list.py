"""Apps as the staff sees them: found by name, address or owner, with where they are live."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from overskill.models import App, AppStatus, Deployment, SubjectKind, User
from overskill.services.admin.finding import contains
from overskill.services.market.interests import own_of

MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class AppView:
    id: str
    name: str
    slug: str
    owner: str
    status: str
    live_in: str  # "production, staging"; "" for nowhere
    is_suspended: bool
    reason: str
    was_taken_down: bool  # and can be put back
    is_own: bool  # of the admin who looks, and another one restores it
    changed_at: datetime


def find_apps(session: Session, viewer_id: UUID, words: str, *, limit: int = MOST_LISTED) -> list[AppView]:
    """The last changed first; without words, what is suspended or was taken down comes before all others."""
    live = (
        select(func.string_agg(Deployment.environment, ", "))
        .where(Deployment.app_id == App.id, col(Deployment.is_live))
        .correlate(App)
        .scalar_subquery()
    )
    query = (
        select(App, User.email, live)
        .join(User, col(User.id) == App.creator_id)
        .where(App.status != AppStatus.DELETED)
        .limit(limit)
    )
    if words.strip():
        query = query.where(contains(App.name, words) | contains(App.slug, words) | contains(User.email, words))
    else:
        query = query.order_by(col(App.suspended_at).desc().nulls_last())
    rows = session.exec(query.order_by(col(App.changed_at).desc(), col(App.id))).all()
    own = own_of(session, viewer_id, [(SubjectKind.APP, app.id) for app, _, _ in rows])
    return [
        AppView(
            id=str(app.id),
            name=app.name,
            slug=app.slug,
            owner=email,
            status=app.status.value,
            live_in=live_in or "",
            is_suspended=app.suspended_at is not None,
            reason=app.suspended_reason,
            was_taken_down=bool(app.taken_down),
            is_own=(SubjectKind.APP, app.id) in own,
            changed_at=app.changed_at,
        )
        for app, email, live_in in rows
    ]
