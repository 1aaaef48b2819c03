"""Asking for a publish: of what is new, of what another environment shows, or once more; and taking it back."""

from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit
from overskill.errors import Conflict, InvalidInput, NotAllowed, NotFound
from overskill.models import App, AppVersion, Deployment, DeploymentEnvironment, DeploymentStatus, User
from overskill.models.base import utc_now
from overskill.services.accounts.audit import record
from overskill.services.apps.access import may_decide, refuse_suspended
from overskill.services.apps.findings import known_findings, refuse_critical
from overskill.services.apps.versions import find_version
from overskill.services.deployments.live import live_deployment
from overskill.services.deployments.serving import serving_of
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog

DEPLOY_JOB = "overskill.jobs.deploy.deploy"
CANARY_STEPS = (5, 10, 25, 50)  # percent of the visitors
NO_DEPLOYMENT = "There is no such deployment of this app."


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
    canary_percent: int = 0,
    version: int | None = None,
) -> Deployment:
    """Queue a publish of this version, or of the app's current one. To a protected environment, unless the user may
    approve, it waits.

    Raises Conflict when there is nothing to publish yet, and when the version is known to be unsafe. One that was not
    scanned yet is scanned when it is published.
    """
    if app.current_version == 0:
        raise Conflict("There is nothing to publish yet. Wait until the first version is written.")
    version = app.current_version if version is None else version
    _check_version(find_version(session, app.id, version))
    if canary_percent not in (0, *CANARY_STEPS):
        raise InvalidInput("Choose how many of the visitors get it first.", field="canary")
    if canary_percent and live_deployment(session, app.id, environment) is None:
        raise Conflict(f"Nothing is live in {environment} that it could be compared with. Publish to everybody first.")
    row = Deployment(
        app_id=app.id,
        user_id=user_id,
        version=version,
        environment=environment,
        canary_percent=canary_percent,
    )
    return _request(session, app, row, queue=queue, log=log)


def request_promotion(
    session: Session,
    app: App,
    user_id: UUID,
    source: DeploymentEnvironment,
    target: DeploymentEnvironment,
    *,
    queue: JobQueue,
    log: ProgressLog,
) -> Deployment:
    """Queue what `source` shows for `target`: the same bytes, with the target's variables. Nothing is built.

    Raises Conflict when nothing is live there, or the target shows that version already.
    """
    shown, there = live_deployment(session, app.id, source), live_deployment(session, app.id, target)
    if source is target or shown is None:
        raise Conflict(f"Nothing is live in {source} that could be moved to {target}.")
    if there is not None and there.promoted_from_id == shown.id:
        raise Conflict(f"Version {shown.version} was moved from {source} to {target} already.")
    _check_version(find_version(session, app.id, shown.version))
    row = Deployment(
        app_id=app.id, user_id=user_id, version=shown.version, environment=target, promoted_from_id=shown.id
    )
    return _request(session, app, row, queue=queue, log=log)


def request_refresh(
    session: Session,
    app: App,
    user_id: UUID,
    environment: DeploymentEnvironment,
    *,
    queue: JobQueue,
    log: ProgressLog,
) -> Deployment:
    """Queue what an environment shows once more, with the variables and secrets that it has now. Nothing is built.

    Raises Conflict when nothing is live there.
    """
    shown = live_deployment(session, app.id, environment)
    if shown is None:
        raise Conflict(f"Nothing is live in {environment}. What is published there next has the variables.")
    _check_version(find_version(session, app.id, shown.version))
    row = Deployment(
        app_id=app.id, user_id=user_id, version=shown.version, environment=environment, promoted_from_id=shown.id
    )
    return _request(session, app, row, queue=queue, log=log)


def request_retry(
    session: Session, app: App, user_id: UUID, deployment_id: UUID, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    """Queue a publish that failed or was cancelled once more, just as it was. Raises Conflict for any other."""
    failed = get_deployment(session, app.id, deployment_id)
    if failed.status not in (DeploymentStatus.FAILED, DeploymentStatus.CANCELLED):
        raise Conflict("This publish did not fail, so there is nothing to try again.")
    _check_version(find_version(session, app.id, failed.version))
    is_compared = live_deployment(session, app.id, failed.environment) is not None
    row = Deployment(
        app_id=app.id,
        user_id=user_id,
        version=failed.version,
        environment=failed.environment,
        promoted_from_id=failed.promoted_from_id,
        canary_percent=failed.canary_percent if is_compared else 0,
        retry_of_id=failed.id,
    )
    return _request(session, app, row, queue=queue, log=log)


def approve(
    session: Session, app: App, user_id: UUID, deployment_id: UUID, *, queue: JobQueue, log: ProgressLog
) -> Deployment:
    """Let a publish that waits go on. Raises NotAllowed for editors, and Conflict when it waits no longer."""
    refuse_suspended(app)
    row = _awaiting(session, app, user_id, deployment_id)
    row.needs_approval, row.approved_by_id, row.last_progress_at = False, user_id, utc_now()
    session.add(row)
    record(session, "deployment.approved", user_id, subject=f"app:{app.id} deployment:{row.id}")
    _enqueue(session, row, queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return row


def decline(session: Session, app: App, user_id: UUID, deployment_id: UUID, *, log: ProgressLog) -> Deployment:
    """End a publish that waits. Raises as `approve`."""
    row = _awaiting(session, app, user_id, deployment_id)
    row.approved_by_id = None
    name = session.get_one(User, user_id).name
    record(session, "deployment.declined", user_id, subject=f"app:{app.id} deployment:{row.id}")
    _end_at_once(session, row, f"{name} declined it. What was live before still is.", log)
    return row


def cancel(session: Session, app: App, user_id: UUID, deployment_id: UUID, *, log: ProgressLog) -> Deployment:
    """Stop a publish: at once while it waits, at its next step while it runs. Raises Conflict when it is over."""
    row = _locked(session, app, deployment_id)
    if row.status.is_final:
        raise Conflict("This publish is over already, so there is nothing to cancel.")
    record(session, "deployment.cancelled", user_id, subject=f"app:{app.id} deployment:{row.id}")
    if row.status is DeploymentStatus.PENDING:
        _end_at_once(session, row, "It was cancelled before it began.", log)
        return row
    row.cancel_requested = True
    session.add(row)
    after_commit(session, partial(log.ring, deployment_topic(row.id)))
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return row


def get_deployment(session: Session, app_id: UUID, deployment_id: UUID) -> Deployment:
    deployment = session.get(Deployment, deployment_id)
    if deployment is None or deployment.app_id != app_id:
        raise NotFound(NO_DEPLOYMENT)
    return deployment


def refuse_unless_allowed(session: Session, app: App, user_id: UUID, environment: DeploymentEnvironment) -> None:
    """For what changes at once what visitors see. Raises NotAllowed for an editor where it is protected."""
    if serving_of(session, app.id, environment).is_protected and not may_decide(session, user_id, app.team_id):
        raise NotAllowed(f"{environment.capitalize()} is protected. Ask the team's owner or one of its admins.")


def request_again(session: Session, app: App, before: Deployment, *, queue: JobQueue, log: ProgressLog) -> Deployment:
    """Queue what was on the air until an admin took it off. It was approved then, so it waits for nobody now."""
    _check_version(find_version(session, app.id, before.version))
    row = Deployment(app_id=app.id, user_id=before.user_id, version=before.version, environment=before.environment)
    session.add(row)
    session.flush()
    _enqueue(session, row, queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return row


def _request(session: Session, app: App, row: Deployment, *, queue: JobQueue, log: ProgressLog) -> Deployment:
    refuse_suspended(app)
    is_protected = serving_of(session, app.id, row.environment).is_protected
    row.needs_approval = is_protected and not may_decide(session, row.user_id, app.team_id)
    session.add(row)
    session.flush()
    subject = f"app:{app.id} {row.environment} version:{row.version}"
    if row.needs_approval:
        record(session, "deployment.approval_asked", row.user_id, subject=subject)
    else:
        record(session, "deployment.requested", row.user_id, subject=subject)
        _enqueue(session, row, queue)
    after_commit(session, partial(log.ring, app_topic(app.id)))
    return row


def _check_version(version: AppVersion) -> None:
    if not version.builds:
        raise Conflict("This version does not compile, so it can't be published. Ask for a fix, or undo it.")
    refuse_critical(known_findings(version) or ())


def _enqueue(session: Session, row: Deployment, queue: JobQueue) -> None:
    after_commit(session, partial(queue.enqueue, DEPLOY_JOB, str(row.id), queue="deploy"))


def _awaiting(session: Session, app: App, user_id: UUID, deployment_id: UUID) -> Deployment:
    if not may_decide(session, user_id, app.team_id):
        raise NotAllowed("Only the team's owner and its admins approve what goes to a protected environment.")
    row = _locked(session, app, deployment_id)
    if not row.needs_approval or row.status.is_final:
        raise Conflict("This publish does not wait for an approval any more.")
    return row


def _end_at_once(session: Session, row: Deployment, why: str, log: ProgressLog) -> None:
    row.needs_approval, row.status, row.error = False, DeploymentStatus.CANCELLED, why
    row.log = [{"text": why, "at": 0.0}]
    session.add(row)
    after_commit(session, partial(log.ring, deployment_topic(row.id)))
    after_commit(session, partial(log.ring, app_topic(row.app_id)))


def _locked(session: Session, app: App, deployment_id: UUID) -> Deployment:
    row = get_deployment(session, app.id, deployment_id)
    session.refresh(row, with_for_update=True)
    return row
