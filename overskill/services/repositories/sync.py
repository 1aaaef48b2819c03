"""Bringing an app and its repository to the same state: first what people pushed comes in, then our versions go out.

Nothing at GitHub is ever overwritten: a push goes on top of the head that was taken in, or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from redis import Redis
from sqlmodel import Session, col, or_, select

from overskill.clients.bundler import Bundler
from overskill.clients.github import CodeHost, CodeRepository
from overskill.config import Settings
from overskill.db import transaction
from overskill.errors import Conflict, LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from overskill.models import App, AppStatus, AppVersion, Repository, VersionCause
from overskill.models.base import utc_now
from overskill.services.apps.saving import SITTING, ChangedMeanwhile
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog
from overskill.services.repositories.incoming import read_incoming, save_incoming
from overskill.services.repositories.locking import Busy, holding
from overskill.services.repositories.manifest import MANIFEST
from overskill.services.repositories.outgoing import commits_since

Side = Literal["theirs", "ours"]
AGAIN_AFTER = timedelta(minutes=5)  # what failed
MOST_AT_ONCE = 20
_CHOOSE = "The same lines were changed here and on GitHub. Choose which to keep."


@dataclass(frozen=True, slots=True)
class _Subject:
    row: Repository
    app: App

    @property
    def place(self) -> CodeRepository:
        return CodeRepository(self.row.installation_id, self.row.external_id, self.row.full_name, self.row.branch)


def sync_repository(
    repository_id: UUID,
    *,
    host: CodeHost,
    redis: Redis,
    bundler: Bundler,
    log: ProgressLog,
    settings: Settings,
    keep: Side | None = None,
    patience: float = 0,
) -> None:
    """Safe to call twice. How it went is on the row; `keep` is what somebody chose where both sides changed the same.
    `patience`: seconds to wait for another job that is at the same repository.

    Raises Unavailable and LimitReached, so that the job is tried again.
    """
    try:
        with holding(redis, repository_id, patience=patience):
            _sync(repository_id, keep, host=host, bundler=bundler, log=log, settings=settings)
    except Busy:
        return  # whoever is at it does the same


def _sync(
    repository_id: UUID, keep: Side | None, *, host: CodeHost, bundler: Bundler, log: ProgressLog, settings: Settings
) -> None:
    subject = _begin(repository_id)
    if subject is None:
        return
    try:
        _take_in(subject, keep, host=host, bundler=bundler, log=log)
        _hand_out(subject, host=host, settings=settings)
        _end(subject, log, error="")
    except ChangedMeanwhile as conflict:
        _end(subject, log, error=_CHOOSE, conflicts=[file.path for file in conflict.files])
    except (Unavailable, LimitReached) as error:
        _end(subject, log, error=error.message)
        raise
    except (NotFound, NotAllowed) as error:
        _end(subject, log, error=error.message, is_paused=True)
    except OverskillError as error:
        _end(subject, log, error=error.message)


def _begin(repository_id: UUID) -> _Subject | None:
    with transaction() as session:
        row = session.get(Repository, repository_id)
        if row is None or row.is_paused:
            return None
        app = session.get_one(App, row.app_id)
        return None if app.status is AppStatus.DELETED else _Subject(row, app)


def _take_in(subject: _Subject, keep: Side | None, *, host: CodeHost, bundler: Bundler, log: ProgressLog) -> None:
    head = host.head(subject.place)
    if subject.row.commit == "":  # what it was made with is ours to replace
        _mark(subject, commit=head)
        return
    if head == subject.row.commit:
        return
    incoming = read_incoming(host, subject.place, subject.row.commit, head)
    save_incoming(subject.row, incoming, keep=keep, bundler=bundler, log=log)
    _mark(subject, commit=head)


def _hand_out(subject: _Subject, *, host: CodeHost, settings: Settings) -> None:
    tree = host.tree(subject.place, subject.row.commit)
    is_behind = subject.app.current_version > subject.row.pushed_version
    manifest = host.text(subject.place, subject.row.commit, MANIFEST) if is_behind and MANIFEST in tree else None
    with transaction() as session:
        app = session.get_one(App, subject.app.id)
        commits = commits_since(session, app, subject.row.pushed_version, tree, manifest, settings=settings)
        version = app.current_version
    if commits:
        try:
            _mark(subject, commit=host.push(subject.place, subject.row.commit, commits), pushed_version=version)
        except Conflict as error:
            raise Unavailable("Somebody pushed to GitHub at the same moment. It is tried again by itself.") from error
    else:
        _mark(subject, pushed_version=version)


def _mark(subject: _Subject, **facts: object) -> None:
    """At once: what is done is not done again, whatever fails next."""
    with transaction() as session:
        row = session.get(Repository, subject.row.id, with_for_update=True)
        if row is not None:
            row.sqlmodel_update(facts)
            session.add(row)
    subject.row.sqlmodel_update(facts)


def _end(
    subject: _Subject, log: ProgressLog, *, error: str, conflicts: Sequence[str] = (), is_paused: bool = False
) -> None:
    facts = {"is_paused": True} if is_paused else {}  # else it stays as somebody may have set it meanwhile
    _mark(subject, error=error, conflicts=list(conflicts), updated_at=utc_now(), **facts)
    log.ring(app_topic(subject.app.id))


def due_repositories(session: Session) -> Sequence[UUID]:
    """Those whose app has a version that is not there yet. One that somebody is still at is not over."""
    now = utc_now()
    is_over = or_(
        col(AppVersion.cause) != VersionCause.EDIT,
        col(AppVersion.number) < col(App.current_version),
        col(AppVersion.updated_at) < now - SITTING,
    )
    return session.exec(
        select(Repository.id)
        .join(App, col(App.id) == Repository.app_id)
        .where(
            App.status != AppStatus.DELETED,
            ~col(Repository.is_paused),
            col(Repository.conflicts) == [],
            or_(Repository.error == "", col(Repository.updated_at) < now - AGAIN_AFTER),
            select(AppVersion.id)
            .where(AppVersion.app_id == App.id, AppVersion.number > Repository.pushed_version, is_over)
            .exists(),
        )
        .limit(MOST_AT_ONCE)
    ).all()
