"""Handing a licence on, and the copy that was installed by it: a link by mail that works once, for a week.

Whoever has the link may take it, with whatever account they sign in, as with invitations to a team.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col, select

from overskill.clients.jobs import JobQueue
from overskill.clients.shares import SharedPreviews
from overskill.db import after_commit
from overskill.errors import Conflict, NotAllowed
from overskill.models import (
    App,
    AppStatus,
    DeploymentEnvironment,
    Domain,
    EnvVar,
    Install,
    InstallStatus,
    License,
    LicenseKind,
    LicenseTransfer,
    Listing,
    PurchaseItem,
    Refund,
    RefundStatus,
    Repository,
    User,
    utc_now,
)
from overskill.services.accounts.audit import record
from overskill.services.accounts.tokens import hash_token, make_token
from overskill.services.accounts.users import clean_email
from overskill.services.apps.access import own_team
from overskill.services.apps.create import check_room
from overskill.services.apps.sharing import revoke_all_links
from overskill.services.deployments.live import live_deployment
from overskill.services.deployments.request import request_refresh
from overskill.services.market import licenses
from overskill.services.market.installs import MAIL_JOB, library_topic
from overskill.services.progress import ProgressLog

LIFETIME = timedelta(days=7)
TRANSFER_JOB = "overskill.jobs.market.send_transfer"
_SPENT = "This link was used already, taken back, or is too old. Ask who sent it to you for another one."


@dataclass(frozen=True, slots=True)
class TransferOffer:
    """What somebody who follows a link is asked."""

    giver: str
    title: str
    listing: str
    has_copy: bool


def offer_transfer(session: Session, user_id: UUID, license_id: UUID, email: str, *, queue: JobQueue) -> str:
    """Mail somebody the link; one that was sent before ends. Returns its token, to be passed on where no mail is sent.

    Raises NotFound, InvalidInput, and Conflict where it can't be handed on, with what to do first.
    """
    license_ = licenses.own_license(session, user_id, license_id, locked=True)
    address = clean_email(email)
    _refuse_unless_free(session, license_, _install_of(session, license_))
    _end_open(session, license_.id)
    token = make_token()
    row = LicenseTransfer(
        license_id=license_.id,
        from_id=user_id,
        email=address,
        token_hash=hash_token(token),
        expires_at=utc_now() + LIFETIME,
    )
    session.add(row)
    session.flush()
    record(session, "license.offered", user_id, subject=f"license:{license_.id}")
    after_commit(session, partial(queue.enqueue, TRANSFER_JOB, str(row.id), token))
    return token


def take_back_transfer(session: Session, user_id: UUID, license_id: UUID) -> None:
    """The link stops working."""
    _end_open(session, licenses.own_license(session, user_id, license_id, locked=True).id)


def read_transfer(session: Session, token: str) -> TransferOffer:
    """Raises NotAllowed for a link that does not work any more."""
    row, license_ = _offered(session, token)
    listing = session.get_one(Listing, license_.listing_id)
    giver = session.get_one(User, row.from_id).name
    return TransferOffer(giver, listing.title, listing.slug, license_.kind is not LicenseKind.USE)


def accept_transfer(
    session: Session, user_id: UUID, token: str, *, queue: JobQueue, log: ProgressLog, shares: SharedPreviews
) -> None:
    """Licence and copy are the user's from now on. Keys and activations end, and so does what only the giver knew.

    Raises NotAllowed for a link that does not work, Conflict where it can't be taken, LimitReached for an app too many.
    """
    row, license_ = _offered(session, token, locked=True)
    if row.from_id == user_id:
        raise Conflict("It is yours already. The link is for somebody else.")
    install = _install_of(session, license_)
    _refuse_unless_free(session, license_, install)
    app = session.get(App, install.app_id, with_for_update=True) if install and install.app_id else None
    if app is not None and app.status is not AppStatus.DELETED:
        _hand_over(session, app, user_id, queue=queue, log=log, shares=shares)
    if install is not None:
        install.user_id = user_id
        session.add(install)
    license_.holder_id, license_.needs_telling = user_id, True
    licenses.end_activations(session, license_)
    licenses.forget_key(session, license_)
    row.accepted_at, row.accepted_by_id = utc_now(), user_id
    session.add(row)
    record(session, "license.taken_over", user_id, subject=f"license:{license_.id}")
    after_commit(session, partial(queue.enqueue, MAIL_JOB, "transferred", str(row.id)))
    for person in (row.from_id, user_id):
        after_commit(session, partial(log.ring, library_topic(person)))


def _hand_over(
    session: Session, app: App, user_id: UUID, *, queue: JobQueue, log: ProgressLog, shares: SharedPreviews
) -> None:
    team_id = own_team(session, user_id)
    check_room(session, team_id)
    revoke_all_links(session, app, shares=shares)
    app.team_id, app.creator_id = team_id, user_id
    session.add(app)
    had = session.exec(select(EnvVar.id).where(EnvVar.app_id == app.id)).all()
    session.exec(delete(EnvVar).where(col(EnvVar.app_id) == app.id))
    session.flush()
    if had:  # what is on the air was given the giver's values
        for environment in DeploymentEnvironment:
            if live_deployment(session, app.id, environment) is not None:
                request_refresh(session, app, user_id, environment, queue=queue, log=log)


def _refuse_unless_free(session: Session, license_: License, install: Install | None) -> None:
    if not licenses.is_valid(license_, utc_now()):
        raise Conflict("This licence has ended, so it can't be handed on.")
    if license_.expires_at is not None:
        raise Conflict("A subscription can't be handed on, as it goes on being paid by you. Cancel it instead.")
    if install is not None and not install.status.is_final:
        raise Conflict("It is being installed just now. Hand it on in a moment.")
    if install is not None and install.status is InstallStatus.FAILED:
        raise Conflict("It could not be installed, so there is nothing to hand on. Try to install it again first.")
    open_refund = select(Refund.id).join(PurchaseItem, col(PurchaseItem.purchase_id) == Refund.purchase_id)
    open_refund = open_refund.where(
        PurchaseItem.id == license_.item_id, col(Refund.status).in_([RefundStatus.ASKED, RefundStatus.PENDING])
    )
    if session.exec(open_refund).first() is not None:
        raise Conflict("You have asked for its money back. Wait for the answer first.")
    if install is not None and install.app_id is not None:
        _refuse_what_is_tied(session, install.app_id)


def _refuse_what_is_tied(session: Session, app_id: UUID) -> None:
    """To accounts of the giver's elsewhere, or to their name in the marketplace."""
    if session.exec(select(Listing.id).where(Listing.app_id == app_id)).first() is not None:
        raise Conflict("You sell this app, so it can't be handed on.")
    if session.exec(select(Domain.id).where(Domain.app_id == app_id)).first() is not None:
        raise Conflict("The app has a domain of its own. Remove it under “Domains” in the studio first.")
    if session.exec(select(Repository.id).where(Repository.app_id == app_id)).first() is not None:
        raise Conflict("The app is connected to a repository. Disconnect it in the studio first.")


def _install_of(session: Session, license_: License) -> Install | None:
    return session.exec(select(Install).where(Install.license_id == license_.id).with_for_update()).first()


def _end_open(session: Session, license_id: UUID) -> None:
    rows = session.exec(
        select(LicenseTransfer).where(
            LicenseTransfer.license_id == license_id,
            col(LicenseTransfer.accepted_at).is_(None),
            col(LicenseTransfer.revoked_at).is_(None),
        )
    ).all()
    for row in rows:
        row.revoked_at = utc_now()
        session.add(row)


def _offered(session: Session, token: str, *, locked: bool = False) -> tuple[LicenseTransfer, License]:
    query = select(LicenseTransfer).where(LicenseTransfer.token_hash == hash_token(token))
    row = session.exec(query.with_for_update() if locked else query).first()
    if row is None or row.accepted_at or row.revoked_at or row.expires_at <= utc_now():
        raise NotAllowed(_SPENT)
    license_ = session.get_one(License, row.license_id, with_for_update=locked)
    if license_.holder_id != row.from_id:
        raise NotAllowed(_SPENT)
    return row, license_
