"""What is on the air, what was before, and which of it can be put back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from overskill.models import Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now

KEPT_VERSIONS = 3


def live_deployment(
    session: Session, app_id: UUID, environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION
) -> Deployment | None:
    """What the app's address shows now."""
    return session.exec(
        select(Deployment).where(
            Deployment.app_id == app_id, Deployment.environment == environment, col(Deployment.is_live)
        )
    ).one_or_none()


def kept_deployments(
    session: Session, app_id: UUID, environment: DeploymentEnvironment, *, limit: int = KEPT_VERSIONS
) -> Sequence[Deployment]:
    """The last publishes that went live, newest first: theirs are the versions that are not pruned."""
    return session.exec(
        select(Deployment)
        .where(
            Deployment.app_id == app_id,
            Deployment.environment == environment,
            is_kept(),
        )
        .order_by(col(Deployment.deploy_completed_at).desc())
        .limit(limit)
    ).all()


def rollback_targets(
    session: Session, app_id: UUID, environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION
) -> list[Deployment]:
    """Publishes whose bytes the edge still keeps, newest first; none of them is live or tried on some visitors."""
    live = live_deployment(session, app_id, environment)
    if live is None:
        return []
    return targets_beside(live, kept_deployments(session, app_id, environment))


def targets_beside(live: Deployment, kept: Iterable[Deployment]) -> list[Deployment]:
    """Of the same environment."""
    return [row for row in kept if row.edge_version != live.edge_version and not is_trial(row)]


def is_kept() -> ColumnElement[bool]:
    """Whether it went live once; of those the last few are kept."""
    return and_(
        col(Deployment.edge_version) != "",
        col(Deployment.status).in_([DeploymentStatus.DEPLOYED, DeploymentStatus.ROLLED_BACK]),
    )


def is_trial(row: Deployment) -> bool:
    """Whether some of the visitors are shown it right now, as a canary."""
    return row.canary_percent > 0 and row.status is DeploymentStatus.DEPLOYED


def find_trial(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> Deployment | None:
    return session.exec(
        select(Deployment)
        .where(
            Deployment.app_id == app_id,
            Deployment.environment == environment,
            Deployment.status == DeploymentStatus.DEPLOYED,
            col(Deployment.canary_percent) > 0,
        )
        .order_by(col(Deployment.created_at).desc())
    ).first()


def mark_live(session: Session, deployment: Deployment) -> None:
    """This one is on the air now, and no other of the same app and environment."""
    mark_off(session, deployment.app_id, deployment.environment)
    deployment.is_live = True
    deployment.last_progress_at = utc_now()
    session.add(deployment)


def mark_off(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> None:
    session.exec(
        update(Deployment)
        .where(col(Deployment.app_id) == app_id, col(Deployment.environment) == environment, col(Deployment.is_live))
        .values(is_live=False)
    )
