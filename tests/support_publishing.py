"""What the publish panel shows somebody, without a browser."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.container import Container
from overskill.models import App, Role
from overskill.services.deployments import PublishView, publishing_beside, view_publishing


def publishing_of(session: Session, app: App, services: Container, **how: Any) -> PublishView:
    """To its owner."""
    beside = session.execute(sa.select(*publishing_beside()).select_from(App).where(col(App.id) == app.id)).one()
    return view_publishing(session, app, Role.OWNER, beside, services.progress, settings=services.settings, **how)
