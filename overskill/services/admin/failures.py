"""Publishes that failed: why, in a sentence, and their whole log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.errors import NotFound
from overskill.models import App, Deployment, DeploymentStatus, User
from overskill.services.deployments.view import log_text
from overskill.services.progress import ProgressLog

MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class FailedDeployment:
    id: str
    app_id: str
    app: str
    slug: str
    owner: str
    version: int
    environment: str
    builder: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeploymentLog:
    app: str
    error: str
    text: str


def failed_deployments(
    session: Session, *, limit: int = MOST_LISTED, app_id: UUID | None = None
) -> list[FailedDeployment]:
    """The newest first."""
    query = (
        select(Deployment, App.name, App.slug, User.email)
        .join(App, col(App.id) == Deployment.app_id)
        .join(User, col(User.id) == Deployment.user_id)
        .where(Deployment.status == DeploymentStatus.FAILED)
        .order_by(col(Deployment.created_at).desc())
        .limit(limit)
    )
    if app_id is not None:
        query = query.where(Deployment.app_id == app_id)
    return [
        FailedDeployment(
            id=str(row.id),
            app_id=str(row.app_id),
            app=name,
            slug=slug,
            owner=email,
            version=row.version,
            environment=row.environment.value,
            builder=row.builder,
            error=row.error,
            at=row.created_at,
        )
        for row, name, slug, email in session.exec(query)
    ]


def read_log(session: Session, deployment_id: UUID, log: ProgressLog) -> DeploymentLog:
    """Of any publish. Raises NotFound."""
    row = session.get(Deployment, deployment_id)
    if row is None:
        raise NotFound("This publish is gone: its app was deleted. Reload the page.")
    name = session.get_one(App, row.app_id).name
    return DeploymentLog(name, row.error, log_text(row, log))
