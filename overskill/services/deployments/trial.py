"""A version that a share of the visitors gets first, beside the one that all others get: begun, watched, ended."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.edge_names import canary_script
from overskill.clients.edge_usage import UsageTotals
from overskill.db import after_commit, transaction
from overskill.errors import Conflict, NotFound, Unavailable
from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.accounts.audit import record
from overskill.services.deployments.judging import Verdict, judge
from overskill.services.deployments.live import find_trial, is_trial, is_tried, live_deployment, mark_live
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.request import deployment_topic, get_deployment, refuse_unless_allowed
from overskill.services.deployments.serving import tell_edge
from overskill.services.deployments.switch_lock import lock_switch
from overskill.services.figures import count_words
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog

_STOPPED = "It was stopped: everybody gets the version before it again."

log = logging.getLogger(__name__)


def show_trial(
    environment: DeploymentEnvironment,
    slug: str,
    edge_version: str,
    publisher: Publisher,
    *,
    variables: Mapping[str, str],
    secrets: Mapping[str, str],
) -> None:
    """Put an uploaded version beside the live one. Nobody is sent there before the routes say so."""
    script = canary_script(slug)
    before = publisher.edge.live(environment, script)  # of a trial that this one replaces, or that is just over
    copied = publisher.edge.copy(
        edge_version,
        slug,
        environment,
        environment,
        target_script=script,
        variables=variables,
        secrets=secrets,
        carry=[before] if before else [],
    )
    publisher.ended_trials.discard(environment, slug)
    publisher.edge.activate(environment, script, copied)


def mark_trial(session: Session, row: Deployment) -> None:
    """This one is tried on its share of the visitors now."""
    row.status, row.deploy_completed_at = DeploymentStatus.DEPLOYED, utc_now()
    session.add(row)


def end_trial(session: Session, app: App, environment: DeploymentEnvironment, why: str, publisher: Publisher) -> bool:
    """Write down that what is tried is over, if anything is. The edge has been told: `tell_edge`.

    Its script stays for a while: `remove_ended_trials`.
    """
    row = find_trial(session, app.id, environment)
    if row is None:
        return False
    row.status, row.canary_percent, row.error = DeploymentStatus.ROLLED_BACK, 0, why
    row.log = [*row.log, {"text": why, "at": _since_begun(row)}]
    session.add(row)
    session.flush()
    after_commit(session, partial(publisher.ended_trials.add, environment, app.slug))
    return True


def promote_trial(session: Session, app: App, row: Deployment, why: str, publisher: Publisher) -> None:
    """Show what is tried to everybody: its bytes are at the app's own script already."""
    publisher.edge.activate(row.environment, app.slug, row.edge_version)
    tell_edge(session, app, row.environment, routes=publisher.routes, settings=publisher.settings, canary=0)
    row.canary_percent, row.deploy_completed_at = 0, utc_now()
    row.log = [*row.log, {"text": why, "at": _since_begun(row)}]
    mark_live(session, row)
    after_commit(session, partial(publisher.ended_trials.add, row.environment, app.slug))


def take_trial_back(
    session: Session, app: App, environment: DeploymentEnvironment, why: str, publisher: Publisher
) -> None:
    """Show all visitors what is live."""
    tell_edge(session, app, environment, routes=publisher.routes, settings=publisher.settings, canary=0)
    end_trial(session, app, environment, why, publisher)


def decide_trial(
    session: Session,
    app: App,
    user_id: UUID,
    deployment_id: UUID,
    publisher: Publisher,
    *,
    is_good: bool,
) -> Deployment:
    """Somebody ends a trial by hand. Raises Conflict when it is over, NotAllowed where the environment is protected."""
    row = get_deployment(session, app.id, deployment_id)
    refuse_unless_allowed(session, app, user_id, row.environment)
    lock_switch(session, app.id, row.environment)
    if not is_trial(row):
        raise Conflict("This trial is over already.")
    if is_good:
        promote_trial(session, app, row, "It was switched on for everybody", publisher)
    else:
        take_trial_back(session, app, row.environment, _STOPPED, publisher)
    action = "trial.promoted" if is_good else "trial.stopped"
    record(session, action, user_id, subject=f"app:{app.id} {row.environment} version:{row.version}")
    _ring(session, row, publisher.log)
    return row


def began(trial: Deployment) -> datetime:
    return trial.deploy_completed_at or trial.created_at


def watch_trials(publisher: Publisher) -> int:
    """Judge every trial that goes on by its counts. Returns how many were ended."""
    with transaction() as session:
        trials = session.exec(
            select(Deployment, App.slug).join(App, col(App.id) == col(Deployment.app_id)).where(is_tried())
        ).all()
    ended = 0
    for row, slug in trials:
        try:
            totals = publisher.usage.totals(row.environment, slug, began(row))
            verdict = judge(totals.stable, totals.canary, elapsed=utc_now() - began(row))
            if verdict is not Verdict.KEEP:
                _act(row.id, verdict, totals, publisher)
                ended += 1
        except (Unavailable, NotFound) as away:
            log.warning("a trial could not be judged: %s", away.message, extra={"deployment": str(row.id)})
    return ended


def remove_ended_trials(publisher: Publisher) -> int:
    """Remove the scripts of trials that were over some minutes ago. Returns how many; an edge that is away is asked
    again."""
    removed = 0
    for environment, slug in publisher.ended_trials.due():
        try:
            removed += _remove_ended(DeploymentEnvironment(environment), slug, publisher)
        except Unavailable as away:
            log.warning("a trial that is over was not removed: %s", away.message, extra={"app": slug})
    return removed


def _remove_ended(environment: DeploymentEnvironment, slug: str, publisher: Publisher) -> bool:
    with transaction() as session:
        app_id = session.exec(select(App.id).where(App.slug == slug)).one_or_none()
        if app_id is not None:
            lock_switch(session, app_id, environment)
        is_over = app_id is None or find_trial(session, app_id, environment) is None
        if is_over:
            script = canary_script(slug)
            publisher.edge.remove(environment, script)
            publisher.edge.prune(environment, script, keep=[])
        publisher.ended_trials.discard(environment, slug)
    return is_over


def _act(deployment_id: UUID, verdict: Verdict, totals: UsageTotals, publisher: Publisher) -> None:
    with transaction() as session:
        row = session.get_one(Deployment, deployment_id)
        app = session.get_one(App, row.app_id)
        lock_switch(session, app.id, row.environment)
        if not is_trial(row) or live_deployment(session, app.id, row.environment) is None:
            return
        figures = (
            f"{totals.canary.error_rate:.1%} of {count_words(totals.canary.requests, 'request')} failed, "
            f"and {totals.stable.error_rate:.1%} with the version before"
        )
        if verdict is Verdict.PROMOTE:
            why = f"It did well, so everybody gets it now: {figures}"
            promote_trial(session, app, row, why, publisher)
        else:
            why = f"It did worse, so everybody gets the version before it again: {figures}."
            take_trial_back(session, app, row.environment, why, publisher)
        record(session, f"trial.{verdict}", None, subject=f"app:{app.id} {row.environment} version:{row.version}")
        _ring(session, row, publisher.log)


def _ring(session: Session, row: Deployment, bells: ProgressLog) -> None:
    after_commit(session, partial(bells.ring, deployment_topic(row.id)))
    after_commit(session, partial(bells.ring, app_topic(row.app_id)))


def _since_begun(row: Deployment) -> float:
    return round((utc_now() - row.created_at).total_seconds(), 2)
