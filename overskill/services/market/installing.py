"""Running an install: the buyer's own copy, published at its own address; or the way into an app that is hosted.

May run twice and at once: each attempt is fenced, the copy and its publish are made in the same transaction as they are
noted on the row. What fails is begun again; what fails for good gives the money back.
"""

import logging
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.db import after_commit, transaction
from overskill.errors import LimitReached, NotAllowed, NotFound, OverskillError, Unavailable
from overskill.models import (
    App,
    AppStatus,
    Deployment,
    DeploymentEnvironment,
    DeploymentStatus,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    Listing,
    ListingStatus,
    Release,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.apps.my_apps import bring_back_app
from overskill.services.deployments.addresses import address_of
from overskill.services.deployments.deploy import run_deployment
from overskill.services.deployments.live import live_deployment
from overskill.services.deployments.publisher import Publisher
from overskill.services.heartbeat import Superseded, heartbeat
from overskill.services.market.copies import make_copy
from overskill.services.market.install_claim import InstallClaim, InstallTelling, claim_install
from overskill.services.market.installs import MAIL_JOB
from overskill.services.market.licensed_serving import tell_of_app
from overskill.services.market.licenses import is_valid
from overskill.services.market.undoing import end_failed

PRODUCTION = DeploymentEnvironment.PRODUCTION
_OUR_FAULT = "Something went wrong on our side."
_FOR_GOOD = (LimitReached, NotAllowed, NotFound)  # another try would end the same

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Installer:
    """What installing needs of the world."""

    publisher: Publisher
    queue: JobQueue


def run_install(install_id: UUID, installer: Installer) -> None:
    """Ends live or failed, or waits for another attempt, and says so on its row. Safe to call twice."""
    with transaction() as session:
        claim = claim_install(session, install_id)
    if claim is None:
        return
    told = InstallTelling(claim, installer.publisher.log)
    try:
        with heartbeat(told.beat):
            _run(claim, told, installer)
    except Superseded:
        return
    except _FOR_GOOD as error:
        _fail(told, installer, error.message)
    except OverskillError as error:
        _again_or_fail(claim, told, installer, error.message)
    except Exception:
        log.exception("an install failed", extra={"install": str(install_id)})
        _again_or_fail(claim, told, installer, _OUR_FAULT)


def _run(claim: InstallClaim, told: InstallTelling, installer: Installer) -> None:
    _refuse_what_was_taken_back(claim)
    if claim.kind is LicenseKind.USE:
        url = _open_the_way_in(claim, told, installer.publisher)
    else:
        url = _install_copy(told, installer.publisher)
    with transaction() as session:
        row = told.write(session, status=InstallStatus.LIVE, url=url, error="")
        is_first = row.live_at is None
        row.live_at = row.live_at or utc_now()
        record(session, "install.live", claim.user_id, subject=f"install:{row.id}")
        if is_first:
            after_commit(session, partial(installer.queue.enqueue, MAIL_JOB, "installed", str(row.id)))
    told.ring()


def _refuse_what_was_taken_back(claim: InstallClaim) -> None:
    """Also what the staff took away while its buyer was paying. What somebody had before is theirs."""
    with transaction() as session:
        if not is_valid(session.get_one(License, claim.license_id), utc_now()):
            raise NotAllowed("Its licence has ended, so nothing was installed.")
        listing = session.get_one(Listing, claim.listing_id)
        app = session.get(App, listing.app_id) if listing.app_id else None
        is_suspended = listing.status is ListingStatus.SUSPENDED or (app is not None and app.suspended_at is not None)
        if is_suspended and session.get_one(Install, claim.install_id).live_at is None:
            raise NotAllowed(f"{listing.title} was suspended before it could be installed.")


def _install_copy(told: InstallTelling, publisher: Publisher) -> str:
    told.step(InstallStatus.COPYING, "Making your own copy")
    with transaction() as session:
        install = told.write(session)
        app = _copy_of(session, install)
        version = app.current_version
    told.step(InstallStatus.PUBLISHING, "Publishing it at your own address")
    with transaction() as session:
        install = told.write(session)
        deployment_id = _publish_of(session, install, app, version).id
    run_deployment(deployment_id, publisher)
    with transaction() as session:
        ended = session.get_one(Deployment, deployment_id)
    if ended.status is not DeploymentStatus.DEPLOYED:
        raise Unavailable(ended.error or "Its publish is still under way.")
    return ended.url


def _copy_of(session: Session, install: Install) -> App:
    """The copy that is there, out of the archive if need be; else one that is made now."""
    copy = session.get(App, install.app_id, with_for_update=True) if install.app_id else None
    if copy is None:
        copy = make_copy(session, session.get_one(Release, install.release_id), install.user_id)
        install.app_id, install.base_version, install.deployment_id = copy.id, copy.current_version, None
        session.add(install)
    elif copy.status is not AppStatus.ACTIVE:
        bring_back_app(session, copy)
    return copy


def _publish_of(session: Session, install: Install, app: App, version: int) -> Deployment:
    """The publish of an attempt before this one, unless that failed; else another. This job runs it: the row is queued
    for nobody else, until the sweep of publishes finds it abandoned."""
    known = session.get(Deployment, install.deployment_id) if install.deployment_id else None
    if known is not None and (not known.status.is_final or known.is_live):
        return known
    row = Deployment(app_id=app.id, user_id=install.user_id, version=version, environment=PRODUCTION)
    session.add(row)
    session.flush()
    install.deployment_id = row.id
    session.add(install)
    record(session, "deployment.requested", install.user_id, subject=f"app:{app.id} {PRODUCTION} version:{version}")
    return row


def _open_the_way_in(claim: InstallClaim, told: InstallTelling, publisher: Publisher) -> str:
    told.step(InstallStatus.PUBLISHING, "Opening the app for you")
    with transaction() as session:
        listing = session.get_one(Listing, claim.listing_id)
        app = session.get(App, listing.app_id) if listing.app_id else None
        is_live = app is not None and live_deployment(session, app.id, PRODUCTION) is not None
    if app is None:
        raise NotFound(f"{listing.title} is not kept any more.")
    if not is_live:
        raise Unavailable(f"{listing.title} is not on the air at the moment.")
    tell_of_app(app.id, publisher)
    return address_of(publisher.settings, PRODUCTION, app.slug)


def _again_or_fail(claim: InstallClaim, told: InstallTelling, installer: Installer, why: str) -> None:
    if claim.is_last:
        _fail(told, installer, why)
        return
    try:
        told.step(InstallStatus.QUEUED, f"{why} It is tried again in a moment", error=why)
    except Superseded:
        return


def _fail(told: InstallTelling, installer: Installer, why: str) -> None:
    try:
        with transaction() as session:
            end_failed(session, told.write(session), why, queue=installer.queue)
    except Superseded:
        return
    told.ring()
