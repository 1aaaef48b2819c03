"""A version that a share of the visitors gets first, beside the one that all others get: begun, watched, ended."""

import logging
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from overskill.clients.edge import Edge
from overskill.clients.edge_names import canary_script
from overskill.clients.edge_usage import EdgeUsage, UsageTotals
from overskill.db import after_commit, transaction
from overskill.errors import Conflict, NotFound, Unavailable
from overskill.models import App, Deployment, DeploymentEnvironment, DeploymentStatus
from overskill.models.base import utc_now
from overskill.services.accounts.audit import record
from overskill.services.deployments.judging import Verdict, judge
from overskill.services.deployments.live import find_trial, is_trial, live_deployment, mark_live
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.request import deployment_topic, get_deployment, refuse_unless_allowed
from overskill.services.deployments.serving import tell_edge
from overskill.services.figures import count_words
from overskill.services.generation.requests import app_topic
from overskill.services.progress import ProgressLog

_STOPPED = "It was stopped: all visitors get the version from before again."

log = logging.getLogger(__name__)


def begin_trial(
    session: Session,
    app: App,
    row: Deployment,
    publisher: Publisher,
    *,
    variables: Mapping[str, str],
    secrets: Mapping[str, str],
) -> None:
    """Show the version that `row` has uploaded to its share of the visitors. The caller holds the app's row lock."""
    script = canary_script(app.slug)
    copied = publisher.edge.copy(
        row.edge_version,
        app.slug,
        row.environment,
        row.environment,
        target_script=script,
        variables=variables,
        secrets=secrets,
    )
    publisher.edge.activate(row.environment, script, copied)
    row.status, row.deploy_completed_at = DeploymentStatus.DEPLOYED, utc_now()
    session.add(row)
    session.flush()
    tell_edge(session, app, row.environment, routes=publisher.routes, settings=publisher.settings)


def end_trial(session: Session, app: App, environment: DeploymentEnvironment, why: str, publisher: Publisher) -> bool:
    """Take what is tried off the air, if anything is. The caller tells the edge of it: `tell_edge`."""
    row = find_trial(session, app.id, environment)
    if row is None:
        return False
    row.status, row.canary_percent, row.error = DeploymentStatus.ROLLED_BACK, 0, why
    row.log = [*row.log, {"text": why, "at": _since_begun(row)}]
    session.add(row)
    session.flush()
    script = canary_script(app.slug)
    publisher.edge.remove(environment, script)
    after_commit(session, partial(_prune, publisher.edge, environment, script))
    return True


def promote_trial(session: Session, app: App, row: Deployment, why: str, publisher: Publisher) -> None:
    """Show what is tried to everybody: its bytes are at the app's own script already."""
    publisher.edge.activate(row.environment, app.slug, row.edge_version)
    row.canary_percent, row.deploy_completed_at = 0, utc_now()
    row.log = [*row.log, {"text": why, "at": _since_begun(row)}]
    mark_live(session, row)
    session.flush()
    tell_edge(session, app, row.environment, routes=publisher.routes, settings=publisher.settings)
    script = canary_script(app.slug)
    publisher.edge.remove(row.environment, script)
    after_commit(session, partial(_prune, publisher.edge, row.environment, script))


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
    if not is_trial(row):
        raise Conflict("This trial is over already.")
    if is_good:
        promote_trial(session, app, row, "It was switched on for everybody", publisher)
    else:
        end_trial(session, app, row.environment, _STOPPED, publisher)
        tell_edge(session, app, row.environment, routes=publisher.routes, settings=publisher.settings)
    action = "trial.promoted" if is_good else "trial.stopped"
    record(session, action, user_id, subject=f"app:{app.id} {row.environment} version:{row.version}")
    _ring(session, row, publisher.log)
    return row


def trial_totals(row: Deployment, slug: str, usage: EdgeUsage) -> UsageTotals:
    """What both versions answered since it began. Raises Unavailable."""
    return usage.totals(row.environment, slug, row.deploy_completed_at or row.created_at)


def watch_trials(publisher: Publisher) -> int:
    """Judge every trial that goes on by its counts. Returns how many were ended."""
    with transaction() as session:
        trials = session.exec(
            select(Deployment, App.slug)
            .join(App, col(App.id) == col(Deployment.app_id))
            .where(Deployment.status == DeploymentStatus.DEPLOYED, col(Deployment.canary_percent) > 0)
        ).all()
    ended = 0
    for row, slug in trials:
        try:
            totals = trial_totals(row, slug, publisher.usage)
            began = row.deploy_completed_at or row.created_at
            verdict = judge(totals.stable, totals.canary, elapsed=utc_now() - began)
            if verdict is not Verdict.KEEP:
                _act(row.id, verdict, totals, publisher)
                ended += 1
        except (Unavailable, NotFound) as away:
            log.warning("a trial could not be judged: %s", away.message, extra={"deployment": str(row.id)})
    return ended


def _act(deployment_id: UUID, verdict: Verdict, totals: UsageTotals, publisher: Publisher) -> None:
    with transaction() as session:
        row = session.get_one(Deployment, deployment_id)
        app = session.get_one(App, row.app_id, with_for_update=True)
        session.refresh(row)
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
            why = f"It did worse, so all visitors get the version from before again: {figures}."
            end_trial(session, app, row.environment, why, publisher)
            tell_edge(session, app, row.environment, routes=publisher.routes, settings=publisher.settings)
        record(session, f"trial.{verdict}", None, subject=f"app:{app.id} {row.environment} version:{row.version}")
        _ring(session, row, publisher.log)


def _ring(session: Session, row: Deployment, bells: ProgressLog) -> None:
    after_commit(session, partial(bells.ring, deployment_topic(row.id)))
    after_commit(session, partial(bells.ring, app_topic(row.app_id)))


def _prune(edge: Edge, environment: str, script: str) -> None:
    """What is left of it is a few bytes: an edge that is away now is asked again after the next trial."""
    try:
        edge.prune(environment, script, keep=[])
    except Unavailable as away:
        log.warning("a trial's files were not pruned: %s", away.message)


def _since_begun(row: Deployment) -> float:
    return round((utc_now() - row.created_at).total_seconds(), 2)
