"""What the publish panel shows somebody, without a browser."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.container import Container
from overskill.models import App, Role
from overskill.services.deployments import (
    DeploymentView,
    PublishView,
    deployment_beside,
    deployment_in,
    publishing_beside,
    view_publishing,
)


def publishing_of(session: Session, app: App, services: Container, **how: Any) -> PublishView:
    """To its owner."""
    beside = _beside(session, app.id, publishing_beside())
    return view_publishing(session, app, Role.OWNER, beside, services.progress, settings=services.settings, **how)


def deployment_of(session: Session, app_id: UUID, deployment_id: UUID, services: Container) -> DeploymentView:
    return deployment_in(_beside(session, app_id, deployment_beside(deployment_id)), services.progress)


def _beside(session: Session, app_id: UUID, columns: Sequence[sa.ScalarSelect[Any]]) -> Sequence[Any]:
    return session.execute(sa.select(*columns).select_from(App).where(col(App.id) == app_id)).one()
