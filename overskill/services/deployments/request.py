"""Asking for a publish, and putting an earlier one back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from overskill.clients.edge import Edge
from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict, NotFound
from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.apps.findings import known_findings, refuse_critical
from overskill.services.apps.versions import find_version
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog

DEPLOY_JOB = "overskill.jobs.deploy.deploy"
KEPT_VERSIONS = 3


def deployment_topic(deployment_id: UUID) -> str:
    return f"deployment:{deployment_id}"


def request_deployment(
    session: Session,
    app: App,
    user_id: UUID,
    *,
    queue: JobQueue,
    log: ProgressLog,
    environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION,
) -> Deployment:
    """Queue a publish of the app's current version.

    Raises Conflict when there is nothing to publish yet, and when the version is known to be unsafe. One that was not
    scanned yet is scanned when it is published.
    """
    if app.current_version == 0:
        raise Conflict("There is nothing to publish yet. Wait until the first version is written.")
    version = find_version(session, app.id, app.current_version)
    if not version.builds:
        raise Conflict("This version does not compile, so it can't be published. Ask for a fix, or undo it.")
    refuse_critical(known_findings(version) or ())
    deployment = Deployment(app_id=app.id, user_id=user_id, version=app.current_version, environment=environment)
    session.add(deployment)
    session.flush()
    key = str(deployment.id)
    after_commit(session, lambda: queue.enqueue(DEPLOY_JOB, key, queue="deploy"))
    after_commit(session, lambda: log.ring(app_topic(app.id)))
    return deployment


def get_deployment(session: Session, app_id: UUID, deployment_id: UUID) -> Deployment:
    deployment = session.get(Deployment, deployment_id)
    if deployment is None or deployment.app_id != app_id:
        raise NotFound("There is no such deployment of this app.")
    return deployment


def live_deployment(
    session: Session, app_id: UUID, environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION
) -> Deployment | None:
    """What the app's address shows now."""
    return session.exec(
        select(Deployment).where(
            Deployment.app_id == app_id, Deployment.environment == environment, col(Deployment.is_live)
        )
    ).one_or_none()


def rollback_targets(
    session: Session, app_id: UUID, environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION
) -> list[Deployment]:
    """Earlier deployments whose bytes the edge still keeps, newest first; none of them is live."""
    live = live_deployment(session, app_id, environment)
    kept = kept_deployments(session, app_id, environment)
    return [
        row
        for row in kept
        if row.status is DeploymentStatus.DEPLOYED and (live is None or row.edge_version != live.edge_version)
    ]


def kept_deployments(
    session: Session, app_id: UUID, environment: DeploymentEnvironment, *, limit: int = KEPT_VERSIONS
) -> Sequence[Deployment]:
    """The last publishes that went live, newest first: theirs are the versions that are not pruned."""
    return session.exec(
        select(Deployment)
        .where(
            Deployment.app_id == app_id,
            Deployment.environment == environment,
            Deployment.edge_version != "",
            col(Deployment.status).in_([DeploymentStatus.DEPLOYED, DeploymentStatus.ROLLED_BACK]),
        )
        .order_by(col(Deployment.deploy_completed_at).desc())
        .limit(limit)
    ).all()


def roll_back(session: Session, app: App, *, edge: Edge, log: ProgressLog) -> Deployment:
    """Put the previous publish back on the air at once: nothing is built or uploaded. Returns it.

    Raises Conflict when there is none, and when that version is unsafe or was never scanned. The caller holds the
    app's row lock.
    """
    live = live_deployment(session, app.id)
    targets = rollback_targets(session, app.id)
    if live is None or not targets:
        raise Conflict("There is no earlier publish to go back to.")
    target = targets[0]
    _refuse_unsafe(session, target)
    edge.activate(target.environment, app.slug, target.edge_version)
    live.status = DeploymentStatus.ROLLED_BACK
    session.add(live)
    mark_live(session, target)
    after_commit(session, lambda: log.ring(app_topic(app.id)))
    return target


def _refuse_unsafe(session: Session, target: Deployment) -> None:
    """What was published before there were scans has none, and a scan takes too long to wait for with a row locked."""
    findings = known_findings(find_version(session, target.app_id, target.version))
    if findings is None:
        raise Conflict(
            f"Version {target.version} was never checked for unsafe code. Restore it under Versions and publish it."
        )
    refuse_critical(findings)


def mark_live(session: Session, deployment: Deployment) -> None:
    """This one is on the air now, and no other of the same app and environment."""
    session.exec(
        update(Deployment)
        .where(
            col(Deployment.app_id) == deployment.app_id,
            col(Deployment.environment) == deployment.environment,
            col(Deployment.id) != deployment.id,
        )
        .values(is_live=False)
    )
    deployment.is_live = True
    deployment.last_progress_at = utc_now()
    session.add(deployment)


def take_off_the_air(session: Session, app: App, *, edge: Edge) -> None:
    """Remove the app from every environment it was published to. Its history stays."""
    for environment in DeploymentEnvironment:
        edge.remove(environment, app.slug)
    session.exec(update(Deployment).where(col(Deployment.app_id) == app.id).values(is_live=False))
