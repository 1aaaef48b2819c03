"""The versions of an app as a timeline: who made what when, what became of it, and what differs between any two."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from overskill.errors import InvalidInput, NotFound
from overskill.models import App, AppVersion, Deployment, DeploymentStatus, FileBlob, User, VersionFile
from overskill.services.apps.access import app_to_change, app_to_read
from overskill.services.apps.line_counts import count_lines
from overskill.services.apps.versions import find_version, held_files

PAGE = 40
LONGEST_NAME = 80
_BY_OVERSKILL = "OverSkill"


@dataclass(frozen=True, slots=True)
class Published:
    """`version` was published to an environment then. `is_live`: it still is what people see there."""

    environment: str
    at: datetime
    is_live: bool


@dataclass(frozen=True, slots=True)
class TimelineVersion:
    number: int
    note: str
    name: str  # that somebody gave it, or ""
    is_pinned: bool
    cause: str
    author: str
    at: datetime  # of its last change
    builds: bool
    is_current: bool
    has_files_of_now: bool  # the current one, or another with the same files: there is nothing to restore
    screenshot: str  # checksum of its picture, or ""
    turn: str  # the id of the turn that made it, or ""
    files: int  # that it changed
    published: tuple[Published, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    versions: tuple[TimelineVersion, ...]  # newest first
    has_more: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not the same in two versions. `before` and `after` are checksums; None: it is not there."""

    path: str
    before: str | None
    after: str | None
    added: int  # lines
    removed: int


def list_timeline(
    session: Session, user_id: UUID, slug: str, *, before: int | None = None, only: str = "", limit: int = PAGE
) -> Timeline:
    """The newest versions below `before`. Raises NotFound.

    `only`: "generation" or another cause, "published", or "kept" (named or pinned).
    """
    app = app_to_read(session, user_id, slug)
    query = select(AppVersion).where(AppVersion.app_id == app.id)
    if before is not None:
        query = query.where(AppVersion.number < before)
    if only == "published":
        query = query.where(col(AppVersion.number).in_(_published_numbers(app)))
    elif only == "kept":
        query = query.where(or_(col(AppVersion.is_pinned), AppVersion.name != ""))
    elif only:
        query = query.where(AppVersion.cause == only)
    rows = session.exec(query.order_by(col(AppVersion.number).desc()).limit(limit + 1)).all()
    return Timeline(_described(session, app, rows[:limit]), has_more=len(rows) > limit)


def _published_numbers(app: App) -> SelectOfScalar[int]:
    return select(Deployment.version).where(Deployment.app_id == app.id, Deployment.status == DeploymentStatus.DEPLOYED)


def _described(session: Session, app: App, rows: Sequence[AppVersion]) -> tuple[TimelineVersion, ...]:
    numbers = [row.number for row in rows]
    authors = dict(
        session.exec(
            select(User.id, User.name).where(col(User.id).in_({row.author_id for row in rows if row.author_id}))
        ).all()
    )
    counts = dict(
        session.exec(
            select(VersionFile.number, func.count())
            .where(VersionFile.app_id == app.id, col(VersionFile.number).in_(numbers))
            .group_by(col(VersionFile.number))
        ).all()
    )
    published = _published(session, app, numbers)
    now = find_version(session, app.id, app.current_version).origin if rows else 0
    return tuple(
        TimelineVersion(
            number=row.number,
            note=row.note,
            name=row.name,
            is_pinned=row.is_pinned,
            cause=row.cause.value,
            author=authors.get(row.author_id, _BY_OVERSKILL) if row.author_id else _BY_OVERSKILL,
            at=row.updated_at if row.cause == "edit" else row.created_at,
            builds=row.builds,
            is_current=row.number == app.current_version,
            has_files_of_now=row.origin == now,
            screenshot=row.screenshot,
            turn=str(row.generation_id or ""),
            files=counts.get(row.number, 0),
            published=tuple(published.get(row.number, ())),
        )
        for row in rows
    )


def _published(session: Session, app: App, numbers: Collection[int]) -> Mapping[int, Sequence[Published]]:
    rows = session.exec(
        select(Deployment)
        .where(
            Deployment.app_id == app.id,
            col(Deployment.version).in_(numbers),
            Deployment.status == DeploymentStatus.DEPLOYED,
        )
        .order_by(col(Deployment.created_at).desc())
    ).all()
    found: dict[int, list[Published]] = {}
    for row in rows:
        at = row.deploy_completed_at or row.created_at
        found.setdefault(row.version, []).append(Published(row.environment.value, at, row.is_live))
    return found


def compare(session: Session, user_id: UUID, slug: str, before: int, after: int) -> list[Difference]:
    """What differs between two versions, by path. Version 0 is an app without files. Raises NotFound."""
    app = app_to_read(session, user_id, slug)
    old, new = (_held(session, app, number) for number in (before, after))
    paths = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    wanted = {held[path] for held in (old, new) for path in paths if path in held}
    texts = dict(
        session.exec(select(FileBlob.checksum, FileBlob.content).where(col(FileBlob.checksum).in_(wanted))).all()
    )
    differences = []
    for path in paths:
        first, second = old.get(path), new.get(path)
        added, removed = count_lines(texts.get(first or "", ""), texts.get(second or "", ""))
        differences.append(Difference(path, first, second, added, removed))
    return differences


def _held(session: Session, app: App, number: int) -> dict[str, str]:
    if number == 0:
        return {}
    find_version(session, app.id, number)
    return dict(session.execute(held_files(app.id, number)).all())


def read_held(session: Session, user_id: UUID, slug: str, checksum: str) -> str:
    """A text that some version of this app holds. Raises NotFound for any other, whether it exists or not."""
    app = app_to_read(session, user_id, slug)
    text = session.exec(
        select(FileBlob.content)
        .join(VersionFile, col(VersionFile.checksum) == col(FileBlob.checksum))
        .where(VersionFile.app_id == app.id, FileBlob.checksum == checksum)
        .limit(1)
    ).first()
    if text is None:
        raise NotFound("No version of this app has that file.")
    return text


def mark_version(
    session: Session, user_id: UUID, slug: str, number: int, *, name: str | None = None, is_pinned: bool | None = None
) -> None:
    """Name it ("" takes the name away), pin it; None leaves it as it is. Raises NotFound, NotAllowed, InvalidInput."""
    version = find_version(session, app_to_change(session, user_id, slug).id, number)
    if name is not None:
        cleaned = " ".join(name.split())
        if len(cleaned) > LONGEST_NAME or not cleaned.isprintable():
            raise InvalidInput(f"A name has at most {LONGEST_NAME} characters.", field="name")
        version.name = cleaned
    if is_pinned is not None:
        version.is_pinned = is_pinned
    session.add(version)
