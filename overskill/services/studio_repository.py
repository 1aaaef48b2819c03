"""What users do with the repository of one app. As in studio.py, every function checks both the user and the app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from redis import Redis
from sqlmodel import Session, col

from overskill.clients.edge_routes import ACCESS_PARAMETER, EdgeRoutes, sign_access
from overskill.clients.github import CodeHost, CodeRepository
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit
from overskill.errors import Conflict, NotFound
from overskill.models import App, Repository
from overskill.models.base import utc_now
from overskill.models.columns import rows_beside, rows_in
from overskill.services.accounts.audit import record
from overskill.services.apps.access import MAY_WRITE, Visit, app_to_change, visit_app
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
from overskill.services.repositories.branch_previews import BranchPreview, kept_of
from overskill.services.repositories.connect import SYNC_JOB
from overskill.services.repositories.publishing import PUBLISHING_JOB, STAGING_BRANCH, why_unreachable
from overskill.services.repositories.pull_requests import LOOK_JOB

PRIVATE_LINK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Question:
    """What only GitHub and the edge know: of which app, for whom, and where to ask."""

    app_id: UUID
    user_id: UUID
    place: CodeRepository


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
    unreachable: str = ""  # why GitHub can't call this instance; "" where it can
    question: Question | None = None  # None where there is no repository, or it is paused


def view_repository(session: Session, token: str, slug: str, *, settings: Settings) -> RepositoryView:
    """`token` is that of their cookie. Raises SignInRequired and NotFound."""
    visit = visit_app(session, token, slug, repository_beside())
    return repository_in(visit, visit.beside[0], settings)


def repository_beside() -> sa.ScalarSelect[Any]:
    """A column for `visit_app`, for `repository_in`."""
    return rows_beside(Repository, col(Repository.app_id) == col(App.id))


def repository_in(visit: Visit, column: Sequence[Mapping[str, Any]] | None, settings: Settings) -> RepositoryView:
    """`column` is what `repository_beside` is of that visit."""
    app, may_change, unreachable = visit.app, visit.role in MAY_WRITE, why_unreachable(settings)
    rows = rows_in(Repository, column)
    if not rows:
        return RepositoryView(current_version=app.current_version, may_change=may_change, unreachable=unreachable)
    (row,) = rows
    place = CodeRepository(row.installation_id, row.external_id, row.full_name, row.branch)
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
        unreachable=unreachable,
        question=None if row.is_paused else Question(app.id, visit.user.id, place),
    )


@dataclass(frozen=True, slots=True)
class PreviewLink:
    """A pull request, or the branch `staging`, and where it is shown. `url` "": nowhere yet."""

    label: str  # "#12", "staging"
    commit: str
    url: str
    error: str


def preview_links(question: Question, *, redis: Redis, routes: EdgeRoutes, settings: Settings) -> list[PreviewLink]:
    """For who may see the app: a private one is opened by its link for an hour, one of an app that is sold by way of
    the library. It asks the edge."""
    previews = kept_of(redis, question.app_id)
    return [_preview_link(preview, question.user_id, routes, settings.site_url) for preview in previews]


def _preview_link(preview: BranchPreview, user_id: UUID, routes: EdgeRoutes, site_url: str) -> PreviewLink:
    label = f"#{preview.number}" if preview.number else STAGING_BRANCH
    url = preview.url
    route = routes.app(preview.environment, preview.script) if url else None
    if route is not None and route.private:
        access = sign_access(
            route.access_key,
            preview.environment,
            preview.script,
            subject=str(user_id),
            expires=utc_now() + PRIVATE_LINK,
        )
        url = f"{url}/?{ACCESS_PARAMETER}={access}"
    elif route is not None and route.entitlement_key:
        place = urlencode({"place": preview.environment, "beside": preview.label})
        url = f"{site_url}/library/open/{route.listing}?{place}"
    return PreviewLink(label, preview.commit, url, preview.error)


def choose_publishing(session: Session, user_id: UUID, slug: str, *, is_on: bool, queue: JobQueue) -> None:
    """Soon, in a worker. Raises Conflict where it is paused."""
    row = _active(session, user_id, slug)
    record(session, "repository.publishing", user_id, subject=f"app:{row.app_id} {'on' if is_on else 'off'}")
    _set_publishing(session, row.id, is_on=is_on, queue=queue)


def _set_publishing(session: Session, repository_id: UUID, *, is_on: bool, queue: JobQueue) -> None:
    ids = (str(repository_id), "on" if is_on else "off")
    after_commit(session, partial(queue.enqueue, PUBLISHING_JOB, *ids, queue="low"))


def begin(session: Session, user_id: UUID, wish: Wish, *, redis: Redis, host: CodeHost) -> str:
    """The address where the browser goes now."""
    app = app_to_change(session, user_id, wish.slug)
    return begin_connecting(session, app, user_id, wish, redis=redis, host=host)


def keep_connected(
    session: Session, user_id: UUID, wish: Wish, made: CodeRepository, *, queue: JobQueue, log: ProgressLog
) -> None:
    app = app_to_change(session, user_id, wish.slug)
    row = connect(session, app, user_id, made, queue=queue)
    if wish.publishes:
        _set_publishing(session, row.id, is_on=True, queue=queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def sync_now(
    session: Session, user_id: UUID, slug: str, *, keep: Side | None, queue: JobQueue, settings: Settings
) -> None:
    """Soon, in a worker, and pull requests with it. With `keep`, what both sides changed is settled so. Raises Conflict
    where it is paused."""
    row = _active(session, user_id, slug)
    after_commit(session, partial(queue.enqueue, SYNC_JOB, str(row.id), *([keep] if keep else []), queue="low"))
    if not why_unreachable(settings):
        after_commit(session, partial(queue.enqueue, LOOK_JOB, str(row.id), queue="low"))


def _active(session: Session, user_id: UUID, slug: str) -> Repository:
    app = app_to_change(session, user_id, slug)
    row = repository_of(session, app.id)
    if row is None:
        raise NotFound("This app has no repository any more. Reload the page.")
    if row.is_paused:
        raise Conflict("The repository is paused. Resume it first.")
    return row


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
