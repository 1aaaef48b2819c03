"""The moment that decides what visitors see: written down first, then done at the edge, then recorded.

No row is locked while the edge is asked. A process that is killed in between leaves a row that is not over and names
its version at the edge; `settle` finds out how far it came.
"""

from contextlib import suppress
from dataclasses import dataclass

from sqlmodel import Session

from overskill.clients.edge import Edge
from overskill.db import transaction
from overskill.errors import Unavailable
from overskill.models import App, AppStatus, Deployment
from overskill.services.deployments.live import kept_deployments, live_deployment, mark_live, mark_off
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import tell_edge
from overskill.services.deployments.switch_lock import switching
from overskill.services.deployments.telling import Cancelled, Claim, Telling
from overskill.services.deployments.trial import end_trial, mark_trial, show_trial


@dataclass(frozen=True)
class Switched:
    """`before` is the publish that is to be put back if this one does not answer."""

    before: Deployment | None = None
    is_trial: bool = False
    refusal: str = ""


def switch(claim: Claim, told: Telling, publisher: Publisher, edge_version: str) -> Switched:
    """Flip the pointer, or say why not. Raises Cancelled, and Unavailable where the edge does not take it."""
    with switching(claim.app_id, claim.environment):
        intended = _intend(claim, told, edge_version)
        if intended.refusal:
            return intended
        try:
            _tell_and_flip(claim, intended, publisher, edge_version)
        except Unavailable:
            with suppress(Unavailable), transaction() as session:  # it may have heard of a trial that is not over
                _tell(session, claim, publisher)
            raise
        with transaction() as session:
            row = told.fence(session)
            app = session.get_one(App, claim.app_id)
            end_trial(session, app, claim.environment, "A later publish took its place.", publisher)
            if intended.is_trial:
                row.log = told.lines()
                mark_trial(session, row)
            else:
                row.canary_percent = 0
                mark_live(session, row)
    return intended


def _intend(claim: Claim, told: Telling, edge_version: str) -> Switched:
    """What is to be done. A row that is not over and has a version at the edge may have been switched to."""
    with transaction() as session:
        row = told.fence(session)
        if row.cancel_requested:
            raise Cancelled
        app = session.get_one(App, claim.app_id)
        if app.status is AppStatus.DELETED:
            return Switched(refusal="The app was deleted meanwhile, so it was not switched on.")
        if app.suspended_at is not None:
            return Switched(refusal="The app was suspended meanwhile, so it was not switched on.")
        live = live_deployment(session, claim.app_id, row.environment)
        if live is not None and live.created_at > row.created_at:
            return Switched(refusal="A later publish is already live, so this one was not switched on.")
        row.edge_version, row.url = edge_version, claim.address
        session.add(row)
        is_trial = claim.canary_percent > 0 and live is not None and live.id != row.id
        return Switched(before=_before(session, row, live), is_trial=is_trial)


def _tell_and_flip(claim: Claim, intended: Switched, publisher: Publisher, edge_version: str) -> None:
    if intended.is_trial:
        show_trial(
            claim.environment,
            claim.slug,
            edge_version,
            publisher,
            variables=claim.variables,
            secrets=claim.secrets,
        )
    with transaction() as session:
        _tell(session, claim, publisher, canary=claim.canary_percent if intended.is_trial else 0)
    if not intended.is_trial:
        publisher.edge.activate(claim.environment, claim.slug, edge_version)


def _tell(session: Session, claim: Claim, publisher: Publisher, *, canary: int | None = None) -> None:
    app = session.get_one(App, claim.app_id)
    tell_edge(session, app, claim.environment, routes=publisher.routes, settings=publisher.settings, canary=canary)


def _before(session: Session, row: Deployment, live: Deployment | None) -> Deployment | None:
    """What was live until now. An attempt before this one may have got as far as to switch."""
    if live is None or live.id != row.id:
        return live
    kept = kept_deployments(session, row.app_id, row.environment)
    return next((other for other in kept if other.id != row.id), None)


def switch_back(claim: Claim, told: Telling, edge: Edge, before: Deployment | None) -> None:
    """Show what was live before again, or nothing. Raises Unavailable."""
    with switching(claim.app_id, claim.environment):
        with transaction() as session:
            is_live = told.fence(session).is_live
        if is_live and before is not None and before.edge_version:
            edge.activate(claim.environment, claim.slug, before.edge_version)
        elif is_live:
            edge.remove(claim.environment, claim.slug)
        with transaction() as session:
            row = told.fence(session)
            if is_live and before is not None and before.edge_version:
                mark_live(session, session.get_one(Deployment, before.id))
            elif is_live:
                mark_off(session, claim.app_id, claim.environment)
            session.refresh(row)
            row.edge_version = ""
            session.add(row)


def settle(claim: Claim, told: Telling, publisher: Publisher) -> bool:
    """Whether visitors see a publish whose processes ended somewhere in the middle. The rows say so afterwards, too.

    Raises Unavailable: then nobody knows yet.
    """
    with switching(claim.app_id, claim.environment):
        shown = publisher.edge.live(claim.environment, claim.slug)
        with transaction() as session:
            row = told.fence(session)
            kept = kept_deployments(session, claim.app_id, claim.environment)
            on_air = next((each for each in (row, *kept) if each.edge_version == shown), None)
            if on_air is not None:
                mark_live(session, on_air)
            elif shown is None:
                mark_off(session, claim.app_id, claim.environment)
        with transaction() as session:
            _tell(session, claim, publisher)
        if claim.canary_percent > 0:
            publisher.ended_trials.add(claim.environment, claim.slug)
    return on_air is not None and on_air.id == claim.deployment_id
