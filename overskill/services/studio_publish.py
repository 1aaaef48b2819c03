"""What the publish tab does with one app of one user. As in studio.py, every function checks both."""

from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.edge_routes import EdgeRoutes
from overskill.clients.jobs import JobQueue
from overskill.config import Settings
from overskill.db import after_commit
from overskill.models import App, Deployment
from overskill.services.apps.access import app_to_change, app_to_read, app_to_switch, visit_app
from overskill.services.deployments import Publisher, get_deployment, request_deployment, roll_back
from overskill.services.deployments.request import (
    approve,
    cancel,
    decline,
    request_promotion,
    request_refresh,
    request_retry,
)
from overskill.services.deployments.serving import Serving, end_private_links, private_link, save_serving
from overskill.services.deployments.trial import decide_trial
from overskill.services.deployments.usage import TrafficRows, traffic_beside, traffic_in
from overskill.services.deployments.view import (
    DeploymentView,
    EarlierView,
    deployment_beside,
    deployment_in,
    log_text,
    view_earlier,
)
from overskill.services.generation import app_topic
from overskill.services.progress import ProgressLog
from overskill.services.studio_settings import environment_of


def publish(
    session: Session,
    user_id: UUID,
    slug: str,
    environment: str,
    canary_percent: int = 0,
    *,
    queue: JobQueue,
    log: ProgressLog,
) -> Deployment:
    """Queue a publish of the current version; its id is for watching it. Raises Conflict when it can't be."""
    app = app_to_change(session, user_id, slug)
    place = environment_of(environment)
    return request_deployment(
        session, app, user_id, queue=queue, log=log, environment=place, canary_percent=canary_percent
    )


def promote(
    session: Session, user_id: UUID, slug: str, source: str, target: str, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    """Queue what one environment shows for another, without a build. Raises Conflict where there is nothing."""
    app = app_to_change(session, user_id, slug)
    moved, to = environment_of(source), environment_of(target)
    return request_promotion(session, app, user_id, moved, to, queue=queue, log=log)


def apply_variables(
    session: Session, user_id: UUID, slug: str, environment: str, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    """Queue what an environment shows with the variables that it has now, without a build."""
    app = app_to_change(session, user_id, slug)
    return request_refresh(session, app, user_id, environment_of(environment), queue=queue, log=log)


def retry_publish(
    session: Session, user_id: UUID, slug: str, deployment_id: UUID, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    app = app_to_change(session, user_id, slug)
    return request_retry(session, app, user_id, deployment_id, queue=queue, log=log)


def cancel_publish(session: Session, user_id: UUID, slug: str, deployment_id: UUID, *, log: ProgressLog) -> Deployment:
    return cancel(session, app_to_change(session, user_id, slug), user_id, deployment_id, log=log)


def approve_publish(
    session: Session, user_id: UUID, slug: str, deployment_id: UUID, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    return approve(session, app_to_change(session, user_id, slug), user_id, deployment_id, queue=queue, log=log)


def decline_publish(session: Session, user_id: UUID, slug: str, deployment_id: UUID, *, log: ProgressLog) -> Deployment:
    return decline(session, app_to_change(session, user_id, slug), user_id, deployment_id, log=log)


def put_back(
    session: Session,
    user_id: UUID,
    slug: str,
    publisher: Publisher,
    *,
    environment: str = "production",
    deployment_id: UUID | None = None,
) -> Deployment:
    """Put an earlier publish back: the one asked for, else the one before the live one. Raises Conflict without one."""
    app = app_to_switch(session, user_id, slug)
    place = environment_of(environment)
    return roll_back(session, app, user_id, publisher, environment=place, deployment_id=deployment_id)


def end_trial_by_hand(
    session: Session, user_id: UUID, slug: str, deployment_id: UUID, publisher: Publisher, *, is_good: bool
) -> Deployment:
    app = app_to_switch(session, user_id, slug)
    return decide_trial(session, app, user_id, deployment_id, publisher, is_good=is_good)


def change_serving(
    session: Session,
    user_id: UUID,
    slug: str,
    environment: str,
    wanted: Serving,
    *,
    routes: EdgeRoutes,
    log: ProgressLog,
    settings: Settings,
) -> None:
    app = app_to_switch(session, user_id, slug)
    save_serving(session, app, user_id, environment_of(environment), wanted, routes=routes, settings=settings)
    _ring(session, app, log)


def make_private_link(
    session: Session, user_id: UUID, slug: str, environment: str, hours: int, *, settings: Settings
) -> str:
    app = app_to_change(session, user_id, slug)
    return private_link(session, app, user_id, environment_of(environment), hours, settings=settings)


def end_links(
    session: Session, user_id: UUID, slug: str, environment: str, *, routes: EdgeRoutes, settings: Settings
) -> None:
    app = app_to_switch(session, user_id, slug)
    end_private_links(session, app, user_id, environment_of(environment), routes=routes, settings=settings)


def watch_publish(session: Session, token: str, slug: str, deployment_id: UUID, *, log: ProgressLog) -> DeploymentView:
    """`token` is that of their cookie. Raises SignInRequired and NotFound."""
    return deployment_in(visit_app(session, token, slug, *deployment_beside(deployment_id)).beside, log)


def read_traffic(session: Session, token: str, slug: str) -> TrafficRows:
    """For `view_traffic`. `token` is that of their cookie. Raises SignInRequired and NotFound."""
    visit = visit_app(session, token, slug, *traffic_beside())
    return traffic_in(visit.app.slug, visit.beside)


def earlier_publishes(session: Session, user_id: UUID, slug: str, deployment_id: UUID) -> EarlierView:
    return view_earlier(session, app_to_read(session, user_id, slug), deployment_id)


def read_log(session: Session, user_id: UUID, slug: str, deployment_id: UUID, *, log: ProgressLog) -> str:
    """The log of one publish, as text for a file."""
    app = app_to_read(session, user_id, slug)
    return log_text(get_deployment(session, app.id, deployment_id), log)


def _ring(session: Session, app: App, log: ProgressLog) -> None:
    after_commit(session, partial(log.ring, app_topic(app.id)))
