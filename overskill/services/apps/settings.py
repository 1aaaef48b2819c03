"""What an app is called, where it is, and whose it is."""

import re
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from overskill.errors import Conflict, InvalidInput, NotAllowed
from overskill.models import App, Deployment, DeploymentStatus
from overskill.services.apps.access import may_change_apps
from overskill.services.apps.create import check_room
from overskill.services.apps.naming import LONGEST_SLUG, RESERVED_SLUGS

LONGEST_DESCRIPTION = 300
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def describe_app(session: Session, app: App, description: str) -> None:
    cleaned = " ".join(description.split())
    if len(cleaned) > LONGEST_DESCRIPTION:
        raise InvalidInput(f"A description has at most {LONGEST_DESCRIPTION} characters.", field="description")
    if not cleaned.isprintable():
        raise InvalidInput("The description has characters that can't be shown.", field="description")
    app.description = cleaned
    session.add(app)


def change_slug(session: Session, app: App, slug: str) -> None:
    """Give the app another address. The caller holds the app's row lock.

    What is published is found under the address it was published at, so a live app keeps it. Raises Conflict while the
    app is live or being published, InvalidInput for an address that can't be had.
    """
    wanted = slug.strip().lower()
    if wanted == app.slug:
        return
    if not _SLUG.fullmatch(wanted) or len(wanted) > LONGEST_SLUG:
        raise InvalidInput(
            f"An address has letters a-z, digits and single hyphens, at most {LONGEST_SLUG}.", field="slug"
        )
    if wanted in RESERVED_SLUGS:
        raise InvalidInput(f"“{wanted}” is kept for OverSkill itself. Choose another address.", field="slug")
    _refuse_while_published(session, app)
    try:
        with session.begin_nested():
            app.slug = wanted
            session.add(app)
            session.flush()
    except IntegrityError as error:
        if "slug" not in str(error.orig):
            raise
        raise InvalidInput(f"Another app has the address “{wanted}”. Choose another one.", field="slug") from error
    # What was published under the address before can't be put back under this one.
    session.exec(update(Deployment).where(col(Deployment.app_id) == app.id).values(edge_version=""))


def _refuse_while_published(session: Session, app: App) -> None:
    unfinished = [DeploymentStatus.PENDING, DeploymentStatus.BUILDING, DeploymentStatus.DEPLOYING]
    is_bound = col(Deployment.is_live) | col(Deployment.status).in_(unfinished)
    if session.exec(select(Deployment.id).where(Deployment.app_id == app.id, is_bound)).first() is not None:
        raise Conflict(
            "The app is published at its address, and links to it would break. Take it offline first, then change the "
            "address and publish it again."
        )


def move_app(session: Session, app: App, user_id: UUID, team_id: UUID) -> None:
    """Into another team the user may change apps of. Raises NotAllowed, or LimitReached where it has no room."""
    if not may_change_apps(session, user_id, team_id):
        raise NotAllowed("You can't put apps into that team. Ask its owner for the editor role.")
    if team_id != app.team_id:
        check_room(session, team_id)
        app.team_id = team_id
        session.add(app)
