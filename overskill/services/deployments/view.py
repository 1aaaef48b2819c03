"""What the publish panel shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from overskill.clients.bundler import Finding
from overskill.config import Settings
from overskill.errors import NotFound
from overskill.models import App, AppVersion, Deployment, DeploymentEnvironment, DeploymentStatus, Role, User
from overskill.models.columns import rows_beside, rows_in
from overskill.services.accounts.teams import MAY_CHANGE
from overskill.services.apps.access import MAY_WRITE
from overskill.services.apps.findings import findings_of
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.live import KEPT_VERSIONS, is_kept, is_trial, is_tried, targets_beside
from overskill.services.deployments.request import NO_DEPLOYMENT, deployment_topic, get_deployment
from overskill.services.deployments.serving import Serving, serving_beside, serving_in
from overskill.services.progress import ProgressLog

HISTORY = 30
_PERCENT = {
    DeploymentStatus.PENDING: 5,
    DeploymentStatus.BUILDING: 25,
    DeploymentStatus.DEPLOYING: 75,
}
_NEWEST = (col(Deployment.created_at).desc(), col(Deployment.id).desc())
_COMES_FROM = {  # where a version is looked at before it is moved on
    DeploymentEnvironment.STAGING: DeploymentEnvironment.PREVIEW,
    DeploymentEnvironment.PRODUCTION: DeploymentEnvironment.STAGING,
}


@dataclass(frozen=True)
class DeploymentView:
    id: str
    version: int
    environment: str
    status: str
    percent: int
    url: str
    error: str
    who: str
    size: int  # bytes
    seconds: float  # from request, or approval, to end
    build_seconds: float
    deploy_seconds: float
    created_at: datetime
    is_live: bool
    is_final: bool
    is_trial: bool  # some visitors are shown it right now
    canary_percent: int
    needs_approval: bool
    is_stopping: bool  # it was asked to stop, and will at its next step
    promoted_from: str  # the environment it was moved from; "" for one that was built
    can_roll_back: bool  # its bytes are kept: one click puts it back
    log: tuple[str, ...]


@dataclass(frozen=True)
class EnvironmentView:
    name: str
    address: str  # where it is, or will be
    live_version: int  # 0: nothing is live
    has_changes: bool  # the app differs from what is live
    can_roll_back_to: int  # version number, 0: nowhere
    next_from: str  # the environment whose version can be moved here; "": none
    next_version: int
    awaited_version: int  # the newest that waits for an approval to come here, 0: none
    trial: DeploymentView | None
    serving: Serving


@dataclass(frozen=True)
class PublishView:
    """`latest` is the publish to tell of, `live_url` what the app's own address shows now ("" when nothing is live)."""

    latest: DeploymentView | None
    live_version: int
    live_url: str
    can_roll_back_to: int  # version number, 0: nowhere
    has_changes: bool  # the app differs from what is live
    in_gallery: bool  # whether everybody finds it on the start page while it is live
    compiles: bool  # the current version; what does not can't be published
    findings: tuple[Finding, ...] | None  # of the current version; None: not scanned yet
    environments: tuple[EnvironmentView, ...]
    may_change: bool
    may_decide: bool  # approve, and change what is protected
    waiting: tuple[DeploymentView, ...]  # for somebody's approval
    history: tuple[DeploymentView, ...]
    has_earlier: bool  # than what is in `history`


@dataclass(frozen=True)
class EarlierView:
    history: tuple[DeploymentView, ...]
    has_earlier: bool


def deployment_beside(deployment_id: UUID) -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for a query of apps, for `deployment_in`: one publish of that app, and who asked for it."""
    it, asking, who = col(Deployment.id) == deployment_id, aliased(Deployment), aliased(User)
    named = (
        sa.select(col(who.name)).join(asking, col(asking.user_id) == col(who.id)).where(col(asking.id) == deployment_id)
    )
    return rows_beside(Deployment, col(Deployment.app_id) == col(App.id), it), named.scalar_subquery()


def deployment_in(columns: Sequence[Any], log: ProgressLog) -> DeploymentView:
    """With the lines of its log. Raises NotFound where the app has no such publish."""
    rows, name = columns
    found = rows_in(Deployment, rows)
    if not found:
        raise NotFound(NO_DEPLOYMENT)
    return _with_log(found[0], {found[0].user_id: name}, log)


def _with_log(row: Deployment, names: dict[UUID, str], log: ProgressLog) -> DeploymentView:
    return _view(row, names, kept=frozenset(), moved={}, log=tuple(entry["text"] for entry in log_of(row, log)))


def log_of(row: Deployment, log: ProgressLog) -> list[dict[str, Any]]:
    """Its lines, {"text", "at"}: from the row once it is over, until then from where they are written."""
    return row.log or log.tail(deployment_topic(row.id))


def log_text(row: Deployment, log: ProgressLog) -> str:
    """The whole log for a file."""
    head = [
        f"Version {row.version} to {row.environment}, {row.status.replace('_', ' ')}",
        f"Asked for {row.created_at:%Y-%m-%d %H:%M:%S} UTC",
    ]
    lines = [f"{entry['at']:8.2f} s  {entry['text']}" for entry in log_of(row, log)]
    return "\n".join([*head, "", *lines, ""])


def publishing_beside() -> tuple[sa.ScalarSelect[Any], ...]:
    """Columns for a query of apps, for `view_publishing`: how each is served, and what is known of its version."""
    known = sa.func.json_build_object("builds", AppVersion.builds, "findings", AppVersion.findings)
    is_current = (AppVersion.app_id == App.id, AppVersion.number == App.current_version)
    return serving_beside(), select(known).where(*is_current).scalar_subquery()


def view_publishing(
    session: Session,
    app: App,
    role: Role,
    beside: Sequence[Any],
    log: ProgressLog,
    *,
    settings: Settings,
    limit: int = HISTORY,
) -> PublishView:
    """`role` is that of who looks, and `beside` what `publishing_beside` is of the app. One query."""
    serving, current = beside
    known = _read(session, app.id, limit + 1)
    rows, names = known.newest[:limit], known.names
    latest, kept = _latest(rows), known.targets()
    shown = _Shown(app, known.standing, known.asked, kept, serving_in(serving), names, settings)
    environments = tuple(shown.environment(environment) for environment in DeploymentEnvironment)
    production = next(view for view in environments if view.name == DeploymentEnvironment.PRODUCTION)
    keys = frozenset(row.id for targets in kept.values() for row in targets)
    return PublishView(
        latest=_with_log(latest, names, log) if latest else None,
        live_version=production.live_version,
        live_url=production.address if production.live_version else "",
        can_roll_back_to=production.can_roll_back_to,
        has_changes=production.has_changes,
        in_gallery=app.in_gallery,
        compiles=current is None or current["builds"],
        findings=findings_of(current["findings"]) if current else None,
        environments=environments,
        may_change=role in MAY_WRITE,
        may_decide=role in MAY_CHANGE,
        waiting=tuple(_view(row, names, kept=frozenset(), moved={}) for row in known.asked),
        history=tuple(_view(row, names, kept=keys, moved=known.moved) for row in rows),
        has_earlier=len(known.newest) > limit,
    )


def view_earlier(session: Session, app: App, deployment_id: UUID, *, limit: int = HISTORY) -> EarlierView:
    """What was published before that one, the newest first."""
    last = get_deployment(session, app.id, deployment_id)
    before = sa.tuple_(col(Deployment.created_at), col(Deployment.id)) < (last.created_at, last.id)
    known = _read(session, app.id, limit + 1, before)
    keys = frozenset(row.id for targets in known.targets().values() for row in targets)
    rows = known.newest[:limit]
    history = tuple(_view(row, known.names, kept=keys, moved=known.moved) for row in rows)
    return EarlierView(history, len(known.newest) > limit)


def _latest(rows: Sequence[Deployment]) -> Deployment | None:
    """The newest that is under way, else the newest that was. What waits for an approval is told apart."""
    begun = [row for row in rows if not row.needs_approval]
    return next((row for row in begun if not row.status.is_final), begun[0] if begun else None)


@dataclass(frozen=True)
class _Shown:
    app: App
    standing: Sequence[Deployment]
    asked: Sequence[Deployment]  # for, and waiting: the newest first
    kept: dict[DeploymentEnvironment, list[Deployment]]
    serving: dict[DeploymentEnvironment, Serving]
    names: dict[UUID, str]
    settings: Settings

    def environment(self, environment: DeploymentEnvironment) -> EnvironmentView:
        live = self._live(environment)
        trial = next((row for row in self.standing if row.environment is environment and is_trial(row)), None)
        source = _COMES_FROM.get(environment)
        comes = self._live(source) if source else None
        is_next = comes is not None and (live is None or live.promoted_from_id != comes.id)
        is_newer = comes is not None and is_next and (live is None or comes.version > live.version)
        before = next((row for row in self.kept[environment] if row.status is DeploymentStatus.DEPLOYED), None)
        return EnvironmentView(
            name=environment,
            address=live.url if live else address_of(self.settings, environment, self.app.slug),
            live_version=live.version if live else 0,
            has_changes=live is None or live.version != self.app.current_version,
            can_roll_back_to=before.version if before else 0,
            next_from=source or "" if is_newer else "",
            next_version=comes.version if comes and is_newer else 0,
            awaited_version=next((row.version for row in self.asked if row.environment is environment), 0),
            trial=_view(trial, self.names, kept=frozenset(), moved={}) if trial else None,
            serving=self.serving[environment],
        )

    def _live(self, environment: DeploymentEnvironment) -> Deployment | None:
        return next((row for row in self.standing if row.environment is environment and row.is_live), None)


@dataclass(frozen=True)
class _Known:
    """Publishes of one app; each list has the newest first."""

    newest: list[Deployment] = field(default_factory=list)
    asked: list[Deployment] = field(default_factory=list)  # for, and waiting for an approval
    standing: list[Deployment] = field(default_factory=list)  # what visitors of any environment are shown
    kept: list[Deployment] = field(default_factory=list)  # of every environment: see `kept_deployments`
    names: dict[UUID, str] = field(default_factory=dict)  # of who asked for them, by user
    moved: dict[UUID, str] = field(default_factory=dict)  # the environment of a publish that was moved on, by its id

    def targets(self) -> dict[DeploymentEnvironment, list[Deployment]]:
        """What can be put back in each environment."""
        found: dict[DeploymentEnvironment, list[Deployment]] = {each: [] for each in DeploymentEnvironment}
        for live in (row for row in self.standing if row.is_live):
            kept = [row for row in self.kept if row.environment is live.environment]
            found[live.environment] = targets_beside(live, kept)
        return found


def _read(session: Session, app_id: UUID, limit: int, before: sa.ColumnElement[bool] | None = None) -> _Known:
    """In one query: as of it at most one publish of an environment is live, whatever was read earlier.

    `limit` is for `newest`, and so is `before`.
    """
    key, of_app = col(Deployment.id), col(Deployment.app_id) == app_id
    newest = sa.select(key).where(of_app, sa.true() if before is None else before).order_by(*_NEWEST).limit(limit)
    is_newest = key.in_(newest)
    is_asked = sa.and_(col(Deployment.needs_approval), col(Deployment.status) == DeploymentStatus.PENDING)
    is_standing = sa.or_(col(Deployment.is_live), is_tried())
    last_live = col(Deployment.deploy_completed_at).desc()
    place = sa.func.row_number().over(partition_by=col(Deployment.environment), order_by=last_live)
    ranked = sa.select(key, place.label("place")).where(of_app, is_kept()).subquery()
    is_one_kept = key.in_(sa.select(ranked.c.id).where(ranked.c.place <= KEPT_VERSIONS))
    source = aliased(Deployment)
    query = (
        sa.select(Deployment, col(User.name), col(source.environment))
        .add_columns(is_newest, is_asked, is_standing, is_one_kept)
        .outerjoin(User, col(User.id) == col(Deployment.user_id))
        .outerjoin(source, col(source.id) == col(Deployment.promoted_from_id))
        .where(of_app, sa.or_(is_newest, is_asked, is_standing, is_one_kept))
        .order_by(*_NEWEST)
        .execution_options(populate_existing=True)
    )
    known = _Known()
    for row, who, came_from, *belongs in session.execute(query):
        for rows, is_one in zip((known.newest, known.asked, known.standing, known.kept), belongs, strict=True):
            if is_one:
                rows.append(row)
        known.names[row.user_id] = who or ""
        if row.promoted_from_id and came_from:
            known.moved[row.promoted_from_id] = came_from.value
    known.kept.sort(key=lambda row: row.deploy_completed_at or row.updated_at, reverse=True)
    return known


def _view(
    row: Deployment,
    names: dict[UUID, str],
    *,
    kept: frozenset[UUID],
    moved: dict[UUID, str],
    log: tuple[str, ...] = (),
) -> DeploymentView:
    ended = row.deploy_completed_at or row.updated_at
    asked = row.created_at if row.approved_by_id is None else _began(row)
    came_from = moved.get(row.promoted_from_id, "") if row.promoted_from_id else ""
    return DeploymentView(
        id=str(row.id),
        version=row.version,
        environment=row.environment,
        status=row.status,
        percent=_PERCENT.get(row.status, 100),
        url=row.url,
        error=row.error,
        who=names.get(row.user_id, ""),
        size=row.size,
        seconds=round((ended - asked).total_seconds(), 2),
        build_seconds=_seconds(row.build_started_at, row.build_completed_at),
        deploy_seconds=_seconds(row.deploy_started_at, row.deploy_completed_at),
        created_at=row.created_at,
        is_live=row.is_live,
        is_final=row.status.is_final,
        is_trial=is_trial(row),
        canary_percent=row.canary_percent,
        needs_approval=row.needs_approval,
        is_stopping=row.cancel_requested and not row.status.is_final,
        promoted_from="" if came_from == row.environment else came_from,  # it may have got other variables
        can_roll_back=row.id in kept,
        log=log,
    )


def _began(row: Deployment) -> datetime:
    """Its first step."""
    return row.build_started_at or row.deploy_started_at or row.created_at


def _seconds(began: datetime | None, ended: datetime | None) -> float:
    """0 only of what did not happen."""
    return max(0.001, round((ended - began).total_seconds(), 3)) if began and ended else 0.0
