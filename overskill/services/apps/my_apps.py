"""My apps: list, rename, duplicate, archive, delete and take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, literal
from sqlmodel import Session, col, select

from overskill.errors import Conflict, InvalidInput
from overskill.models import (
    App,
    AppFile,
    AppStatus,
    Deployment,
    DeploymentEnvironment,
    Generation,
    GenerationStatus,
    Listing,
    Membership,
    PurchaseItem,
    VersionCause,
)
from overskill.models.base import utc_now
from overskill.services.apps.create import add_app_like, check_room
from overskill.services.apps.naming import logo_svg
from overskill.services.apps.versions import save_version

DAYS_TO_UNDO_DELETE = 30
LONGEST_NAME = 60


@dataclass(frozen=True)
class AppSummary:
    """What a card shows. Times are aware, in UTC."""

    slug: str
    name: str
    prompt: str
    description: str
    logo: str
    icon: str  # checksum of what stands for the logo, or ""
    accent: str
    thumbnail: str  # checksum, or ""
    status: str
    is_working: bool  # a turn is under way
    is_live: bool
    live_url: str
    version: int
    changed_at: datetime
    deleted_at: datetime | None


def list_apps(session: Session, user_id: UUID, *, status: AppStatus = AppStatus.ACTIVE) -> list[AppSummary]:
    """The user's apps of one status, newest change first. Three queries, however many apps."""
    # First, so that a turn which ends meanwhile still counts: a page looks again until none is under way.
    working = set(
        session.exec(
            select(Generation.app_id)
            .join(App, col(App.id) == Generation.app_id)
            .join(Membership, col(Membership.team_id) == col(App.team_id))
            .where(
                Membership.user_id == user_id,
                col(Generation.status).in_([GenerationStatus.RUNNING, GenerationStatus.QUEUED]),
            )
        ).all()
    )
    apps = session.exec(
        select(App)
        .join(Membership, col(Membership.team_id) == col(App.team_id))
        .where(Membership.user_id == user_id, App.status == status)
        .order_by(col(App.changed_at).desc())
        .limit(500)
    ).all()
    keys = [app.id for app in apps]
    live = dict(
        session.exec(
            select(Deployment.app_id, Deployment.url).where(
                col(Deployment.app_id).in_(keys),
                Deployment.environment == DeploymentEnvironment.PRODUCTION,
                col(Deployment.is_live),
            )
        ).all()
    )
    return [summarize(app, live.get(app.id, ""), is_working=app.id in working) for app in apps]


def summarize(app: App, live_url: str, *, is_working: bool) -> AppSummary:
    return AppSummary(
        slug=app.slug,
        name=app.name,
        prompt=app.prompt,
        description=app.description,
        logo=app.logo,
        icon=app.icon,
        accent=app.accent,
        thumbnail=app.thumbnail,
        status=app.status,
        is_working=is_working,
        is_live=bool(live_url),
        live_url=live_url,
        version=app.current_version,
        changed_at=app.changed_at,
        deleted_at=app.deleted_at,
    )


def rename_app(session: Session, app: App, name: str) -> None:
    """Change what the app is called. Its address stays, so that links keep working."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    app.name = cleaned
    app.logo = logo_svg(cleaned, app.accent)
    session.add(app)


def duplicate_app(session: Session, app: App, user_id: UUID) -> App:
    """The user's own copy of an app as it is now, as version 1 of a new one. No bytes are copied.

    Raises LimitReached for an app too many.
    """
    name = f"{app.name} copy"[:LONGEST_NAME]
    copy = add_app_like(session, app, user_id, name=name, thumbnail=app.thumbnail)
    files = select(literal(copy.id), AppFile.path, AppFile.checksum, AppFile.is_locked).where(AppFile.app_id == app.id)
    session.exec(insert(AppFile).from_select(["app_id", "path", "checksum", "is_locked"], files))
    save_version(session, copy, note=f"Copied from {app.name}", cause=VersionCause.DUPLICATE, author_id=user_id)
    return copy


def archive_app(session: Session, app: App) -> None:
    """Out of the way, but kept, and still live where it was published."""
    _set_status(session, app, AppStatus.ARCHIVED)


def bring_back_app(session: Session, app: App) -> None:
    """Undo an archiving or a deletion. Raises LimitReached when others took the place of a deleted one, and Conflict
    after 30 days."""
    if app.status is AppStatus.DELETED:
        if is_past_recovery(app):
            raise Conflict(f"It was deleted more than {DAYS_TO_UNDO_DELETE} days ago, so it can't be brought back.")
        check_room(session, app.team_id)
    _set_status(session, app, AppStatus.ACTIVE)


def delete_app(session: Session, app: App) -> None:
    """Delete the app; for 30 days it can be brought back. The caller takes it off the air."""
    _set_status(session, app, AppStatus.DELETED)


def _set_status(session: Session, app: App, status: AppStatus) -> None:
    app.status = status
    app.deleted_at = utc_now() if status is AppStatus.DELETED else None
    session.add(app)


def apps_past_recovery(session: Session) -> Sequence[UUID]:
    """Deleted more than 30 days ago. What was sold is kept: updates are merged with it, and installs made again."""
    is_past = (App.status == AppStatus.DELETED, col(App.deleted_at) < _recoverable_since())
    was_sold = select(PurchaseItem.id).join(Listing, col(Listing.id) == PurchaseItem.listing_id)
    was_sold = was_sold.where(Listing.app_id == App.id).correlate(App)
    return session.exec(select(App.id).where(*is_past, ~was_sold.exists())).all()


def is_past_recovery(app: App) -> bool:
    return app.status is AppStatus.DELETED and app.deleted_at is not None and app.deleted_at < _recoverable_since()


def _recoverable_since() -> datetime:
    return utc_now() - timedelta(days=DAYS_TO_UNDO_DELETE)
