"""What the publish panel shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.bundler import Finding
from overskill.models import App, Deployment, DeploymentStatus
from overskill.services.apps.findings import known_findings
from overskill.services.apps.versions import find_version
from overskill.services.deployments.request import deployment_topic, get_deployment, live_deployment, rollback_targets
from overskill.services.progress import ProgressLog

_PERCENT = {
    DeploymentStatus.PENDING: 5,
    DeploymentStatus.BUILDING: 25,
    DeploymentStatus.DEPLOYING: 75,
}


@dataclass(frozen=True)
class DeploymentView:
    id: str
    version: int
    status: str
    percent: int
    url: str
    error: str
    size: int  # bytes
    seconds: float  # from request to end
    created_at: datetime
    is_live: bool
    is_final: bool
    log: tuple[str, ...]


@dataclass(frozen=True)
class PublishView:
    """`latest` is the newest publish, `live_url` what the address shows now ("" when nothing is live)."""

    latest: DeploymentView | None
    live_version: int
    live_url: str
    can_roll_back_to: int  # version number, 0: nowhere
    has_changes: bool  # the app differs from what is live
    in_gallery: bool  # whether everybody finds it on the start page while it is live
    findings: tuple[Finding, ...] | None  # of the current version; None: not scanned yet
    history: tuple[DeploymentView, ...]


def view_deployment(session: Session, app_id: UUID, deployment_id: UUID, log: ProgressLog) -> DeploymentView:
    """One publish with the lines of its log."""
    row = get_deployment(session, app_id, deployment_id)
    lines = tuple(entry["text"] for entry in log.tail(deployment_topic(deployment_id)))
    return _view(row, lines)


def view_publishing(session: Session, app: App, log: ProgressLog, *, limit: int = 10) -> PublishView:
    newest = select(Deployment).where(Deployment.app_id == app.id).order_by(col(Deployment.created_at).desc())
    # As of this one query, whatever was read before: at most one of them is live.
    rows = session.exec(newest.limit(limit).execution_options(populate_existing=True)).all()
    live = next((row for row in rows if row.is_live), None) or live_deployment(session, app.id)
    targets = rollback_targets(session, app.id) if live else []
    latest = view_deployment(session, app.id, rows[0].id, log) if rows else None
    return PublishView(
        latest=latest,
        live_version=live.version if live else 0,
        live_url=live.url if live else "",
        can_roll_back_to=targets[0].version if targets else 0,
        has_changes=live is None or live.version != app.current_version,
        in_gallery=app.in_gallery,
        findings=_findings(session, app),
        history=tuple(_view(row) for row in rows),
    )


def _findings(session: Session, app: App) -> tuple[Finding, ...] | None:
    if app.current_version == 0:
        return None
    return known_findings(find_version(session, app.id, app.current_version))


def _view(row: Deployment, log: tuple[str, ...] = ()) -> DeploymentView:
    ended = row.deploy_completed_at or row.updated_at
    return DeploymentView(
        id=str(row.id),
        version=row.version,
        status=row.status,
        percent=_PERCENT.get(row.status, 100),
        url=row.url,
        error=row.error,
        size=row.size,
        seconds=round((ended - row.created_at).total_seconds(), 2),
        created_at=row.created_at,
        is_live=row.is_live,
        is_final=row.status.is_final,
        log=log,
    )
