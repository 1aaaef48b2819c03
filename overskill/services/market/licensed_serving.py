"""Telling the edge what became of licences: at once where a job does it, else within seconds by the schedule."""

import logging
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit, transaction
from overskill.errors import OverskillError
from overskill.models import (
    App,
    AppStatus,
    Deployment,
    DeploymentEnvironment,
    Install,
    License,
    LicenseKind,
    Listing,
    Offer,
    utc_now,
)
from overskill.services.deployments.publisher import Publisher
from overskill.services.deployments.serving import tell_edge
from overskill.services.deployments.switch_lock import switching

TELL_JOB = "overskill.jobs.market.tell_edge_of_offers"
LOOKED_BACK = timedelta(minutes=15)
_AT_MOST = 100

log = logging.getLogger(__name__)


def tell_of_app(app_id: UUID, publisher: Publisher) -> None:
    """Each environment that shows something of the app. Raises Unavailable."""
    with transaction() as session:
        app = session.get(App, app_id)
        live = select(Deployment.environment).where(Deployment.app_id == app_id, col(Deployment.is_live))
        shown = {DeploymentEnvironment.PRODUCTION, *session.exec(live)}
    if app is None or app.status is AppStatus.DELETED:
        return
    for environment in sorted(shown):
        with switching(app_id, environment), transaction() as session:
            app = session.get_one(App, app_id)
            tell_edge(session, app, environment, routes=publisher.routes, settings=publisher.settings)


def ask_to_tell(session: Session, listing: Listing, queue: JobQueue) -> None:
    """It begins, or ceases, to be sold for use: the edge hears of it with the commit. The sweep below is for what got
    lost on the way."""
    if listing.app_id is not None and listing.published_at is not None:
        after_commit(session, partial(queue.enqueue, TELL_JOB, str(listing.app_id), queue="deploy"))


def tell_of_changed_licenses(publisher: Publisher) -> int:
    """What the edge has not heard of yet. An edge that does not answer is told the next time. Returns how many."""
    with transaction() as session:
        waiting = _untold(session)
    told = 0
    for license_id, changed_at, app_id in waiting:
        try:
            if app_id is not None:
                tell_of_app(app_id, publisher)
        except OverskillError as away:
            log.warning("the edge could not be told of a licence yet: %s", away.message, extra={"app": str(app_id)})
            continue
        with transaction() as session:
            session.exec(
                update(License)
                .where(col(License.id) == license_id, col(License.updated_at) == changed_at)
                .values(needs_telling=False, updated_at=changed_at)
            )
        told += 1
    return told


def tell_of_new_offers(publisher: Publisher) -> None:
    """Apps that began, or ceased, to be sold for use a short while ago. Telling twice changes nothing."""
    with transaction() as session:
        changed = _newly_offered(session)
    for app_id in changed:
        try:
            tell_of_app(app_id, publisher)
        except OverskillError as away:
            log.warning("the edge could not be told of an offer yet: %s", away.message, extra={"app": str(app_id)})


def _untold(session: Session) -> list[tuple[UUID, datetime, UUID | None]]:
    """Licences with when they changed, and the app that is served by them: the seller's, or the copy."""
    rows = session.exec(
        select(License, Listing.app_id, Install.app_id)
        .join(Listing, col(Listing.id) == License.listing_id)
        .join(Install, col(Install.license_id) == License.id, isouter=True)
        .where(col(License.needs_telling))
        .order_by(col(License.updated_at))
        .limit(_AT_MOST)
    ).all()
    return [
        (license_.id, license_.updated_at, hosted if license_.kind is LicenseKind.USE else copy)
        for license_, hosted, copy in rows
    ]


def _newly_offered(session: Session) -> list[UUID]:
    since = utc_now() - LOOKED_BACK
    is_recent = or_(col(Offer.created_at) > since, col(Offer.ended_at) > since, col(Listing.published_at) > since)
    rows = session.exec(
        select(Listing.app_id)
        .join(Offer, col(Offer.listing_id) == Listing.id)
        .where(Offer.license == LicenseKind.USE, col(Listing.published_at).is_not(None), is_recent)
        .distinct()
        .limit(_AT_MOST)
    ).all()
    return [app_id for app_id in rows if app_id is not None]
