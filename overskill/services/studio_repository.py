"""What users do with the repository of one app. As in studio.py, every function checks both the user and the app."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from redis import Redis
from sqlmodel import Session

from overskill.clients.github import CodeHost, CodeRepository
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import Conflict, NotFound
from overskill.services.apps.access import app_to_change, app_to_read, may_change_apps
from overskill.services.generation import app_topic
from overskill.services.progress import ProgressLog
from overskill.services.repositories import (
    Side,
    Wish,
    begin_connecting,
    connect,
    disconnect,
    pause_repository,
    repository_of,
)
from overskill.services.repositories.connect import SYNC_JOB


@dataclass(frozen=True, slots=True)
class RepositoryView:
    current_version: int
    may_change: bool
    full_name: str = ""  # "": the app has none
    url: str = ""
    branch: str = ""
    pushed_version: int = 0
    commit: str = ""
    is_paused: bool = False
    error: str = ""
    conflicts: tuple[str, ...] = ()
    updated_at: datetime | None = None


def view_repository(session: Session, user_id: UUID, slug: str, *, settings: Settings) -> RepositoryView:
    app = app_to_read(session, user_id, slug)
    row = repository_of(session, app.id)
    may_change = may_change_apps(session, user_id, app.team_id)
    if row is None:
        return RepositoryView(current_version=app.current_version, may_change=may_change)
    return RepositoryView(
        full_name=row.full_name,
        url=f"{settings.github_url}/{row.full_name}",
        branch=row.branch,
        pushed_version=row.pushed_version,
        current_version=app.current_version,
        commit=row.commit,
        is_paused=row.is_paused,
        error=row.error,
        conflicts=tuple(row.conflicts),
        updated_at=row.updated_at,
        may_change=may_change,
    )


def begin(session: Session, user_id: UUID, wish: Wish, *, redis: Redis, host: CodeHost) -> str:
    """The address where the browser goes now."""
    app = app_to_change(session, user_id, wish.slug)
    return begin_connecting(session, app, user_id, wish, redis=redis, host=host)


def keep_connected(
    session: Session, user_id: UUID, slug: str, made: CodeRepository, *, queue: JobQueue, log: ProgressLog
) -> None:
    app = app_to_change(session, user_id, slug)
    connect(session, app, user_id, made, queue=queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def sync_now(session: Session, user_id: UUID, slug: str, *, keep: Side | None, queue: JobQueue) -> None:
    """Soon, in a worker. With `keep`, what both sides changed is settled so. Raises Conflict where it is paused."""
    app = app_to_change(session, user_id, slug)
    row = repository_of(session, app.id)
    if row is None:
        raise NotFound("This app has no repository any more. Reload the page.")
    if row.is_paused:
        raise Conflict("The repository is paused. Resume it first.")
    after_commit(session, partial(queue.enqueue, SYNC_JOB, str(row.id), *([keep] if keep else []), queue="low"))


def pause(session: Session, user_id: UUID, slug: str, *, is_paused: bool, queue: JobQueue, log: ProgressLog) -> None:
    app = app_to_change(session, user_id, slug)
    pause_repository(session, app, is_paused=is_paused, queue=queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def leave(session: Session, user_id: UUID, slug: str, *, log: ProgressLog) -> str:
    """The repository's name. It stays at GitHub."""
    app = app_to_change(session, user_id, slug)
    name = disconnect(session, app, user_id)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return name
