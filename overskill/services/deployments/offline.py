"""Taking an app off the air: written down, then done at the edge with no row locked, and again until it is done."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from overskill.clients.edge_names import canary_script
from overskill.clients.jobs import JobQueue
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import App, AppStatus, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.services.deployments.live import find_trial, mark_off
from overskill.services.deployments.offline_wishes import OfflineWishes
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import tell_taken_down
from overskill.services.deployments.switch_lock import switching
from overskill.services.generation.requests import app_topic

TAKE_OFF_JOB = "overskill.jobs.deploy.take_off"
STILL_SHOWN = (
    "The edge does not answer, so the app is still at its address. It goes offline by itself once the edge answers."
)
AGAIN_AFTER = timedelta(seconds=15)
_TRIED = "The app was taken off the air while this was tried on some visitors."

log = logging.getLogger(__name__)


def wish_offline(session: Session, app: App, wishes: OfflineWishes) -> None:
    """What the app shows now is to go; what is published from now on is not. `take_off_the_air` does it.

    A deleted or suspended app needs no wish: nothing of it is to be shown.
    """
    shown = session.exec(select(Deployment.id).where(Deployment.app_id == app.id, _is_shown())).all()
    if shown:
        after_commit(session, partial(wishes.add, shown))


def take_off_the_air(app_id: UUID, publisher: Publisher) -> bool:
    """Do it now. False: the edge does not answer, and is asked again until it does (`put_back_lost_removals`)."""
    try:
        for environment in DeploymentEnvironment:
            take_off(app_id, environment, publisher)
    except OverskillError as away:
        log.warning("an app could not be taken off the air yet: %s", away.message, extra={"app": str(app_id)})
        return False
    return True


def take_off(app_id: UUID, environment: DeploymentEnvironment, publisher: Publisher) -> None:
    """One environment of it, unless something else was published there meanwhile. Raises Unavailable."""
    with switching(app_id, environment):
        with transaction() as session:
            app = session.get(App, app_id)
            shown, is_held = _shown(session, app_id, environment), _is_held(session, app_id, environment)
        is_barred = app is not None and (app.status is AppStatus.DELETED or app.suspended_at is not None)
        if app is None or not (is_held if is_barred else any(map(publisher.offline_wishes.has, shown))):
            return
        publisher.edge.remove(environment, app.slug)
        publisher.edge.remove(environment, canary_script(app.slug))
        if app.suspended_at is not None or any(str(one) in app.taken_down for one in shown):
            tell_taken_down(app, environment, routes=publisher.routes)
        with transaction() as session:
            if trial := find_trial(session, app_id, environment):
                trial.status, trial.canary_percent, trial.error = DeploymentStatus.ROLLED_BACK, 0, _TRIED
                session.add(trial)
            mark_off(session, app_id, environment)
    publisher.offline_wishes.discard(shown)
    publisher.log.ring(app_topic(app_id))


def put_back_lost_removals(session: Session, queue: JobQueue, wishes: OfflineWishes) -> int:
    """Enqueue what is still shown though it is to go. Returns how many; what is shown no more is no wish any more."""
    wished = wishes.older_than(AGAIN_AFTER)
    is_barred = (col(App.status) == AppStatus.DELETED) | col(App.suspended_at).is_not(None)
    is_to_go = col(Deployment.id).in_(wished) | is_barred
    rows = session.exec(
        select(Deployment.id, Deployment.app_id, Deployment.environment)
        .join(App, col(App.id) == Deployment.app_id)
        .where(_is_shown(), is_to_go)
    ).all()
    wishes.discard(set(wished) - {deployment_id for deployment_id, _, _ in rows})
    places = {(str(app_id), str(environment)) for _, app_id, environment in rows}
    for place in sorted(places):
        after_commit(session, partial(queue.enqueue, TAKE_OFF_JOB, *place, queue="deploy"))
    return len(places)


def _shown(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> Sequence[UUID]:
    is_here = (Deployment.app_id == app_id, Deployment.environment == environment)
    return session.exec(select(Deployment.id).where(*is_here, _is_shown())).all()


def _is_held(session: Session, app_id: UUID, environment: DeploymentEnvironment) -> bool:
    """Whether the edge may have a version of it: of a switch that was broken off, no row says that it is shown."""
    is_here = (Deployment.app_id == app_id, Deployment.environment == environment, Deployment.edge_version != "")
    return session.exec(select(Deployment.id).where(*is_here)).first() is not None


def _is_shown() -> ColumnElement[bool]:
    """To everybody, or to some visitors on trial."""
    is_trial = (col(Deployment.status) == DeploymentStatus.DEPLOYED) & (col(Deployment.canary_percent) > 0)
    return col(Deployment.is_live) | is_trial
