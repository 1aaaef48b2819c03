"""Putting an earlier publish back: nothing is built or uploaded."""

from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.db import after_commit
from overskill.errors import Conflict
from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.services.accounts.audit import record
from overskill.services.apps.access import refuse_suspended
from overskill.services.apps.findings import known_findings, refuse_critical
from overskill.services.apps.versions import find_version
from overskill.services.deployments.live import live_deployment, mark_live, rollback_targets
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.request import get_deployment, refuse_unless_allowed
from overskill.services.deployments.serving import tell_edge
from overskill.services.deployments.switch_lock import lock_switch
from overskill.services.deployments.trial import end_trial
from overskill.services.generation.requests import app_topic


def roll_back(
    session: Session,
    app: App,
    user_id: UUID,
    publisher: Publisher,
    *,
    environment: DeploymentEnvironment = DeploymentEnvironment.PRODUCTION,
    deployment_id: UUID | None = None,
) -> Deployment:
    """Put a publish back on the air at once: the one asked for, else the one before the live one. Returns it.

    Raises Conflict when its bytes are not kept any more, and when its version is unsafe or was never scanned;
    NotAllowed for an editor where the environment is protected.
    """
    if deployment_id is not None:
        environment = get_deployment(session, app.id, deployment_id).environment
    refuse_suspended(app)
    refuse_unless_allowed(session, app, user_id, environment)
    lock_switch(session, app.id, environment)
    live = live_deployment(session, app.id, environment)
    target = _target(session, app, environment, deployment_id)
    if live is None or target is None:
        raise Conflict("There is no earlier publish to go back to.")
    _refuse_unsafe(session, target)
    tell_edge(session, app, environment, routes=publisher.routes, settings=publisher.settings, canary=0)
    publisher.edge.activate(environment, app.slug, target.edge_version)
    end_trial(session, app, environment, "An earlier publish was put back meanwhile.", publisher)
    live.status = DeploymentStatus.ROLLED_BACK
    target.status = DeploymentStatus.DEPLOYED
    session.add(live)
    mark_live(session, target)
    record(session, "deployment.rolled_back", user_id, subject=f"app:{app.id} {environment} version:{target.version}")
    after_commit(session, partial(publisher.log.ring, app_topic(app.id)))
    return target


def _target(
    session: Session, app: App, environment: DeploymentEnvironment, deployment_id: UUID | None
) -> Deployment | None:
    targets = rollback_targets(session, app.id, environment)
    if deployment_id is None:
        return next((row for row in targets if row.status is DeploymentStatus.DEPLOYED), None)
    return next((row for row in targets if row.id == deployment_id), None)


def _refuse_unsafe(session: Session, target: Deployment) -> None:
    """What was published before there were scans has none, and a scan takes too long to wait for with a row locked."""
    findings = known_findings(find_version(session, target.app_id, target.version))
    if findings is None:
        raise Conflict(
            f"Version {target.version} was never checked for unsafe code. Restore it under Versions and publish it."
        )
    refuse_critical(findings)
