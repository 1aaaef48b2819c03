"""What is on the air, what was before, and which of it can be put back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.models.columns import rows_beside

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


def is_tried() -> ColumnElement[bool]:
    """As `is_trial`, of the rows of a query."""
    return and_(col(Deployment.status) == DeploymentStatus.DEPLOYED, col(Deployment.canary_percent) > 0)


def find_trial(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> Deployment | None:
    return session.exec(
        select(Deployment)
        .where(Deployment.app_id == app_id, Deployment.environment == environment, is_tried())
        .order_by(col(Deployment.created_at).desc())
    ).first()


def trials_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps: the rows that `find_trial` chooses from, of all environments, for `rows_in`."""
    is_of_the_app = col(Deployment.app_id) == col(App.id)
    return rows_beside(Deployment, is_of_the_app, is_tried(), in_order=(col(Deployment.created_at).desc(),))


def live_url_beside() -> sa.ScalarSelect[Any]:
    """A column for a query of apps: the address that shows production, None while nothing is live."""
    is_live = (Deployment.app_id == App.id, Deployment.environment == DeploymentEnvironment.PRODUCTION)
    return select(Deployment.url).where(*is_live, col(Deployment.is_live)).scalar_subquery()


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
